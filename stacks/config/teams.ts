import { z } from "zod";
import { egressModes } from "../../components/tenancy/network-rules";

const teamName = z
  .string()
  .regex(
    /^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$/,
    "must be 1 to 40 lowercase letters, digits or hyphens, start with a letter and not end with a hyphen",
  );

const team = z.strictObject({
  pool: z.string().describe("Key of the GPU pool that the team works on."),
  gpus: z.int().describe("GPUs of the team at most. Training: a multiple of the GPUs of a node."),
  groupObjectId: z.string().describe("Object ID of the team's Entra group."),
  egress: z
    .enum(egressModes)
    .exactOptional()
    .describe("closed: DNS, own namespace, private endpoints. https: also public addresses on 443. Default: closed."),
});

/** Training teams, by name: a namespace `train-<team>` each. */
export const trainingTeamsSection = z.record(teamName, team).describe("Training teams, by name.");

/** Inference teams, by name: a namespace `infer-<team>` each. */
export const inferenceTeamsSection = z.record(teamName, team).describe("Inference teams, by name.");
