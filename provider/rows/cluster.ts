import { all } from "@pulumi/pulumi";
import { z } from "zod";
import { placeOf } from "../../catalog/place";
import type { DeclaredSizes } from "../../catalog/declared-figures";
import { ApiServerZone } from "../../components/cluster/api-server-zone";
import { CapacityReservation } from "../../components/cluster/capacity-reservation/capacity-reservation";
import { CpuPool, type CpuPoolArgs } from "../../components/cluster/cpu-pool/cpu-pool";
import { cpuPoolShape } from "../../components/cluster/cpu-pool/shape";
import { GpuPool, type GpuPoolArgs } from "../../components/cluster/gpu-pool/gpu-pool";
import { planGpuPool } from "../../components/cluster/gpu-pool/plan";
import { gpuPoolShape, type GpuPoolShape } from "../../components/cluster/gpu-pool/shape";
import { execKubeconfig, loginModes } from "../../components/cluster/kubeconfig";
import {
  KubernetesCluster,
  type KubernetesClusterArgs,
} from "../../components/cluster/kubernetes-cluster/kubernetes-cluster";
import { kubernetesClusterShape } from "../../components/cluster/kubernetes-cluster/shape";
import { Problems } from "../../core/problems";
import type { Scope } from "../../core/scope";
import { tableOf } from "../../core/records";
import { makerOf } from "../maker-of";
import type { PackagedComponents } from "../packaged-component";
import { cpuPoolReference, gpuPoolReference } from "../reference-shapes";
import { joinedRef, rangesRef, resourceIds, scopeShape, scopeWires, vmSizesShape } from "../shared-shapes";
import { named } from "../type-names";

const pool = { scope: scopeShape, cluster: joinedRef, subnetResourceId: z.string(), vmSizes: vmSizesShape };
const poolWires = [...scopeWires, "cluster.name", "cluster.resourceGroupName", "subnetResourceId"];
const nodePoolNames = z.array(z.string()).describe("Names of the AKS pools, known when they are there.");

/** What a reservation is made of in other languages: the pool that it is for. */
interface ReservationInputs {
  readonly scope: Scope;
  readonly pool: GpuPoolShape;
  readonly vmSizes?: DeclaredSizes;
}
type GpuPoolInputs = Extract<GpuPoolArgs, { readonly plan?: never }>;
type CpuPoolInputs = Extract<CpuPoolArgs, { readonly plan?: never }>;

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
      kubeconfigs: z
        .record(z.string(), z.string())
        .describe("Kubeconfigs without a secret, by how kubelogin gets its token: azurecli, workloadidentity, msi."),
    }),
    make: (name, inputs: KubernetesClusterArgs, opts) => {
      const component = new KubernetesCluster(name, inputs, opts);
      const { managedCluster, plannedName, ref } = component;
      const { resourceId, apiServerUrl, certificateAuthority, oidcIssuerUrl } = ref;
      const { resourceGroupName, kubernetesVersion } = ref;
      const joined = { name: managedCluster.urn.apply(() => plannedName), resourceGroupName, kubernetesVersion };
      const server = all([apiServerUrl, certificateAuthority]);
      const kubeconfigs = tableOf(
        loginModes.map((mode) => [
          mode,
          server.apply(([url, ca]) => execKubeconfig({ url, certificateAuthority: ca }, mode)),
        ]),
      );
      const outputs = { joined, resourceId, apiServerUrl, certificateAuthority, oidcIssuerUrl, kubeconfigs };
      return { component, outputs };
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
    outputs: z.object({
      pool: gpuPoolReference.describe("What teams and queues know of it, given to them as `pool`."),
      nodePoolNames,
    }),
    make: (name, inputs: GpuPoolInputs, opts) => {
      const component = new GpuPool(name, inputs, opts);
      const { ref, nodePoolNames: names } = component;
      const pool = Object.fromEntries(Object.entries(ref).filter(([, it]) => it !== null));
      return { component, outputs: { pool, nodePoolNames: all([...names]) } };
    },
  },
  "azure-gpu-cluster:cluster:CpuPool": {
    what: "CPU pool",
    inputs: z.strictObject({ ...pool, ...cpuPoolShape.shape }),
    wires: poolWires,
    outputs: z.object({
      pool: cpuPoolReference.describe("What teams know of it, given to them among `cpuPools`."),
      nodePoolNames,
    }),
    make: (name, inputs: CpuPoolInputs, opts) => {
      const component = new CpuPool(name, inputs, opts);
      return { component, outputs: { pool: { ...component.ref }, nodePoolNames: all([...component.nodePoolNames]) } };
    },
  },
  "azure-gpu-cluster:cluster:ApiServerZone": {
    what: "Zone of an API server",
    inputs: z.strictObject({
      scope: scopeShape,
      privateZoneName: z.string(),
      virtualNetworkResourceIds: resourceIds,
    }),
    wires: [...scopeWires, "virtualNetworkResourceIds.*"],
    outputs: z.object({ resourceId: z.string().describe("ARM ID of the zone.") }),
    make: makerOf(ApiServerZone, ({ resourceId }) => ({ resourceId })),
  },
  "azure-gpu-cluster:cluster:CapacityReservation": {
    what: "Capacity reservation",
    inputs: z.strictObject({
      scope: scopeShape,
      pool: named("cluster:GpuPoolShape", gpuPoolShape).describe(
        "What the pool is given that it is for, under the same name.",
      ),
      vmSizes: vmSizesShape.describe("Figures of sizes that the catalogue does not have. Default: none."),
    }),
    wires: scopeWires,
    outputs: z.object({ groupResourceId: z.string(), readyGroupResourceId: z.string() }),
    make: (name, { scope, pool, vmSizes }: ReservationInputs, opts) => {
      const problems = new Problems();
      const planned = problems.attempt("pool", () => planGpuPool(name, pool, placeOf(scope, null, vmSizes)));
      const plan = planned?.reservation ?? null;
      problems.require(
        planned === undefined || plan !== null,
        "pool.capacity",
        "must have a rung that is reserved, for which no group of somebody else's is named",
        { remedy: "Give the pool such a rung, or make no reservation for it" },
      );
      problems.throwIfAny(`Capacity reservation '${name}'`);
      if (plan === null) throw new Error("A pool without a reservation is a problem.");
      const component = new CapacityReservation(name, { scope, plan }, opts);
      const { groupResourceId, readyGroupResourceId } = component;
      return { component, outputs: { groupResourceId, readyGroupResourceId } };
    },
  },
};
