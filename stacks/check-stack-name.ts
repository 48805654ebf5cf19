import type { Problems } from "../core/problems";

/** What the first word of a stack's name promises. Nobody may find a dev environment, unprotected, under the name of prod. */
const kindsOf: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    dev: ["dev"],
    development: ["dev"],
    stage: ["staging"],
    staging: ["staging"],
    preprod: ["staging", "prod"],
    preproduction: ["staging", "prod"],
    prd: ["prod"],
    prod: ["prod"],
    production: ["prod"],
  }),
);

/**
 * Checks the name of a stack, which is that of its file: alone, and against the kind of the environment.
 * @returns what physical names are planned with: the name, or a stand-in where nothing can be called after it
 */
export function checkStackName(stack: string, kind: string | undefined, problems: Problems): string {
  const fits = /^[a-z][a-z0-9-]{0,23}$/.test(stack) && !stack.endsWith("-") && !stack.includes("--");
  problems.require(
    fits,
    "stack",
    "name must be 1 to 24 lowercase letters, digits or single hyphens, start with a letter and not end with a hyphen: it is part of physical names",
    { got: stack, remedy: "Rename the file Pulumi.<stack>.yaml" },
  );
  const kinds = kindsOf.get(/^[a-z]+(?=\d|-|$)/.exec(stack)?.[0] ?? "");
  problems.require(
    kinds === undefined || kind === undefined || kinds.includes(kind),
    "environment.kind",
    `must be ${kinds?.join(" or ") ?? ""} in a stack named ${stack}`,
    { got: kind, remedy: `Write kind: ${kinds?.[0] ?? ""}, or rename the stack` },
  );
  return fits ? stack : "stack";
}
