import { output, type Input, type Output } from "@pulumi/pulumi";

/** Tags that every resource of an environment carries. */
export type Tags = Input<Readonly<Record<string, Input<string>>>>;

/** The tags and more of them, which win. */
export function withTags(tags: Tags, more: Readonly<Record<string, string>>): Output<Readonly<Record<string, string>>> {
  return output(tags).apply((it) => ({ ...it, ...more }));
}

/** Where a component puts its resources, what it calls them and who pays: the first argument of every Azure component. */
export interface Scope {
  /** Name of the resource group. Changing it replaces everything in it. */
  readonly resourceGroupName: Input<string>;
  /** Azure region, for example `eastus`. Changing it replaces everything. */
  readonly location: string;
  /** Parts of physical names. Changing one replaces the resources that carry it. */
  readonly names: NameParts;
  readonly tags: Tags;
}

/** What a physical name is made of. */
export interface NameParts {
  /** What the environment is for: lowercase letters and digits, for example `gpu`. */
  readonly workload: string;
  /** Stack name, for example `dev` or `prod-eastus-1`. */
  readonly environment: string;
  /** Azure region, the same as that of the scope. */
  readonly location: string;
  /** Eight hexadecimal digits that make world-wide unique names unique (see `nameSuffix`). */
  readonly suffix: string;
}
