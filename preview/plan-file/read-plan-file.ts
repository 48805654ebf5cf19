import { isAzureNative } from "../../azure/arm-types";
import { normaliseRegion } from "../../catalog/regions";
import type { PlannedResource } from "../../core/planned-resource";
import { MisconfiguredError, show } from "../../core/problems";
import { isSecret, unknownValue } from "../../core/property-marks";
import { text, texts } from "../../core/property-tree";
import { isList, isRecord, mapProps, mapValue, type Props, toProps, type Value } from "../../core/property-value";
import { partsOf } from "../../core/urn";

/** A resource of a plan that somebody else may have written, as far as bills and differences ask. */
export type FiledResource = Pick<
  PlannedResource,
  "urn" | "type" | "name" | "custom" | "parent" | "inputs" | "options"
> &
  Partial<Pick<PlannedResource, "propertyDependencies">>;

/** What a file of `pulumi preview --json`, or of `npm run preview -- ... --json`, says will be there. */
export interface PlanFile {
  readonly resources: readonly FiledResource[];
  /** Region that the provider puts things into, else the only one that resources name; `null` where they name none or several. */
  readonly location: string | null;
  /** Resources that stay as they are and that the file leaves out: Pulumi does so unless it is told otherwise. */
  readonly leftOut: number;
}

/**
 * Every step of the engine, with what it does: it leaves a resource behind or takes it away, or it says nothing of what will be there,
 * because it is only read, or because another step says it.
 * Source: pulumi/pulumi:pkg/resource/deploy/step.go (StepOps, 3.246.0)
 */
const steps: Readonly<Record<string, "stays" | "goes" | "says nothing">> = {
  same: "stays",
  create: "stays",
  update: "stays",
  replace: "stays",
  "create-replacement": "stays",
  import: "stays",
  "import-replacement": "stays",
  // Where it finds the resource gone, the file has a step that deletes it in its place. What the program says comes after it.
  refresh: "stays",
  delete: "goes",
  // They take away what another one takes the place of, in whichever order.
  "delete-replaced": "says nothing",
  "remove-pending-replace": "says nothing",
  "discard-replaced": "says nothing",
  read: "says nothing",
  "read-replacement": "says nothing",
  discard: "says nothing",
  diff: "says nothing",
};

/**
 * Reads a plan out of a file. What is secret in it is forgotten at once, and counts as not known.
 * @param file Its name, for messages.
 * @throws MisconfiguredError for whatever is no plan, with what it seems to be
 */
export function readPlanFile(file: string, content: string): PlanFile {
  const plan = parsed(file, content);
  const listed = plan["steps"];
  const summary = toProps(plan["changeSummary"]);
  if (!isList(listed)) {
    // A plan of nothing new has no list at all.
    if (!isRecord(plan["changeSummary"])) throw wrong(file, "must have a list of steps", noPlan);
    return { resources: [], location: locationOf(plan, []), leftOut: count(summary["same"]) };
  }
  const states = listed.map((step, at) => stateOf(file, step, at));
  const same = states.filter(({ op }) => op === "same").length;
  // One that is replaced has several steps, and is there once.
  const left = new Map<string, FiledResource>();
  for (const { urn, resource } of states) {
    if (resource === "gone") left.delete(urn);
    else if (resource !== undefined) left.set(urn, resource);
  }
  const resources = [...left.values()];
  return { resources, location: locationOf(plan, resources), leftOut: Math.max(0, count(summary["same"]) - same) };
}

const noPlan = "Write it with pulumi preview --json, or npm run -s preview -- ENVIRONMENT --json";

function parsed(file: string, content: string): Props {
  if (content.trim() === "") throw wrong(file, "must not be empty", noPlan);
  const value = attempt(content);
  if (value === undefined) {
    const [first, second] = content.trim().split("\n", 2).map(attempt);
    if (isRecord(first) && "sequence" in first)
      throw wrong(
        file,
        "must be one JSON document: it is a log of the engine's events, one a line",
        "Write it without PULUMI_ENABLE_STREAMING_JSON_PREVIEW and without --event-log",
      );
    if (first !== undefined && second !== undefined)
      throw wrong(file, "must be one JSON document: it is several, one a line", noPlan);
    throw wrong(
      file,
      /^\s*[[{]/.test(content)
        ? "must be whole JSON: it breaks off, or is no JSON after its beginning"
        : "must be JSON",
      noPlan,
    );
  }
  if (isDeeperThan(value, deepest)) throw wrong(file, `must not be nested in more than ${deepest} levels`, noPlan);
  if (!isRecord(value)) throw wrong(file, "must be a JSON object", noPlan);
  if ("terraform_version" in value || "planned_values" in value) {
    throw wrong(file, "must be a plan of Pulumi: it is one of Terraform", noPlan);
  }
  if (isRecord(value["deployment"])) {
    throw wrong(file, "must be a plan: it is the state of a stack, as pulumi stack export writes it", noPlan);
  }
  return toProps(value);
}

/** No plan comes near. Deeper ones would end in the middle of a rule, for want of room on the stack. */
const deepest = 500;

/** Level by level: whatever calls itself for each would not get to the end. */
function isDeeperThan(value: unknown, levels: number): boolean {
  let level = [value];
  for (let depth = 0; depth < levels; depth++)
    level = level.flatMap((it): unknown[] => (isList(it) || isRecord(it) ? Object.values(it) : []));
  return level.some((it) => isList(it) || isRecord(it));
}

function attempt(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function wrong(file: string, rule: string, remedy: string): MisconfiguredError {
  return new MisconfiguredError(file, [{ path: "the file", rule, remedy }]);
}

/** What a step says of what will be there; nothing where another one says it. */
interface State {
  readonly op: string;
  readonly urn: string;
  readonly resource?: FiledResource | "gone";
}

function stateOf(file: string, step: Value, at: number): State {
  const { op, urn: told, newState } = toProps(step);
  const does = typeof op === "string" && Object.hasOwn(steps, op) ? steps[op] : undefined;
  if (typeof op !== "string" || does === undefined) {
    const rule = op === undefined ? "must say what the step does" : "must be a step of Pulumi's engine";
    throw new MisconfiguredError(file, [{ path: `steps[${at}].op`, rule, got: show(op), remedy: noPlan }]);
  }
  const of = { op, urn: typeof told === "string" ? told : "" };
  if (does === "goes") return { ...of, resource: "gone" };
  if (does === "says nothing") return of;
  const state = toProps(newState);
  const { urn, type, custom, parent, inputs } = state;
  const dependencies = Object.entries(toProps(state["propertyDependencies"]));
  if (typeof urn !== "string" || typeof type !== "string") {
    throw new MisconfiguredError(file, [
      { path: `steps[${at}].newState`, rule: "must have a urn and a type", remedy: noPlan },
    ]);
  }
  const resource = {
    urn,
    type,
    name: partsOf(urn).name,
    custom: custom === true,
    parent: typeof parent === "string" ? parent : "",
    inputs: mapProps(toProps(inputs), forgetSecrets),
    ...(dependencies.length > 0 && {
      propertyDependencies: Object.fromEntries(dependencies.map(([name, urns]) => [name, texts(urns, "")])),
    }),
    options: {
      ...(state["protect"] === true && { protect: true }),
      ...textsAt(state, "aliases"),
      ...textsAt(state, "ignoreChanges"),
      ...textsAt(state, "replaceOnChanges"),
    },
  };
  return { op, urn, resource };
}

/** An option that is a list of texts, absent where the state has none. */
function textsAt(state: Props, option: "aliases" | "ignoreChanges" | "replaceOnChanges"): FiledResource["options"] {
  const value = state[option];
  return isList(value) && value.length > 0 ? { [option]: value.map(String) } : {};
}

function forgetSecrets(value: Value): Value {
  return isSecret(value) ? unknownValue : mapValue(value, forgetSecrets);
}

function locationOf(plan: Props, resources: readonly FiledResource[]): string | null {
  const configured = toProps(plan["config"])["azure-native:location"];
  if (typeof configured === "string" && configured !== "") return normaliseRegion(configured);
  const places = resources.flatMap(({ type, inputs }) => {
    const location = isAzureNative(type) ? normaliseRegion(text(inputs, "location") ?? "global") : "global";
    return location === "global" ? [] : [location];
  });
  const [only, ...others] = new Set(places);
  return only === undefined || others.length > 0 ? null : only;
}

function count(value: Value | undefined): number {
  return typeof value === "number" ? value : 0;
}
