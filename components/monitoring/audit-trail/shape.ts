import { z } from "zod";
import { logAnalytics } from "../../../catalog/log-analytics";

const { least, most } = logAnalytics.retentionDays;

/** A record of who did what: changes in Kubernetes, logins, and what was read and written in storage. */
export const auditTrailShape = z.strictObject({
  /** Days that a record is kept, 30 to 730. Beyond 31 days each gigabyte costs by the month. */
  retentionDays: z
    .int()
    .min(least, `must be a whole number of days from ${least} to ${most}`)
    .max(most, `must be a whole number of days from ${least} to ${most}`)
    .default(90),
  /**
   * Gigabytes a day after which Azure takes no more records until the next day, which bounds the bill and not what may
   * happen unrecorded. `null` for no bound.
   */
  dailyCapGB: z.int().min(1, "must be a whole number of gigabytes from 1, or null for no bound").nullable().default(10),
  /**
   * From where records may be read: `privateLink` only through a private link scope of Azure Monitor, which this project
   * does not make; `anywhere` by whoever signs in with Entra ID and has a role for it.
   */
  queries: z.enum(["privateLink", "anywhere"]).default("privateLink"),
  /** Record also what is only read in Kubernetes, secrets for example. It multiplies the records. */
  kubernetesReads: z.boolean().default(false),
  /** Record each read of a blob, and not only writes and deletions. Jobs that read many small blobs fill the daily cap. */
  blobReads: z.boolean().default(true),
});
export type AuditTrailShape = z.input<typeof auditTrailShape>;
