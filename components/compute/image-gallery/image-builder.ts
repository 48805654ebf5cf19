import type { Output } from "@pulumi/pulumi";
import type { BuildPlan } from "./build";

/** Who builds a version, and what. */
export interface ImageBuilder {
  /** Of its template, as Pulumi names it. */
  readonly name: string;
  readonly plan: BuildPlan;
  /** ARM ID that the version gets. */
  readonly versionResourceId: Output<string>;
  /** ARM ID of the identity that builds. */
  readonly identityResourceId: Output<string>;
  /** Object ID of that identity, for its rights. */
  readonly principalId: Output<string>;
}
