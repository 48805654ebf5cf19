import type { ComponentResourceOptions, Inputs } from "@pulumi/pulumi";
import { InputPropertiesError, RunError } from "@pulumi/pulumi/errors";
import type { ConstructResult } from "@pulumi/pulumi/provider";
import { describeProblem, MisconfiguredError, Problems, show } from "../core/problems";
import { readShape } from "../core/shape";
import { packagedComponents } from "./components";
import { settle } from "./settle";

/**
 * Makes a component that a program in any language asks for.
 * @throws InputPropertiesError with every problem of its inputs, which the engine prints beside the resource
 * @throws RunError for a type that this package does not have
 */
export async function construct(
  name: string,
  type: string,
  given: Inputs,
  opts: ComponentResourceOptions,
): Promise<ConstructResult> {
  const row = Object.hasOwn(packagedComponents, type) ? packagedComponents[type] : undefined;
  if (row === undefined) {
    const types = Object.keys(packagedComponents).join(", ");
    throw new RunError(`This package has no type ${show(type)}. It has ${types}`);
  }
  const subject = `${row.what} '${name}'`;
  try {
    const problems = new Problems();
    const { plain, wired } = await settle(given, row.wires, problems);
    problems.throwIfAny(subject);
    readShape(row.inputs, plain, subject);
    const { component, outputs } = row.make(name, wired as never, opts);
    return { urn: component.urn, state: outputs };
  } catch (error) {
    if (!(error instanceof MisconfiguredError)) throw error;
    throw new InputPropertiesError({
      message: `${error.subject} is misconfigured`,
      errors: error.problems.map((it) => ({
        propertyPath: it.path,
        reason: describeProblem({ ...it, path: "" }).replace(/^: /, ""),
      })),
    });
  }
}
