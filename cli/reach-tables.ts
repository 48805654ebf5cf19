import type { GpuPoolRef } from "../components/cluster/gpu-pool/gpu-pool-ref";
import { teamKindNames } from "../components/tenancy/kinds/team-kinds";
import { planTeamNamespace, type TeamNamespacePlan } from "../components/tenancy/team-namespace/plan";
import type { TeamNamespaceShape } from "../components/tenancy/team-namespace/shape";
import { markdownTable } from "./markdown-table";
import { type Host, isOpen, type Way } from "./network-ways";

const pool: GpuPoolRef = {
  key: "h100",
  size: "Standard_ND96isr_H100_v5",
  gpuStack: "gpu-operator",
  memlock: "node",
  rdmaResource: "rdma/ib",
  nodePools: ["h100d1"],
  maxNodes: 2,
  spareNodes: 0,
  migProfile: null,
  gpusPerNode: 8,
};

/** What opens ways is the same for all kinds of teams, so one stands for all. */
const [kind] = teamKindNames;

function team(name: string, words: Partial<TeamNamespaceShape> = {}): TeamNamespacePlan {
  if (kind === undefined) throw new Error("There is no kind of team.");
  const groupObjectId = "22222222-2222-4222-8222-222222222222";
  return planTeamNamespace(
    "team",
    { kind, team: name, gpus: 16, groupObjectId, ...words },
    { pool, endpointCidr: "10.64.52.0/24", fqdnPolicies: true },
  );
}

/** Teams with each word that opens a way, and one with none. */
const teams: Readonly<Record<string, TeamNamespacePlan>> = {
  closed: team("closed"),
  ray: team("ray", { reach: ["apiServer", "entra"], ingressFrom: ["ray-system"] }),
  chat: team("chat", { ingressFrom: ["gateways"] }),
  lab: team("lab", { egress: "https" }),
  hosts: team("hosts", { egress: ["pypi.org", "*.hf.co"] }),
};

/** Plans of the teams. */
export const reachingTeams: readonly TeamNamespacePlan[] = Object.values(teams);

function pod(namespace: string, address: string, labels = {}): Host {
  return { namespace, address, labels };
}

/** A pod of each team, and what else there is on the network of a cluster and beyond. */
export const reachHosts: Readonly<Record<string, Host>> = {
  ...Object.fromEntries(
    Object.entries(teams).map(([name, { namespace }], at) => [name, pod(namespace.metadata.name, `10.96.0.${at + 1}`)]),
  ),
  gateway: pod("gateways", "10.96.1.1"),
  operator: pod("ray-system", "10.96.1.2"),
  dns: pod("kube-system", "10.96.1.3", { "k8s-app": "kube-dns" }),
  system: pod("kube-system", "10.96.1.4"),
  endpoint: { address: "10.64.52.4" },
  node: { address: "10.64.0.4", entity: "remote-node" },
  lustre: { address: "10.64.48.4" },
  metadata: { address: "169.254.169.254" },
  wireServer: { address: "168.63.129.16" },
  privateApi: { address: "10.64.1.4", entity: "kube-apiserver" },
  publicApi: { address: "20.50.1.1", entity: "kube-apiserver" },
  entra: { address: "20.190.128.1" },
  internet: { address: "1.1.1.1" },
  "pypi.org": { address: "151.101.0.223", name: "pypi.org" },
  "cdn.hf.co": { address: "18.155.1.1", name: "cdn.hf.co" },
  "hf.co": { address: "18.155.1.2", name: "hf.co" },
};

/** Ports that are tried: names, TLS, and one that anything may listen on. */
export const reachPorts: readonly number[] = [53, 443, 8000];

/** Who asks whom in each table. */
const tables = {
  toTeams: {
    from: [...Object.keys(teams), "gateway", "operator", "system", "node", "internet"],
    to: Object.keys(teams),
  },
  inside: {
    from: Object.keys(teams),
    to: ["dns", "system", "gateway", "endpoint", "node", "lustre", "metadata", "wireServer"],
  },
  outside: {
    from: Object.keys(teams),
    to: ["privateApi", "publicApi", "entra", "internet", "pypi.org", "cdn.hf.co", "hf.co"],
  },
};

/** Ports at which one host reaches another, by somebody's judgement of ways. */
export type ReachTable = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Who reaches whom at which ports: `-` for none, `all` for all that are tried. */
export function reachTables(judge: (way: Way) => boolean = ours): Readonly<Record<keyof typeof tables, ReachTable>> {
  const portsOf = (from: string, to: string): string => {
    const [asks, asked] = [reachHosts[from], reachHosts[to]];
    if (asks === undefined || asked === undefined) throw new Error(`There is no host ${from} or ${to}.`);
    const open = reachPorts.filter((port) => judge({ from: asks, to: asked, port }));
    return open.length === 0 ? "-" : open.length === reachPorts.length ? "all" : open.join(" ");
  };
  const table = ({ from, to }: { readonly from: readonly string[]; readonly to: readonly string[] }): ReachTable =>
    Object.fromEntries(from.map((one) => [one, Object.fromEntries(to.map((other) => [other, portsOf(one, other)]))]));
  return { toTeams: table(tables.toTeams), inside: table(tables.inside), outside: table(tables.outside) };
}

function ours(way: Way): boolean {
  return isOpen(way, reachingTeams);
}

/** The same for the page on teams. */
export function reachPage(): string {
  const { toTeams, inside, outside } = reachTables();
  return [toTeams, inside, outside]
    .map((table) => {
      const columns = Object.keys(Object.values(table)[0] ?? {});
      const rows = Object.entries(table).map(([from, to]) => [`\`${from}\``, ...Object.values(to)]);
      return markdownTable(["from \\ to", ...columns.map((it) => `\`${it}\``)], rows);
    })
    .join("\n\n");
}
