import { z } from "zod";
import { ClusterNetwork, type ClusterNetworkArgs } from "../../components/network/cluster-network/cluster-network";
import { clusterNetworkShape } from "../../components/network/cluster-network/shape";
import { subnetSlots } from "../../components/network/subnet-ref";
import { keysOf } from "../../core/records";
import type { PackagedComponents } from "../packaged-component";
import { rangesRef, resourceIds, scopeShape, scopeWires } from "../shared-shapes";

const roles = z.enum(keysOf(subnetSlots));
const need = z.strictObject({
  role: roles,
  addresses: z.int(),
  what: z.string(),
  opensTo: z.array(roles).exactOptional(),
});

/** Where everything else is put. */
export const networkRows: PackagedComponents = {
  "azure-gpu-cluster:network:ClusterNetwork": {
    what: "Cluster network",
    inputs: z.strictObject({
      scope: scopeShape,
      ...clusterNetworkShape.shape,
      users: z.array(z.strictObject({ subnets: z.array(need), infiniband: z.boolean() })).exactOptional(),
    }),
    wires: scopeWires,
    outputs: z.object({
      ranges: rangesRef.describe("What a cluster in the network is given as `network`."),
      virtualNetworkResourceId: z.string().describe("ARM ID of the VNet."),
      subnetResourceIds: resourceIds,
    }),
    leftOut: { plan: "it is made of the other arguments, by a function of this library alone" },
    make: (name, inputs: ClusterNetworkArgs, opts) => {
      const component = new ClusterNetwork(name, inputs, opts);
      const { podCidr, serviceCidr, outboundType, virtualNetworkResourceId } = component.ref;
      const { subnetResourceIds } = component;
      return {
        component,
        outputs: { ranges: { podCidr, serviceCidr, outboundType }, virtualNetworkResourceId, subnetResourceIds },
      };
    },
  },
};
