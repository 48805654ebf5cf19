import { z } from "zod";

const day = z.enum(["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]);

/** The AKS cluster without its GPU pools. */
export const clusterSection = z
  .strictObject({
    kubernetesVersion: z.string().describe('In quotes: "1.36" (AKS picks the patch) or "1.36.2".'),
    apiServer: z
      .union([
        z.literal("private"),
        z.strictObject({ authorizedIpRanges: z.array(z.string()).describe("Your egress ranges, /16 or smaller.") }),
      ])
      .exactOptional()
      .describe("Who reaches the API server. Changed in place. Default: private."),
    tier: z.enum(["Free", "Standard", "Premium"]).exactOptional().describe("Control plane tier. Default: Standard."),
    longTermSupport: z.boolean().exactOptional().describe("Long-term support, needs tier Premium. Default: false."),
    adminGroupObjectIds: z.array(z.string()).describe("Object IDs of the Entra groups that administer the cluster."),
    systemPool: z
      .strictObject({
        size: z
          .string()
          .exactOptional()
          .describe("General-purpose size. Fixed at creation. Default: Standard_D8ds_v5."),
        nodes: z.int().exactOptional().describe("Nodes, fixed. Default: 3."),
        zones: z.array(z.string()).exactOptional().describe("Fixed at creation. Default: all zones of the region."),
      })
      .describe("Nodes for AKS's own pods and for operators."),
    upgrades: z
      .strictObject({
        kubernetes: z.enum(["none", "patch", "stable"]).exactOptional().describe("Default: none."),
        nodeOs: z.enum(["None", "SecurityPatch", "NodeImage"]).exactOptional().describe("Default: None."),
      })
      .exactOptional()
      .describe("What AKS may upgrade by itself in the maintenance window."),
    maintenance: z
      .strictObject({
        day: day.exactOptional().describe("Default: Saturday."),
        startTime: z.string().exactOptional().describe('UTC, in quotes: "22:00". Default: 22:00.'),
        durationHours: z.int().exactOptional().describe("4 to 24. Default: 8."),
      })
      .exactOptional()
      .describe("When AKS may touch the cluster."),
  })
  .describe("The AKS cluster without its GPU pools.");
