import { z } from "zod";
import type { Wired } from "../../../core/wired";

/** A machine inside the VNet: how to get onto it, and whom it can act as. */
export const runnerRef = z.object({
  /** ARM ID of its scale set, the scope for logins and run commands. */
  resourceId: z.string(),
  /** Client ID of its identity: `AZURE_CLIENT_ID` for kubelogin. */
  identityClientId: z.string(),
  /** Object ID of its identity, for grants that a pipeline needs beyond the cluster. */
  identityPrincipalId: z.string(),
});
export type RunnerRef = Wired<z.output<typeof runnerRef>, keyof z.output<typeof runnerRef>>;
