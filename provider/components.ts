import type { ComponentResource, ComponentResourceOptions, Inputs } from "@pulumi/pulumi";
import { output } from "@pulumi/pulumi";
import { z } from "zod";
import { CpuPool, type CpuPoolArgs } from "../components/cluster/cpu-pool/cpu-pool";
import { cpuPoolShape } from "../components/cluster/cpu-pool/shape";
import { GpuPool, type GpuPoolArgs } from "../components/cluster/gpu-pool/gpu-pool";
import { gpuPoolShape } from "../components/cluster/gpu-pool/shape";
import { clusterRef } from "../components/cluster/kubernetes-cluster/cluster-ref";
import {
  KubernetesCluster,
  type KubernetesClusterArgs,
} from "../components/cluster/kubernetes-cluster/kubernetes-cluster";
import { kubernetesClusterShape } from "../components/cluster/kubernetes-cluster/shape";
import { EnvironmentGroup, type EnvironmentGroupArgs } from "../components/foundation/environment-group";
import { ClusterIdentity, type ClusterIdentityArgs } from "../components/identity/cluster-identity";
import { ClusterNetwork, type ClusterNetworkArgs } from "../components/network/cluster-network/cluster-network";
import { clusterNetworkShape } from "../components/network/cluster-network/shape";
import { networkRef } from "../components/network/network-ref";
import { subnetSlots } from "../components/network/subnet-ref";
import { keysOf } from "../core/records";

/** A component as other languages see it. */
export interface PackagedComponent {
  /** What it is called in messages. */
  readonly what: string;
  /** Its inputs: the component's own shape, and what connects it. */
  readonly inputs: z.ZodObject;
  /** Paths of inputs that may be known later: they connect things and decide nothing. */
  readonly wires: readonly string[];
  /** Its outputs, all of them there. */
  readonly outputs: z.ZodObject;
  readonly make: (name: string, inputs: never, opts: ComponentResourceOptions) => Made;
}

/** A component that was made, and its outputs by name. */
export interface Made {
  readonly component: ComponentResource;
  readonly outputs: Inputs;
}

const whereShape = z.strictObject({
  location: z.string(),
  names: z.strictObject({ workload: z.string(), environment: z.string(), location: z.string(), suffix: z.string() }),
  tags: z.record(z.string(), z.string()),
});
const scopeShape = z.strictObject({ resourceGroupName: z.string(), ...whereShape.shape });
const scopeWires = ["scope.resourceGroupName", "scope.tags.*"];

// What a cluster asks of its network and a pool of its cluster is known before either is there: a reference with a part that is not
// would be unknown as a whole in most languages, and nothing could be planned.
const rangesRef = networkRef.pick({ podCidr: true, serviceCidr: true, outboundType: true }).strict();
const joinedRef = clusterRef.pick({ name: true, resourceGroupName: true, kubernetesVersion: true }).strict();

const poolWiring = {
  scope: z.strictObject(whereShape.shape).or(scopeShape),
  cluster: joinedRef,
  subnetResourceId: z.string(),
};
const poolWires = [...scopeWires, "cluster.name", "cluster.resourceGroupName", "subnetResourceId"];
const poolOutputs = z.object({ nodePoolNames: z.array(z.string()) });
const need = z.strictObject({
  role: z.enum(keysOf(subnetSlots)),
  addresses: z.int(),
  what: z.string(),
  opensTo: z.array(z.enum(keysOf(subnetSlots))).exactOptional(),
});

/** Every component that other languages can make, by the type that it has in any of them. */
export const packagedComponents: Readonly<Record<string, PackagedComponent>> = {
  "azure-gpu-cluster:foundation:EnvironmentGroup": {
    what: "Environment group",
    inputs: z.strictObject({ scope: whereShape }),
    wires: ["scope.tags.*"],
    outputs: z.object({ scope: scopeShape, groupName: z.string(), groupResourceId: z.string() }),
    make: (name, inputs: EnvironmentGroupArgs, opts) => {
      const component = new EnvironmentGroup(name, inputs, opts);
      const { scope, groupName, groupResourceId } = component;
      return { component, outputs: { scope, groupName, groupResourceId } };
    },
  },
  "azure-gpu-cluster:network:ClusterNetwork": {
    what: "Cluster network",
    inputs: z.strictObject({
      scope: scopeShape,
      ...clusterNetworkShape.shape,
      users: z.array(z.strictObject({ subnets: z.array(need), infiniband: z.boolean() })).exactOptional(),
    }),
    wires: scopeWires,
    outputs: z.object({
      ref: rangesRef,
      virtualNetworkResourceId: z.string(),
      subnetResourceIds: z.record(z.string(), z.string()),
    }),
    make: (name, inputs: ClusterNetworkArgs, opts) => {
      const component = new ClusterNetwork(name, inputs, opts);
      const { podCidr, serviceCidr, outboundType, virtualNetworkResourceId } = component.ref;
      const { subnetResourceIds } = component;
      return {
        component,
        outputs: { ref: { podCidr, serviceCidr, outboundType }, virtualNetworkResourceId, subnetResourceIds },
      };
    },
  },
  "azure-gpu-cluster:identity:ClusterIdentity": {
    what: "Cluster identity",
    inputs: z.strictObject({
      scope: scopeShape,
      subnetResourceIds: z.record(z.string(), z.string()),
      apiServerZone: z.strictObject({ zoneResourceId: z.string(), virtualNetworkResourceId: z.string() }).exactOptional(),
      diskEncryptionSetResourceId: z.string().exactOptional(),
      reservationGroupResourceIds: z.record(z.string(), z.string()).exactOptional(),
    }),
    wires: [
      ...scopeWires,
      "subnetResourceIds.*",
      "apiServerZone.*",
      "diskEncryptionSetResourceId",
      "reservationGroupResourceIds.*",
    ],
    outputs: z.object({ resourceId: z.string(), principalId: z.string(), tenantId: z.string() }),
    make: (name, inputs: ClusterIdentityArgs, opts) => {
      const component = new ClusterIdentity(name, inputs, opts);
      const { resourceId, principalId, tenantId } = component;
      return { component, outputs: { resourceId, principalId, tenantId } };
    },
  },
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
    }),
    wires: [
      ...scopeWires,
      "identityResourceId",
      "subnetResourceIds.*",
      "apiServerZoneResourceId",
      "diskEncryptionSetResourceId",
    ],
    outputs: z.object({
      ref: joinedRef,
      resourceId: z.string(),
      apiServerUrl: z.string(),
      certificateAuthority: z.string(),
      oidcIssuerUrl: z.string(),
    }),
    make: (name, inputs: KubernetesClusterArgs, opts) => {
      const component = new KubernetesCluster(name, inputs, opts);
      const { resourceId, apiServerUrl, certificateAuthority, oidcIssuerUrl, ...ref } = component.ref;
      const { resourceGroupName, kubernetesVersion } = ref;
      return {
        component,
        outputs: {
          ref: { name: ref.name, resourceGroupName, kubernetesVersion },
          ...{ resourceId, apiServerUrl, certificateAuthority, oidcIssuerUrl },
        },
      };
    },
  },
  "azure-gpu-cluster:cluster:GpuPool": {
    what: "GPU pool",
    inputs: z.strictObject({
      ...poolWiring,
      ...gpuPoolShape.shape,
      reservationGroupResourceId: z.string().exactOptional(),
    }),
    wires: [...poolWires, "reservationGroupResourceId"],
    outputs: poolOutputs,
    make: (name, inputs: GpuPoolArgs, opts) => {
      const component = new GpuPool(name, inputs, opts);
      return { component, outputs: { nodePoolNames: output([...component.nodePoolNames]) } };
    },
  },
  "azure-gpu-cluster:cluster:CpuPool": {
    what: "CPU pool",
    inputs: z.strictObject({ ...poolWiring, ...cpuPoolShape.shape }),
    wires: poolWires,
    outputs: poolOutputs,
    make: (name, inputs: CpuPoolArgs, opts) => {
      const component = new CpuPool(name, inputs, opts);
      return { component, outputs: { nodePoolNames: output([...component.nodePoolNames]) } };
    },
  },
};
