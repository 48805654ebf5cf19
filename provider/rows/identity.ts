import { z } from "zod";
import { ClusterIdentity, type ClusterIdentityArgs } from "../../components/identity/cluster-identity";
import type { PackagedComponents } from "../packaged-component";
import { resourceIds, scopeShape, scopeWires } from "../shared-shapes";

/** Who acts, and what that one may do. */
export const identityRows: PackagedComponents = {
  "azure-gpu-cluster:identity:ClusterIdentity": {
    what: "Cluster identity",
    inputs: z.strictObject({
      scope: scopeShape,
      subnetResourceIds: resourceIds,
      apiServerZone: z
        .strictObject({ zoneResourceId: z.string(), virtualNetworkResourceId: z.string() })
        .exactOptional(),
      diskEncryptionSetResourceId: z.string().exactOptional(),
      reservationGroupResourceIds: resourceIds.exactOptional(),
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
};
