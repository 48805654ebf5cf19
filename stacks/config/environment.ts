import { z } from "zod";

/** What the environment is and who pays. */
export const environmentSection = z
  .strictObject({
    kind: z
      .enum(["dev", "staging", "prod"])
      .describe("Sets how strictly policies judge. A stack named dev, staging or prod, or dev-..., must agree."),
    workload: z
      .string()
      .regex(/^[a-z][a-z0-9]{1,7}$/, "must be 2 to 8 lowercase letters or digits and start with a letter")
      .exactOptional()
      .describe("Part of every physical name. Changing it replaces everything. Default: gpu."),
    owner: z.string().min(1, "must not be empty").max(256).describe("Tag: who answers for the environment."),
    costCenter: z.string().min(1, "must not be empty").max(256).describe("Tag: who pays for it."),
    dataClass: z
      .enum(["public", "internal", "confidential"])
      .exactOptional()
      .describe("Tag: how sensitive the data is. Default: internal."),
    protect: z
      .boolean()
      .exactOptional()
      .describe("Refuse to destroy cluster, network and data. Default: true outside dev."),
  })
  .describe("What the environment is and who pays.");
