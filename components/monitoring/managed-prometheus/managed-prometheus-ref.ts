import { z } from "zod";
import type { Wired } from "../../../core/wired";

/** Where the metrics of an environment are. */
export const managedPrometheusRef = z.object({
  /** ARM ID of the Azure Monitor workspace, which dashboards and queries name. */
  workspaceResourceId: z.string(),
  /** There where they can be read through a private endpoint of the workspace alone. Plain: what scales by them depends on it. */
  privateQueries: z.literal(true).exactOptional(),
});
export type ManagedPrometheusRef = Wired<
  z.output<typeof managedPrometheusRef>,
  Exclude<keyof z.output<typeof managedPrometheusRef>, "privateQueries">
>;
