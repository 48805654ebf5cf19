import { driftDefaults } from "../azure/drift-defaults";
import { holdsData } from "../azure/holds-data";
import { findRow } from "../azure/rows";
import type { DriftFacts, DriftPath, Harm } from "../catalog/drift";
import { kubernetesDrift, kubernetesNoise } from "../catalog/kubernetes-drift";
import { list, read, text } from "../core/property-tree";
import { isList } from "../core/property-value";
import { type ChangedValue, changedValues } from "./changed-values";
import type { Observation } from "./observation";
import { holdsSecret, secretText, shownValues } from "./shown-values";

/** What a change does. `unjudged`: nobody has said yet, so that it counts as harm. */
export type DriftHarm = Harm | "unjudged";

/** Worst first, as reports have them. */
export const harms = ["security", "capacity", "cost", "unjudged", "harmless"] as const satisfies readonly DriftHarm[];

/** What the next `up` that looks first does about it. */
export type WhatUpDoes =
  "undoes it" | "undoes it by force" | "is refused" | "replaces the resource" | "makes it again" | "leaves it";

/** One thing that is not as the last update left it. */
export interface Drift {
  readonly urn: string;
  readonly type: string;
  /** Logical name. */
  readonly name: string;
  readonly id: string;
  readonly kind: "changed" | "gone";
  /** Where; empty for a resource that is gone. */
  readonly path: string;
  /** As they may be printed; `null` where nothing was, or is. */
  readonly before: string | null;
  readonly after: string | null;
  readonly harm: DriftHarm;
  readonly means: string;
  /** Who may have done it, by what is known of the property. */
  readonly writer: string;
  /** Whether somebody is known to write it who may: no rule of what programs say is about that. */
  readonly expected: boolean;
  readonly up: WhatUpDoes;
  /** Whether the resource is protected, so that nothing replaces it. */
  readonly protected: boolean;
  /** Rules that it breaks and that what was reviewed keeps. */
  readonly breaks: readonly string[];
}

/** The worse of two. */
export function worse(one: DriftHarm, other: DriftHarm): DriftHarm {
  return harms.indexOf(one) < harms.indexOf(other) ? one : other;
}

/**
 * What drift of one resource is, a pure function of what was seen.
 * @param children IDs of everything of the stack, in lowercase: what is a resource of its own is no change of its parent.
 */
export function judgeChange(seen: Observation, children: ReadonlySet<string>): readonly Drift[] {
  const { urn, type, name, id, found, before, after } = seen;
  const common = { urn, type, name, id, protected: seen.protect };
  const facts = factsOf(type);
  if (found === "gone" || after === null) {
    const lost = holdsData(type) ? ", and no up brings its data back" : "";
    return [
      {
        ...common,
        kind: "gone",
        path: "",
        before: null,
        after: null,
        harm: facts.gone.harm,
        means: facts.gone.means + lost,
        writer: people(type),
        expected: false,
        up: "makes it again",
        breaks: [],
      },
    ];
  }
  const inputs = changedValues(before.inputs, withoutChildren(type, id, before.inputs, after.inputs, children));
  const outputs = changedValues(
    before.outputs,
    withoutChildren(type, id, before.outputs, after.outputs, children),
  ).filter(({ path }) => !inputs.some((it) => touches(it.path, path)));
  const said = inputs.map((it) => ofInput(it, seen, facts));
  const told = outputs.flatMap((it) => ofOutput(it, seen, facts) ?? []);
  // Of a secret the engine tells that it is another one, and nothing else.
  const hidden = Object.keys(seen.wouldDo)
    .filter((path) => holdsSecret(read(before.inputs, path)) && !inputs.some((it) => touches(it.path, path)))
    .map((path) => ofInput({ path, plain: plainOf(path), before: secretText, after: secretText }, seen, facts));
  return [...said, ...told, ...hidden].map((it) => ({ ...common, kind: "changed" as const, breaks: [], ...it }));
}

type Judged = Pick<Drift, "path" | "before" | "after" | "harm" | "means" | "writer" | "expected" | "up">;

function ofInput(change: ChangedValue, seen: Observation, facts: DriftFacts): Judged {
  const row = rowFor(change, seen, facts);
  const common = { path: change.path, ...shownValues(change, seen), up: whatUpDoes(change.path, seen) };
  if (row === undefined)
    return {
      ...common,
      harm: "unjudged",
      means: "Nobody has judged yet what a change of it does",
      writer: people(seen.type),
      expected: false,
    };
  const { up } = common;
  return { ...common, ...byRow(row, change, seen), up: up === "undoes it" && row.oneWay === true ? "is refused" : up };
}

/**
 * What only Azure or the cluster says of a resource. Whatever the program could say would be among the inputs; so what no row knows harms
 * nobody, and what each look finds changed is not told.
 */
function ofOutput(change: ChangedValue, seen: Observation, facts: DriftFacts): Judged | undefined {
  const ofCluster = seen.type.startsWith("kubernetes:");
  const noise = ofCluster ? kubernetesNoise : azureNoise;
  if (noise.some((it) => covers(it, change.plain))) return undefined;
  // Names that may stand anywhere are of inputs: the same words in an answer are Azure's own.
  const row = facts.paths.find((it) => fits(it, change.plain, seen));
  const common = {
    path: change.path,
    ...shownValues(change, seen),
    up: ofCluster ? whatUpDoes(change.path, seen) : "leaves it",
  } as const;
  if (row !== undefined) return { ...common, ...byRow(row, change, seen) };
  const means = "It is reported of the resource; nothing that the program says";
  const writer = ofCluster ? "a controller in the cluster" : "Azure itself";
  return { ...common, harm: "harmless", means, writer, expected: true };
}

function byRow(
  row: DriftPath,
  change: ChangedValue,
  { type }: Observation,
): Pick<Judged, "harm" | "means" | "writer" | "expected"> {
  const harm = harmOf(row, change);
  const writer = row.writer?.who ?? people(type);
  return { harm, means: row.means, writer, expected: row.writer !== null && harm === "harmless" };
}

/** What Azure writes anew with each change, whoever made it. */
const azureNoise = ["provisioningState", "etag", "systemData", "azureApiVersion", "id", "name", "type", "resourceGuid"];

function factsOf(type: string): DriftFacts {
  if (type.startsWith("kubernetes:")) return kubernetesDrift(type);
  return findRow(type)?.drift ?? { ...driftDefaults, paths: [] };
}

function rowFor(change: ChangedValue, seen: Observation, facts: DriftFacts): DriftPath | undefined {
  const { plain } = change;
  const own = facts.paths.find((it) => fits(it, plain, seen)) ?? worstBelow(change, facts);
  if (own !== undefined || seen.type.startsWith("kubernetes:")) return own;
  const names = plain.split(/[.[\]"]+/);
  return driftDefaults.paths.find((it) => names.includes(it.path));
}

/** A whole section came or went: it is as bad as the worst of what may be in it. */
function worstBelow(change: ChangedValue, { paths }: DriftFacts): DriftPath | undefined {
  const inIt = paths.filter((it) => it.when === undefined && covers(change.plain, it.path));
  return harms.flatMap((harm) => inIt.find((it) => harmOf(it, change) === harm) ?? [])[0];
}

function fits({ path, when }: DriftPath, plain: string, { before }: Observation): boolean {
  if (!covers(path, plain)) return false;
  if (when === undefined) return true;
  const value = read(before.inputs, when.path);
  return when.is === undefined ? value !== undefined : value === when.is;
}

/** Whether a path is another one, or lies below it. */
function covers(above: string, path: string): boolean {
  return above === "" || path === above || path.startsWith(`${above}.`) || path.startsWith(`${above}[`);
}

function touches(one: string, other: string): boolean {
  return covers(one, other) || covers(other, one);
}

function plainOf(path: string): string {
  return path.replace(/\[\d+\]/g, "[]");
}

function harmOf({ harm, safe }: DriftPath, { before, after }: ChangedValue): DriftHarm {
  if (safe?.some((it) => it === after) === true) return "harmless";
  if (typeof harm === "string") return harm;
  const more = amount(after) - amount(before);
  if (more > 0) return harm.more;
  if (more < 0) return harm.less;
  return worse(harm.more, harm.less);
}

const factors: Readonly<Record<string, number>> = {
  "": 1,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
};

/** How much a value is: a number, a quantity of Kubernetes, a list by its length. Two texts are as much as each other. */
function amount(value: unknown): number {
  if (value === undefined || value === null) return -1;
  if (typeof value === "number") return value;
  if (typeof value === "boolean") return Number(value);
  if (isList(value)) return value.length;
  if (typeof value !== "string") return 0;
  const [, digits = "", unit = ""] = /^(\d+(?:\.\d+)?)([A-Za-z]*)$/.exec(value) ?? [];
  return digits === "" ? 0 : Number(digits) * (factors[unit] ?? 1);
}

/** A field in the cluster is its last writer's, from whom the API server lets nobody take it who does not insist. */
function whatUpDoes(path: string, { wouldDo, type }: Observation): WhatUpDoes {
  const names = nameless(path);
  const does = Object.entries(wouldDo).filter(([it]) => touches(nameless(it), names));
  if (does.length === 0) return "leaves it";
  if (does.some(([, what]) => what === "replace")) return "replaces the resource";
  // Helm asks for its own.
  return type.startsWith("kubernetes:") && !type.startsWith("kubernetes:helm.sh/") ? "undoes it by force" : "undoes it";
}

/** The engine counts items of lists, where a path here may name them. */
function nameless(path: string): string {
  return path.replace(/\[[^\]]*\]/g, "[]");
}

/** Lists of children that are resources of their own, as a cluster lists all of its pools, without those. */
function withoutChildren(
  type: string,
  id: string,
  before: Observation["before"]["inputs"],
  after: Observation["before"]["inputs"],
  children: ReadonlySet<string>,
): Observation["before"]["inputs"] {
  const inline = findRow(type)?.inlineChildren ?? null;
  if (inline === null || !isList(after[inline.property])) return after;
  const own = new Set(list(before, inline.property).flatMap((it) => text(it, "name") ?? []));
  const kept = list(after, inline.property).filter((it) => {
    const name = text(it, "name") ?? "";
    return own.has(name) || !children.has(`${id}/${inline.segment}/${name}`.toLowerCase());
  });
  if (kept.length === 0 && before[inline.property] === undefined) {
    return Object.fromEntries(Object.entries(after).filter(([key]) => key !== inline.property));
  }
  return { ...after, [inline.property]: kept };
}

function people(type: string): string {
  return type.startsWith("kubernetes:")
    ? "somebody with kubectl, or another tool in the cluster"
    : "somebody in the portal or with az, another tool, or a policy of Azure";
}
