import { z } from "zod";
import { declaredFigures } from "../catalog/declared-figures";
import { clusterRef } from "../components/cluster/kubernetes-cluster/cluster-ref";
import { networkRef } from "../components/network/network-ref";
import { named } from "./type-names";

/** Where an environment is, what it is called and who pays. */
export const whereShape = named(
  "foundation:Where",
  z.strictObject({
    location: z.string(),
    names: named(
      "foundation:NameParts",
      z.strictObject({
        workload: z.string(),
        environment: z.string(),
        location: z.string(),
        suffix: z.string(),
      }),
    ),
    tags: z.record(z.string(), z.string()),
  }),
);

/** The same, with the resource group: what every Azure component is given. */
export const scopeShape = named(
  "foundation:Scope",
  z.strictObject({ resourceGroupName: z.string(), ...whereShape.shape }),
);

/** What of a scope may be known later. */
export const scopeWires: readonly string[] = ["scope.resourceGroupName", "scope.tags.*"];

/**
 * What a cluster asks of its network. Known before the network is there, and so are all references here: most languages take an object for
 * unknown as a whole while one part of it is, and nothing could be planned.
 */
export const rangesRef = named(
  "network:Ranges",
  networkRef.pick({ podCidr: true, serviceCidr: true, outboundType: true }).strict(),
);

/** What a pool asks of its cluster. */
export const joinedRef = named(
  "cluster:Joined",
  clusterRef.pick({ name: true, resourceGroupName: true, kubernetesVersion: true }).strict(),
);

/** Figures of sizes that the catalogue does not have, by exact Azure name. */
export const vmSizesShape = z.record(z.string(), named("cluster:VmSize", declaredFigures)).exactOptional();

/** ARM IDs by a name for each. */
export const resourceIds = z.record(z.string(), z.string());
