import { z } from "zod";
import type { Wired } from "../../../core/wired";

/** A workspace with the records of an environment: where whoever asks what happened looks. */
export const auditTrailRef = z.object({
  /** Name of the Log Analytics workspace. */
  workspaceName: z.string(),
  /** ARM ID of the workspace. */
  workspaceResourceId: z.string(),
  /** ID by which queries name the workspace. Not a secret. */
  customerId: z.string(),
});
export type AuditTrailRef = Wired<z.output<typeof auditTrailRef>, keyof z.output<typeof auditTrailRef>>;
