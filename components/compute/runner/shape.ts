import { z } from "zod";

/** One small machine inside the VNet, from which `pulumi up` and kubectl reach a private API server. */
export const runnerShape = z.strictObject({
  /** General-purpose x64 size. Changing it replaces the runner. */
  size: z.string().default("Standard_D4ds_v5"),
  /** Exact version of the image Canonical:ubuntu-24_04-lts:server. `latest` would be another machine after each reimage. */
  imageVersion: z.string(),
  /** Public SSH keys of the administrator, which Azure asks for although logins go by Entra ID. Never a private key. */
  sshPublicKeys: z.array(z.string()),
  /** Availability zone, in quotes: "1". Changing it replaces the runner. */
  zone: z.string().exactOptional(),
});
export type RunnerShape = z.input<typeof runnerShape>;
