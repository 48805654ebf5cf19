import { z } from "zod";

/** What the environment is and who pays. */
export const environmentSection = z.strictObject({
  /** Sets how strictly policies judge. A stack named dev, staging or prod, or dev-..., must agree. */
  kind: z.enum(["dev", "staging", "prod"]),
  /** Part of every physical name. Changing it replaces everything. */
  workload: z
    .string()
    .regex(/^[a-z][a-z0-9]{1,7}$/, "must be 2 to 8 lowercase letters or digits and start with a letter")
    .default("gpu"),
  /** Tag: who answers for the environment. */
  owner: z.string().min(1, "must not be empty").max(256),
  /** Tag: who pays for it. */
  costCenter: z.string().min(1, "must not be empty").max(256),
  /** Tag: how sensitive the data is. */
  dataClass: z.enum(["public", "internal", "confidential"]).default("internal"),
  /** Refuse to destroy cluster, network and data. Default: true outside dev. */
  protect: z.boolean().exactOptional(),
});
