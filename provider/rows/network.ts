import { z } from "zod";
import { privateEndpointGroups } from "../../azure/rows";
import { ClusterNetwork, type ClusterNetworkArgs } from "../../components/network/cluster-network/cluster-network";
import { clusterNetworkShape } from "../../components/network/cluster-network/shape";
import { ExistingNetwork, type ExistingNetworkArgs } from "../../components/network/existing-network/existing-network";
import { planExistingNetwork } from "../../components/network/existing-network/plan";
import { existingNetworkShape } from "../../components/network/existing-network/shape";
import type { NetworkRef } from "../../components/network/network-ref";
import { PrivateDns, type PrivateDnsArgs } from "../../components/network/private-dns";
import { PrivateEndpoint } from "../../components/network/private-endpoint";
import { subnetSlots } from "../../components/network/subnet-ref";
import { keysOf, tableOf } from "../../core/records";
import { makerOf } from "../maker-of";
import type { PackagedComponents } from "../packaged-component";
import { rangesRef, resourceIds, scopeShape, scopeWires } from "../shared-shapes";

const roles = z.enum(keysOf(subnetSlots));
const need = z.strictObject({
  role: roles,
  addresses: z.int(),
  what: z.string(),
  opensTo: z.array(roles).exactOptional(),
});
const users = z.array(z.strictObject({ subnets: z.array(need), infiniband: z.boolean() })).exactOptional();
const outputs = z.object({
  ranges: rangesRef.describe("What a cluster in the network is given as `network`."),
  endpointCidr: z.string().describe("Range of the private endpoints: the way from pods to storage."),
  virtualNetworkResourceId: z.string().describe("ARM ID of the VNet."),
  subnetResourceIds: resourceIds.describe("ARM IDs of the subnets, by what each is for."),
});

function outputsOf({ podCidr, serviceCidr, outboundType, endpointCidr, virtualNetworkResourceId }: NetworkRef): object {
  return { ranges: { podCidr, serviceCidr, outboundType }, endpointCidr, virtualNetworkResourceId };
}

/** Where everything else is put, and how it is found. */
export const networkRows: PackagedComponents = {
  "azure-gpu-cluster:network:ClusterNetwork": {
    what: "Cluster network",
    inputs: z.strictObject({ scope: scopeShape, ...clusterNetworkShape.shape, users }),
    wires: scopeWires,
    outputs,
    make: (name, inputs: ClusterNetworkArgs, opts) => {
      const component = new ClusterNetwork(name, inputs, opts);
      const { ref, subnetResourceIds } = component;
      return { component, outputs: { ...outputsOf(ref), subnetResourceIds } };
    },
  },
  "azure-gpu-cluster:network:ExistingNetwork": {
    what: "Existing network",
    inputs: z.strictObject({ ...existingNetworkShape.shape, users }),
    wires: [],
    outputs,
    make: (name, inputs: Extract<ExistingNetworkArgs, { readonly plan?: never }>, opts) => {
      const { users: given = [], ...shape } = inputs;
      const plan = planExistingNetwork(name, shape, given);
      const component = new ExistingNetwork(name, { plan }, opts);
      return { component, outputs: { ...outputsOf(component.ref), subnetResourceIds: plan.subnetResourceIds } };
    },
  },
  "azure-gpu-cluster:network:PrivateDns": {
    what: "Private DNS zones",
    inputs: z.strictObject({
      scope: scopeShape,
      virtualNetworkResourceId: z.string(),
      services: z.array(z.enum(privateEndpointGroups)),
      peers: resourceIds.exactOptional(),
      existingZones: z.array(z.string()).exactOptional(),
    }),
    wires: [...scopeWires, "virtualNetworkResourceId", "peers.*"],
    outputs: z.object({ zoneResourceIds: resourceIds.describe("ARM IDs of the zones, by service.") }),
    make: (name, inputs: PrivateDnsArgs, opts) => {
      const component = new PrivateDns(name, inputs, opts);
      const zoneResourceIds = tableOf(inputs.services.map((it) => [it, component.zoneResourceId(it)]));
      return { component, outputs: { zoneResourceIds } };
    },
  },
  "azure-gpu-cluster:network:PrivateEndpoint": {
    what: "Private endpoint",
    inputs: z.strictObject({
      scope: scopeShape,
      subnetResourceId: z.string(),
      targetResourceId: z.string(),
      groupId: z.string(),
      approval: z.enum(["automatic", "manual"]).exactOptional(),
      privateDnsZoneResourceId: z.string(),
    }),
    wires: [...scopeWires, "subnetResourceId", "targetResourceId", "privateDnsZoneResourceId"],
    outputs: z.object({ endpointResourceId: z.string() }),
    make: makerOf(PrivateEndpoint, ({ endpointResourceId }) => ({ endpointResourceId })),
  },
};
