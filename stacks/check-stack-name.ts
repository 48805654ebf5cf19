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

/** What tells how a stack's environment is called. */
interface StackNames {
  /** Name of the stack, which is that of its file. */
  readonly stack: string;
  /** `handover` of a stack that makes no cluster, `null` while it cannot be read; `undefined` where the stack makes its own. */
  readonly madeBy: string | null | undefined;
}

/**
 * Checks what a stack is called, and after which stack its environment is: the one that makes the cluster. All stacks of an
 * environment give their things the same name and tags, so that one can be split, or put together, without making anything
 * anew. Two that both read one meet in a name only where they make the same team, whose namespaces would meet as well.
 * @returns name of the environment, or a stand-in where nothing can be called after it
 */
export function checkStackName({ stack, madeBy }: StackNames, kind: string | undefined, problems: Problems): string {
  const first = madeBy === undefined ? stack : madeBy?.split("/").at(-1);
  const fits = first !== undefined && /^[a-z][a-z0-9-]{0,23}$/.test(first) && !/--|-$/.test(first);
  const rule =
    "1 to 24 lowercase letters, digits or single hyphens, start with a letter and not end with a hyphen: it is part of physical names";
  if (madeBy === undefined) {
    problems.require(fits, "stack", `name must be ${rule}`, {
      got: stack,
      remedy: "Rename the file Pulumi.<stack>.yaml",
    });
  } else {
    // Nothing is called after it, but the engine has a rule of its own.
    const named = /^[\w.-]{1,100}$/.test(stack);
    problems.require(named, "stack", "name must be 1 to 100 letters, digits, hyphens, underscores or periods", {
      got: stack,
      remedy: "Rename the file Pulumi.<stack>.yaml",
    });
    problems.require(fits || madeBy === null, "handover", `must end in the name of a stack, ${rule}`, {
      got: madeBy,
      remedy: "Read a stack of such a name",
    });
  }
  for (const name of new Set([stack, first ?? stack])) {
    const kinds = kindsOf.get(/^[a-z]+(?=\d|-|$)/.exec(name)?.[0] ?? "");
    problems.require(
      kinds === undefined || kind === undefined || kinds.includes(kind),
      "environment.kind",
      `must be ${kinds?.join(" or ") ?? ""} in a stack ${name === stack ? "named" : "that reads"} ${name}`,
      {
        got: kind,
        remedy: `Write kind: ${kinds?.[0] ?? ""}, or ${name === stack ? "rename the stack" : "read another"}`,
      },
    );
  }
  return fits ? first : "stack";
}
