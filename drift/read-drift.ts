import type { Stack } from "@pulumi/pulumi/automation";
import { findRow } from "../azure/rows";
import { engineMessage } from "../core/engine-message";
import { MisconfiguredError } from "../core/problems";
import { partsOf } from "../core/urn";
import { engineLine } from "./engine-line";
import type { Observation, Reading, Unread } from "./observation";
import { observationOf } from "./observation-of";
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
  const failures = await lookAtAll(stack, expected, seen, options);
  const told = failures.flatMap(({ urns }) => urns).filter(([urn]) => urn !== "");
  if (failures[0] !== undefined && seen.size === 0 && told.length === 0)
    throw new MisconfiguredError("The command", [
      {
        path: "environment",
        rule: `must have a stack that the engine can look at; it says of ${stackName}: ${failures[0].because}`,
        remedy: `Look closer: pulumi refresh --preview-only -s ${stackName}`,
      },
    ]);
  const own = new Map(told);
  const ofPackage = new Map(told.map(([urn, because]) => [packageOf(partsOf(urn).type), because]));
  const general = failures[0]?.because ?? "the engine did not tell of it";
  const unread: Unread[] = expected
    .filter(({ urn }) => !seen.has(urn))
    .map(({ urn, type }) => ({ urn, because: own.get(urn) ?? ofPackage.get(packageOf(type)) ?? general }));
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

/** Looks that are made at most: what fails is mostly one thing, or all of a provider. */
const mostLooks = 4;

/**
 * Looks again without what failed: the engine begins nothing new once something did, and what cannot be read is to hide nothing of the rest.
 * @returns what went wrong with each look
 */
async function lookAtAll(
  stack: DriftingStack,
  expected: readonly StateResource[],
  seen: Map<string, Observation>,
  options: ReadDriftOptions,
): Promise<readonly Failure[]> {
  const exclude = new Set<string>();
  const failures: Failure[] = [];
  while (failures.length < mostLooks) {
    const failure = await look(stack, expected.length, seen, [...exclude], options);
    if (failure === null) break;
    failures.push(failure);
    const before = exclude.size;
    const isLast = failures.length === mostLooks - 1;
    for (const urn of whatFails(failure, expected, seen, isLast)) exclude.add(urn);
    const isLeft = expected.some(({ urn }) => !seen.has(urn) && !exclude.has(urn));
    if (!isLeft || exclude.size === before || options.signal?.aborted === true) break;
  }
  return failures;
}

/** What failed by itself, and all of a provider that has shown nothing yet, as one out of reach. The last look takes no chances. */
function whatFails(
  { urns }: Failure,
  expected: readonly StateResource[],
  seen: ReadonlyMap<string, Observation>,
  isLast: boolean,
): readonly string[] {
  const failing = expected.filter(({ urn }) => urns.some(([it]) => it === urn));
  return failing.flatMap((it) => {
    const alike = expected.filter(({ type }) => packageOf(type) === packageOf(it.type));
    return !isLast && alike.some(({ urn }) => seen.has(urn)) ? [it.urn] : alike.map(({ urn }) => urn);
  });
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

function packageOf(type: string): string {
  return type.split(":")[0] ?? "";
}
