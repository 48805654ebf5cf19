import { output } from "@pulumi/pulumi";
import { z } from "zod";
import { CpuPool, type CpuPoolArgs } from "../../components/cluster/cpu-pool/cpu-pool";
import { cpuPoolShape } from "../../components/cluster/cpu-pool/shape";
import { GpuPool, type GpuPoolArgs } from "../../components/cluster/gpu-pool/gpu-pool";
import { gpuPoolShape } from "../../components/cluster/gpu-pool/shape";
import {
  KubernetesCluster,
  type KubernetesClusterArgs,
} from "../../components/cluster/kubernetes-cluster/kubernetes-cluster";
import { kubernetesClusterShape } from "../../components/cluster/kubernetes-cluster/shape";
import type { PackagedComponents } from "../packaged-component";
import { joinedRef, rangesRef, scopeShape, scopeWires, vmSizesShape } from "../shared-shapes";

const pool = { scope: scopeShape, cluster: joinedRef, subnetResourceId: z.string(), vmSizes: vmSizesShape };
const poolWires = [...scopeWires, "cluster.name", "cluster.resourceGroupName", "subnetResourceId"];
const poolOutputs = z.object({ nodePoolNames: z.array(z.string()) });
const planLeftOut = { plan: "it is made of the other arguments, by a function of this library alone" };

/** AKS, and nodes for it. */
export const clusterRows: PackagedComponents = {
  "azure-gpu-cluster:cluster:KubernetesCluster": {
    what: "Kubernetes cluster",
    inputs: z.strictObject({
      scope: scopeShape,
      ...kubernetesClusterShape.shape,
      network: rangesRef,
      identityResourceId: z.string(),
      subnetResourceIds: z.strictObject({ nodes: z.string(), apiServer: z.string() }),
      apiServerZoneResourceId: z.string().exactOptional(),
      metrics: z.boolean().exactOptional(),
      secretRotationMinutes: z.int().exactOptional(),
      today: z.string().exactOptional(),
      vmSizes: vmSizesShape,
    }),
    wires: [
      ...scopeWires,
      "identityResourceId",
      "subnetResourceIds.*",
      "apiServerZoneResourceId",
      "diskEncryptionSetResourceId",
    ],
    references: ["network"],
    outputs: z.object({
      joined: joinedRef.describe("What a pool of the cluster is given as `cluster`."),
      resourceId: z.string().describe("ARM ID of the cluster."),
      apiServerUrl: z.string().describe("Address of the API server. Not a secret."),
      certificateAuthority: z.string().describe("Certificate authority of the API server, base64 PEM. Not a secret."),
      oidcIssuerUrl: z.string().describe("Issuer of service account tokens, for workload identities."),
    }),
    leftOut: planLeftOut,
    make: (name, inputs: KubernetesClusterArgs, opts) => {
      const component = new KubernetesCluster(name, inputs, opts);
      const { managedCluster, plannedName, ref } = component;
      const { resourceId, apiServerUrl, certificateAuthority, oidcIssuerUrl } = ref;
      const { resourceGroupName, kubernetesVersion } = ref;
      const joined = { name: managedCluster.urn.apply(() => plannedName), resourceGroupName, kubernetesVersion };
      return { component, outputs: { joined, resourceId, apiServerUrl, certificateAuthority, oidcIssuerUrl } };
    },
  },
  "azure-gpu-cluster:cluster:GpuPool": {
    what: "GPU pool",
    inputs: z.strictObject({
      ...pool,
      ...gpuPoolShape.shape,
      reservationGroupResourceId: z.string().exactOptional(),
    }),
    wires: [...poolWires, "reservationGroupResourceId"],
    outputs: poolOutputs,
    leftOut: planLeftOut,
    make: (name, inputs: GpuPoolArgs, opts) => {
      const component = new GpuPool(name, inputs, opts);
      return { component, outputs: { nodePoolNames: output([...component.nodePoolNames]) } };
    },
  },
  "azure-gpu-cluster:cluster:CpuPool": {
    what: "CPU pool",
    inputs: z.strictObject({ ...pool, ...cpuPoolShape.shape }),
    wires: poolWires,
    outputs: poolOutputs,
    leftOut: planLeftOut,
    make: (name, inputs: CpuPoolArgs, opts) => {
      const component = new CpuPool(name, inputs, opts);
      return { component, outputs: { nodePoolNames: output([...component.nodePoolNames]) } };
    },
  },
};
