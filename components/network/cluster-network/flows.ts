import { lustrePorts, nfsPorts } from "../../../catalog/ports";
import type { SubnetRole } from "../subnet-ref";

/** Who sends: what is in a subnet of ours, or somebody who is in none. */
export type Sender = SubnetRole | "pods" | "headNodes" | "peers" | "loadBalancer" | "azureMonitor";

/** Something that may be reached: everything that no flow names is closed to the network and its peers. */
export interface Flow {
  readonly from: Sender;
  /** Pods have addresses of their own, behind the subnet of the nodes. */
  readonly to: SubnetRole | "pods";
  readonly protocol: "Tcp" | "*";
  /** Ports at the receiver: `443`, `1019-1023`, or `*` for all. */
  readonly ports: readonly string[];
  /** Open only where what is reached asks for it: most networks do without. */
  readonly asked?: true;
  /** What would break without it, at most 140 characters: Azure shows it beside the rule. */
  readonly why: string;
  readonly source: string;
}

const everything = { protocol: "*", ports: ["*"] } as const;
const https = { protocol: "Tcp", ports: ["443"] } as const;
const lustre = { protocol: "Tcp", ports: lustrePorts } as const;
const nfs = { protocol: "Tcp", ports: nfsPorts } as const;

const overlay = "MicrosoftDocs/azure-aks-docs:articles/aks/concepts-network-cni-overview.md (2026-07-10)";
const integration = "MicrosoftDocs/azure-aks-docs:articles/aks/api-server-vnet-integration.md (2026-04-15)";
const managedLustre =
  "MicrosoftDocs/azure-stack-docs:azure-managed-lustre/configure-network-security-group.md (2024-11-08)";
const serviceTags = "MicrosoftDocs/azure-docs:articles/virtual-network/service-tags-overview.md";
const kubernetesPorts = "https://kubernetes.io/docs/reference/networking/ports-and-protocols/";
const endpoints =
  "MicrosoftDocs/azure-docs:articles/private-link/disable-private-endpoint-network-policy.md (2023-07-26)";
const netApp =
  "https://learn.microsoft.com/azure/azure-netapp-files/azure-netapp-files-mount-unmount-volumes-for-virtual-machines";
const tiered =
  "MicrosoftDocs/azure-stack-docs:azure-managed-lustre/amlfs-prerequisites.md (2023-06-28, private endpoints)";
const ours = "decision of this project";

/** Probes come from an address that Azure counts to the network, so that the last rule would stop them, too. */
const probes = "Health probes of Azure's load balancers";

/**
 * Who talks to whom: the one table that the rules of every subnet come from. A row's place is its rule's priority, so a new
 * row goes to the end. A row does something only where its sender and its receiver exist.
 */
export const flows: readonly Flow[] = [
  { from: "nodes", to: "nodes", ...everything, why: "Nodes among themselves", source: overlay },
  { from: "nodes", to: "pods", ...everything, why: "Nodes to pods, services included", source: overlay },
  { from: "pods", to: "pods", ...everything, why: "Pods among themselves, DNS included", source: overlay },
  // With the API server in the network there is no tunnel: it calls the kubelet (10250) and the webhooks by itself.
  { from: "apiServer", to: "nodes", protocol: "Tcp", ports: ["*"], why: "API server to kubelets", source: integration },
  {
    from: "apiServer",
    to: "pods",
    protocol: "Tcp",
    ports: ["*"],
    why: "API server to webhooks and aggregated APIs, whose ports are theirs to choose",
    source: kubernetesPorts,
  },
  { from: "loadBalancer", to: "nodes", ...everything, why: probes, source: serviceTags },
  { from: "lustre", to: "nodes", ...lustre, why: "Lustre servers call their clients back", source: managedLustre },
  {
    from: "peers",
    to: "nodes",
    protocol: "Tcp",
    ports: ["80", "443"],
    why: "A gateway in the cluster, behind an internal load balancer",
    source: ours,
  },
  { from: "apiServer", to: "apiServer", ...everything, why: "Parts of the API server", source: integration },
  {
    from: "nodes",
    to: "apiServer",
    protocol: "Tcp",
    ports: ["443", "4443"],
    why: "Nodes and pods to the API server",
    source: integration,
  },
  { from: "runner", to: "apiServer", ...https, why: "pulumi up and kubectl", source: ours },
  { from: "peers", to: "apiServer", ...https, why: "kubectl from a peer", source: ours },
  // The page asks for 9988 and allows everything from there.
  { from: "loadBalancer", to: "apiServer", ...everything, why: probes, source: integration },
  { from: "nodes", to: "endpoints", ...https, why: "Nodes and pods to private endpoints", source: endpoints },
  { from: "scaleSets", to: "endpoints", ...https, why: "Bare nodes to private endpoints", source: endpoints },
  { from: "runner", to: "endpoints", ...https, why: "The runner to private endpoints", source: endpoints },
  { from: "peers", to: "endpoints", ...https, why: "A peer to private endpoints", source: endpoints },
  { from: "lustre", to: "lustre", ...everything, why: "Lustre servers among themselves", source: managedLustre },
  { from: "nodes", to: "lustre", ...lustre, why: "Nodes mount Lustre", source: managedLustre },
  { from: "scaleSets", to: "lustre", ...lustre, why: "Bare nodes mount Lustre", source: managedLustre },
  { from: "peers", to: "lustre", ...lustre, why: "A peer mounts Lustre", source: managedLustre },
  {
    from: "azureMonitor",
    to: "lustre",
    protocol: "Tcp",
    ports: ["*"],
    why: "Azure watches the health of the Lustre servers",
    source: managedLustre,
  },
  { from: "scaleSets", to: "scaleSets", ...everything, why: "MPI between the nodes", source: ours },
  { from: "headNodes", to: "scaleSets", ...everything, why: "Slurm, Ray and MPI choose their ports", source: ours },
  { from: "lustre", to: "scaleSets", ...lustre, why: "Lustre servers call their clients back", source: managedLustre },
  { from: "runner", to: "runner", ...everything, why: "Runners among themselves", source: ours },
  { from: "runner", to: "scaleSets", protocol: "Tcp", ports: ["22"], why: "SSH from the runner", source: ours },
  { from: "peers", to: "runner", protocol: "Tcp", ports: ["22"], why: "SSH from a peer, by Entra ID", source: ours },
  {
    from: "lustre",
    to: "endpoints",
    ...https,
    asked: true,
    why: "Lustre imports from Blob and exports to it",
    source: tiered,
  },
  { from: "nodes", to: "netapp", ...nfs, why: "Nodes mount NFS volumes", source: netApp },
  { from: "scaleSets", to: "netapp", ...nfs, why: "Bare nodes mount NFS volumes", source: netApp },
];

/** What a peer can be let in to. */
export const openToPeers = flows.filter((it) => it.from === "peers").map((it) => it.to);
