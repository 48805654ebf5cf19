import { z } from "zod";

const groups = z.array(z.uuid("must be the object ID of an Entra group"));

/**
 * A workspace of Azure Managed Grafana over the metrics of the environment, for alerts of Grafana's own, for data from elsewhere and for
 * people who do not use the portal: the shipped dashboards are in the portal without it. Everybody signs in with Entra ID; there are no
 * keys and no service accounts. Whoever administers the cluster is an administrator of it.
 */
export const grafanaShape = z.strictObject({
  /**
   * From where it answers: `private`, the default, through a private endpoint in the network of the environment; `anywhere` to whoever
   * signs in and has a role.
   */
  access: z.enum(["private", "anywhere"]).default("private"),
  /** Spread over zones, which costs more, and which few regions have. Changing it replaces the workspace and loses what was made in it. */
  zoneRedundant: z.boolean().default(false),
  /** Object IDs of Entra groups that change dashboards. Each person who signs in in a month bills. */
  editorGroupObjectIds: groups.default([]),
  /** Object IDs of Entra groups that look at dashboards. */
  viewerGroupObjectIds: groups.default([]),
  /**
   * What the groups of teams get: `nothing`, the default, or to `view` all of it. Grafana shows the metrics of every team to everybody who
   * gets in: names of jobs, use and cost.
   */
  teams: z.enum(["nothing", "view"]).default("nothing"),
});
export type GrafanaShape = z.input<typeof grafanaShape>;
