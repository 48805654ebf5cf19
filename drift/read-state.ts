import type { Stack } from "@pulumi/pulumi/automation";
import { engineMessage } from "../core/engine-message";
import { MisconfiguredError } from "../core/problems";
import { text } from "../core/property-tree";
import { isRecord } from "../core/property-value";
import { engineLine } from "./engine-line";

/** Of a state only what says which resources there are: what it holds of them, secrets too, stays out. */
export interface StackState {
  readonly resources: readonly StateResource[];
  /** IDs of all that it has, in lowercase. */
  readonly ids: readonly string[];
  /** ISO time of the last update. */
  readonly since: string | null;
}

/** A resource that a state has. */
export interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly custom: boolean;
}

/**
 * Reads the state of a stack.
 * @throws MisconfiguredError where the engine cannot: a file that is cut off, or secrets without their key
 */
export async function readState(stack: Pick<Stack, "exportStack">, stackName: string): Promise<StackState> {
  try {
    const exported: { readonly deployment?: unknown } = await stack.exportStack();
    return stateOf(exported.deployment);
  } catch (error) {
    throw new MisconfiguredError("The command", [
      {
        path: "environment",
        rule: `must have a stack whose state can be read; the engine says of ${stackName}: ${engineLine(engineMessage(error))}`,
        remedy: `Its secrets take the passphrase or the key that they were written with. pulumi stack export -s ${stackName} says the same`,
      },
    ]);
  }
}

function stateOf(deployment: unknown): StackState {
  const resources = isRecord(deployment) ? deployment["resources"] : undefined;
  const all = Array.isArray(resources) ? resources.filter(isRecord) : [];
  return {
    since: text(deployment, "manifest.time") ?? null,
    ids: all.flatMap((it) => text(it, "id")?.toLowerCase() ?? []),
    resources: all
      // What waits for its deletion is nobody's wish any more.
      .filter((it) => it["delete"] !== true && it["external"] !== true)
      .map((it) => ({ urn: String(it["urn"]), type: String(it["type"]), custom: it["custom"] === true })),
  };
}
