import type { ComponentResourceOptions, Inputs } from "@pulumi/pulumi";
import { InputPropertiesError, RunError } from "@pulumi/pulumi/errors";
import type { ConstructResult } from "@pulumi/pulumi/provider";
import { MisconfiguredError, Problems, reasonOf, show } from "../core/problems";
import { readShape } from "../core/shape";
import { packagedComponents } from "./components";
import type { Made, PackagedComponent } from "./packaged-component";
import { secretPaths, withoutSecrets } from "./secret-paths";
import { settle } from "./settle";
import { withoutUnknownKeys } from "./unknown-keys";

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
  try {
    const { component, outputs } = await make(row, name, given, opts);
    return { urn: component.urn, state: outputs };
  } catch (error) {
    if (!(error instanceof MisconfiguredError)) throw error;
    const secrets = await secretPaths(given);
    const shown = error.problems.map((it) => withoutSecrets(it, secrets));
    throw new InputPropertiesError({
      message: `${error.subject} is misconfigured`,
      // The engine prints what stands at a path, secret or not, and so is given none that it finds. What may be shown is in the reason.
      // Source: pulumi/pulumi:pkg/resource/deploy/source_eval.go, errorToMessage.
      errors: shown.map((it) => ({ propertyPath: `\`${it.path}\``, reason: reasonOf(it) })),
    });
  }
}

async function make(
  row: PackagedComponent,
  name: string,
  given: Inputs,
  opts: ComponentResourceOptions,
): Promise<Made> {
  const subject = `${row.what} '${name}'`;
  const problems = new Problems();
  const { plain, wired } = await settle(given, row.wires, problems);
  const unsettled = problems.list.map(({ path }) => path);
  const ofShape = new Problems();
  ofShape.attempt("", () => readShape(row.inputs, plain, subject));
  // What is not known is missing in the shape, too.
  for (const it of ofShape.list) if (!unsettled.includes(it.path)) problems.add(it);
  if (unsettled.length === 0) {
    const rest = withoutUnknownKeys(row.inputs, plain, wired);
    if (rest !== undefined) problems.attempt("", () => checkOnly(row, name, rest));
  }
  problems.throwIfAny(subject);
  return row.make(name, wired as never, opts);
}

/** Thrown where a component would register itself. */
class Checked extends Error {}

/** Has a component check its arguments, which it does before it registers anything, and stops it there. */
function checkOnly(row: PackagedComponent, name: string, inputs: unknown): void {
  const opts: ComponentResourceOptions = {
    get parent(): never {
      throw new Checked();
    },
  };
  try {
    row.make(name, inputs as never, opts);
  } catch (error) {
    if (!(error instanceof Checked)) throw error;
  }
}
