import { z } from "zod";

const guid = z.guid();
/** A tag can be moved to another image, and whoever moves it would act with the rights of every stack. */
const imageByDigest = z
  .string()
  .regex(
    /^[a-z0-9.-]+(:\d+)?\/[a-z0-9._/-]+@sha256:[0-9a-f]{64}$/,
    "must name an image by its digest: registry/repository@sha256:...",
  );

const environmentSettings = z.strictObject({
  /**
   * `preview` only shows what would change, and people or a pipeline apply. `apply` also brings about what the source says, with nobody
   * asked once more: who may sign the source may then change the environment. @default preview
   */
  mode: z.enum(["preview", "apply"]).default("preview"),
  /** What a plan of the environment is judged as: which file of `policies/config` counts. */
  kind: z.enum(["dev", "staging", "prod"]),
  /** Entra groups that may look at its stacks in the cluster. Nobody else sees them. */
  viewers: z.array(guid).default([]),
});

/** An artefact in a registry, signed without a key by the workflow that made it. */
const ociSource = z.strictObject({
  kind: z.literal("oci"),
  /** Address of the artefact, `oci://` first. */
  url: z
    .string()
    .regex(
      /^oci:\/\/[a-z0-9.-]+\.azurecr\.io\/[a-z0-9._/-]+$/,
      "must be an artefact of an Azure container registry, oci:// first",
    ),
  tag: z.string().min(1),
  /** Who must have signed it: issuer and subject of the workflow's certificate, as regular expressions. */
  signedBy: z.strictObject({ issuer: z.string().min(1), subject: z.string().min(1) }),
});

/** A branch of a Git repository, whose head is signed by somebody whose public key is in a Secret. */
const gitSource = z.strictObject({
  kind: z.literal("git"),
  /** Address of the repository. Azure DevOps is asked with a workload identity; a repository elsewhere must need no login. */
  url: z.url({ protocol: /^https$/ }),
  branch: z.string().min(1),
  /** Secret with the public keys of those who may sign, in the namespace of each environment and in that of Flux. */
  signersSecret: z.string().min(1),
});

/** What the operator's objects are made of: `deploy/operator/operator.yaml`. */
export const operatorSettings = z.strictObject({
  /** Stack that makes the cluster in which the operator runs. The operator never runs it. */
  management: z.string().min(1),
  /** Image of the workspaces, built from `deploy/operator/Dockerfile`. */
  image: imageByDigest,
  /** Where Flux gets program, stack files and the operator's own objects from. */
  source: z.discriminatedUnion("kind", [ociSource, gitSource]),
  /** Where a stack that stands still is told: a Secret with the address of a webhook. Null: nobody is told. */
  alerts: z
    .strictObject({ secret: z.string().min(1) })
    .nullable()
    .default(null),
  /** Environments that it knows, by the stack that makes their cluster. */
  environments: z.record(z.string(), environmentSettings),
  /** Environments of this repository that it has nothing to do with. */
  leaves: z.array(z.string()).default([]),
});
export type OperatorSettings = z.output<typeof operatorSettings>;
export type EnvironmentSettings = OperatorSettings["environments"][string];
export type SourceSettings = OperatorSettings["source"];
