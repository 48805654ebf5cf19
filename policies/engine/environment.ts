import { environments, type Environment } from "./rule";

/** Where a resource says which kind of environment it belongs to. Every resource of ours that can have tags does. */
export const kindTag = "tags.environmentKind";

/**
 * The kind of environment that resources belong to, by what their tags say; the strictest when they differ. Where none
 * says a kind, the stack's name tells.
 */
export function kindOf(tags: readonly unknown[], stackName: string): Environment {
  return environments.filter((it) => tags.includes(it)).at(-1) ?? environmentOf(stackName);
}

/**
 * The environment that a stack's name speaks of: `dev`, `staging` or `prod` by its start (`prod-eastus-1`). Any other
 * name counts as production: a stack nobody planned for gets the strictest rules.
 */
export function environmentOf(stackName: string): Environment {
  if (/^dev(-|$)/.test(stackName)) return "dev";
  return /^staging(-|$)/.test(stackName) ? "staging" : "prod";
}
