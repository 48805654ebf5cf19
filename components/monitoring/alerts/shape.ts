import { z } from "zod";
import type { RoleName } from "../../../catalog/roles";
import { severities } from "../alert-rows";

/** An address to which alerts are posted, behind Entra ID. */
const webhookShape = z.strictObject({
  /** Where to post: https, and nothing secret in it. */
  uri: z.string(),
  /** Object ID of the service principal of the application that answers there. */
  applicationObjectId: z.uuid(),
  /** Application ID URI, the audience of the token: `api://...`. */
  identifierUri: z.string().min(1, "must not be empty"),
  /** Tenant that the token is of. */
  tenantId: z.uuid(),
});

/**
 * Roles whose people action groups write to: these alone.
 * Source: MicrosoftDocs/azure-monitor-docs:articles/azure-monitor/alerts/action-groups.md (2026-07-21)
 */
const mailedRoles = [
  "Owner",
  "Contributor",
  "Reader",
  "Monitoring Contributor",
  "Monitoring Reader",
] as const satisfies readonly RoleName[];

/**
 * Where alerts go, and alerts of Azure itself: on the health of its services, on metrics that it keeps, and on who changed what in it. Who
 * gets them is told by Azure once that it does.
 */
export const alertsShape = z.strictObject({
  /**
   * E-mail addresses. A list of your own lets people come and go without an `up`. Azure sends each a code once in a tenant, which has to be
   * entered within 30 minutes.
   */
  email: z.array(z.email("must be an e-mail address")).default([]),
  /** Everybody who has one of these built-in roles on the subscription itself, by e-mail. */
  roles: z.array(z.enum(mailedRoles)).default([]),
  /**
   * Addresses to post to, by name, each behind Entra ID: Azure sends a token and no secret. An address that is a secret itself, as chat
   * rooms and pagers have, belongs into an action group of your own: name it as `resourceId`.
   */
  webhooks: z
    .record(
      z
        .string()
        .regex(/^[a-z][a-z0-9-]{0,29}$/, "must be 1 to 30 lowercase letters, digits or hyphens, first a letter"),
      webhookShape,
    )
    .default({}),
  /** ARM ID of an action group that is there already, in place of receivers here. */
  resourceId: z.string().exactOptional(),
  /**
   * The least severe alerts that are sent, from 0, critical, to 4, verbose; the others stand in Azure Monitor alone. What the activity log
   * says has no severity and is sent always.
   */
  leastSevere: z.literal(severities).default(3),
});
export type AlertsShape = z.input<typeof alertsShape>;
