import { z } from "zod";
import type { Wired } from "../../../core/wired";

/** A workspace of Managed Grafana: what others have to know of it. */
export const grafanaRef = z.object({
  /** ARM ID of the workspace. */
  resourceId: z.string(),
  /** Address at which it answers. */
  endpoint: z.string(),
  /** There where the groups of teams may look at it. Plain: it decides which grants exist. */
  teamsView: z.literal(true).exactOptional(),
});
export type GrafanaRef = Wired<z.output<typeof grafanaRef>, "resourceId" | "endpoint">;
