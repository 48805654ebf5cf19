import { z } from "zod";
import type { Wired } from "../../../core/wired";

/** Where the metrics of an environment are. */
export const managedPrometheusRef = z.object({
  /** ARM ID of the Azure Monitor workspace, which dashboards and queries name. */
  workspaceResourceId: z.string(),
});
export type ManagedPrometheusRef = Wired<
  z.output<typeof managedPrometheusRef>,
  keyof z.output<typeof managedPrometheusRef>
>;
