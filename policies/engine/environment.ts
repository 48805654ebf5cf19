import type { Environment } from "./rule";

/**
 * The environment that a stack belongs to: `dev`, `staging` or `prod` by the start of its name (`prod-eastus-1`).
 * Any other name counts as production: a stack nobody planned for gets the strictest rules.
 */
export function environmentOf(stackName: string): Environment {
  if (/^dev(-|$)/.test(stackName)) return "dev";
  return /^staging(-|$)/.test(stackName) ? "staging" : "prod";
}

/** The stack in a URN, `urn:pulumi:<stack>::<project>::...`; an empty text when it is none. */
export function stackOf(urn: string): string {
  return /^urn:pulumi:(.*?)::/.exec(urn)?.[1] ?? "";
}
