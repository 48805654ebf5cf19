import type { PolicyConfigJSONSchema } from "@pulumi/policy/schema";

/** A setting that the policy configuration may give to a rule. The rule lists it, and reads it with `settingOf`. */
export interface Setting<T> {
  /** Its key in the configuration of the rule. */
  readonly name: string;
  /** What the engine accepts, with a description for who writes the configuration. */
  readonly schema: PolicyConfigJSONSchema & { readonly description: string };
  /** The value when the configuration gives none. */
  readonly default: T;
  /** Whether a value is one that the rule can use. */
  readonly accepts: (given: unknown) => given is T;
}

/** Settings as a configuration gives them, by name. */
export type GivenSettings = Readonly<Record<string, unknown>>;

/** The value that the configuration gives, or the default. */
export function settingOf<T>(setting: Setting<T>, given: GivenSettings): T {
  const value = given[setting.name];
  return setting.accepts(value) ? value : setting.default;
}
