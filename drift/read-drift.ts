import type { EngineEvent, Stack } from "@pulumi/pulumi/automation";
import { findRow } from "../azure/rows";
import { engineMessage } from "../core/engine-message";
import { MisconfiguredError } from "../core/problems";
import { isRecord } from "../core/property-value";
import { partsOf } from "../core/urn";
import { engineLine } from "./engine-line";
import type { Observation, Reading, Sides, Unread } from "./observation";
import { readState, type StateResource } from "./read-state";

/** What is asked of the engine: `pulumi stack export` and `pulumi refresh --preview-only`. Neither changes the stack or what it made. */
export type DriftingStack = Pick<Stack, "exportStack" | "previewRefresh">;

/** What a look is told besides. */
export interface ReadDriftOptions {
  readonly signal?: AbortSignal;
  /** Called as each resource was looked at. */
  readonly onRead?: (read: number, all: number) => void;
}

/**
 * Looks at everything that a stack made, and changes nothing. Where some of it cannot be looked at, as with a private API server that is
 * not reached from here, the rest is looked at again without it.
 * @throws MisconfiguredError for a stack that was never deployed, or whose state or secrets cannot be read
 */
export async function readDrift(
  stack: DriftingStack,
  stackName: string,
  options: ReadDriftOptions = {},
): Promise<Reading> {
  const state = await readState(stack, stackName);
  const expected = state.resources.filter(({ custom, type }) => custom && !type.startsWith("pulumi:"));
  if (expected.length === 0)
    throw new MisconfiguredError("The command", [
      {
        path: "environment",
        rule: `must have a stack that has made something; the state of ${stackName} is empty`,
        remedy: `Make it: pulumi up -s ${stackName}`,
      },
    ]);
  const seen = new Map<string, Observation>();
  const first = await look(stack, expected.length, seen, [], options);
  if (first !== null && seen.size === 0 && first.urns.every(([urn]) => urn === ""))
    throw new MisconfiguredError("The command", [
      {
        path: "environment",
        rule: `must have a stack that the engine can look at; it says of ${stackName}: ${first.because}`,
        remedy: `Look closer: pulumi refresh --preview-only -s ${stackName}`,
      },
    ]);
  const missing = (): typeof expected => expected.filter(({ urn }) => !seen.has(urn));
  let said = first;
  if (first !== null && missing().length > 0 && options.signal?.aborted !== true) {
    // The engine begins nothing new once something failed. What one provider does not reach hides nothing of the others.
    const failing = new Set(providersThatFail(first, expected));
    const exclude = expected.filter(({ type }) => failing.has(packageOf(type))).map(({ urn }) => urn);
    if (failing.size > 0 && exclude.length < expected.length)
      said = {
        urns: first.urns,
        because: (await look(stack, expected.length, seen, exclude, options))?.because ?? first.because,
      };
  }
  const because = new Map<string, string>([...(first?.urns ?? []), ...(said?.urns ?? [])]);
  const general = said?.because ?? first?.because ?? "the engine did not tell of it";
  const unread: Unread[] = missing().map(({ urn }) => ({ urn, because: because.get(urn) ?? general }));
  const observed = [...seen.values()].sort((a, b) => (a.urn < b.urn ? -1 : 1));
  refuseBlindLogin(observed, stackName);
  const hidden = outOfReach(observed);
  return {
    observed: observed.filter((it) => !hidden.includes(it)),
    unread: [...unread, ...hidden.map(({ urn }) => ({ urn, because: "the API server does not answer from here" }))],
    since: state.since,
    ids: state.ids,
  };
}

/**
 * Azure says of what a login must not see that it is not there. A report that all is gone would be an alarm for nothing.
 * @throws MisconfiguredError where nothing of the stack in Azure was found
 */
function refuseBlindLogin(observed: readonly Observation[], stackName: string): void {
  const inAzure = observed.filter(({ type }) => type.startsWith("azure-native:"));
  if (inAzure.length === 0 || !inAzure.every(({ found }) => found === "gone")) return;
  const subscription = /^\/subscriptions\/([^/]+)/.exec(inAzure[0]?.id ?? "")?.[1];
  throw new MisconfiguredError("The command", [
    {
      path: "login",
      rule: `must see subscription ${subscription ?? "of the stack"}: nothing that ${stackName} made in Azure was found with this login`,
      remedy: `Log in to that subscription's tenant: az login. If it is the right one, somebody deleted all of it`,
    },
  ]);
}

/**
 * What only looks gone. Where the program makes the cluster, its provider takes what lives in one that does not answer for gone, so that
 * a cluster that is deleted takes its contents out of the state (`deleteUnreachable` in components/cluster/kubernetes-access.ts).
 */
function outOfReach(observed: readonly Observation[]): readonly Observation[] {
  const inCluster = observed.filter(({ type }) => packageOf(type) === "kubernetes");
  const lives = observed.some(({ type, found }) => findRow(type)?.hostsKubernetes === true && found !== "gone");
  return lives && inCluster.every(({ found }) => found === "gone") ? inCluster : [];
}

/** What went wrong with a look: of each resource, and in all. */
interface Failure {
  readonly urns: readonly (readonly [urn: string, because: string])[];
  readonly because: string;
}

async function look(
  stack: DriftingStack,
  all: number,
  seen: Map<string, Observation>,
  exclude: readonly string[],
  { signal, onRead }: ReadDriftOptions,
): Promise<Failure | null> {
  const wrong: [string, string][] = [];
  const skip = new Set(exclude);
  try {
    await stack.previewRefresh({
      color: "never",
      // What the program says now is another question: npm run preview answers it.
      runProgram: false,
      ...(exclude.length > 0 && { exclude: [...exclude] }),
      ...(signal !== undefined && { signal }),
      onEvent: (event) => {
        const found = observationOf(event);
        if (found?.custom === true && !skip.has(found.urn)) {
          seen.set(found.urn, found);
          onRead?.(seen.size, all);
        }
        const { urn, severity, message } = event.diagnosticEvent ?? {};
        if (severity === "error" && message !== undefined) wrong.push([urn ?? "", engineLine(message)]);
      },
    });
    return null;
  } catch (error) {
    return { urns: wrong, because: wrong.at(0)?.[1] ?? engineLine(engineMessage(error)) };
  }
}

/** What an event of the engine tells of a look at a resource, undefined for events that tell of something else. */
export function observationOf({ resOutputsEvent }: EngineEvent): Observation | undefined {
  if (resOutputsEvent === undefined) return undefined;
  const { op, urn, type, old, new: now, detailedDiff } = resOutputsEvent.metadata;
  const from = old ?? now;
  if (from === undefined || type.startsWith("pulumi:")) return undefined;
  const before = sidesOf(from);
  const gone = op === "delete";
  const after = gone ? null : sidesOf(now ?? from);
  const wouldDo = Object.fromEntries(
    Object.entries(detailedDiff ?? {}).map(([path, { diffKind }]) => {
      const replaces = diffKind.endsWith("replace");
      return [path, replaces ? ("replace" as const) : ("update" as const)];
    }),
  );
  const same = JSON.stringify(before) === JSON.stringify(after);
  return {
    urn,
    type,
    name: partsOf(urn).name,
    id: from.id,
    parent: from.parent,
    custom: from.custom ?? false,
    protect: from.protect ?? false,
    found: gone ? "gone" : same ? "same" : "changed",
    before,
    after,
    wouldDo,
  };
}

function sidesOf({ inputs, outputs }: { readonly inputs: unknown; readonly outputs: unknown }): Sides {
  return { inputs: isRecord(inputs) ? inputs : {}, outputs: isRecord(outputs) ? outputs : {} };
}

function providersThatFail({ urns }: Failure, expected: readonly StateResource[]): string[] {
  const typeOf = new Map(expected.map(({ urn, type }) => [urn, type]));
  return urns.flatMap(([urn]) => {
    const type = typeOf.get(urn);
    return type === undefined ? [] : [packageOf(type)];
  });
}

function packageOf(type: string): string {
  return type.split(":")[0] ?? "";
}
