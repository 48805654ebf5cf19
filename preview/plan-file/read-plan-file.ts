import { normaliseRegion } from "../../catalog/regions";
import type { PlannedResource } from "../../core/planned-resource";
import { MisconfiguredError, show } from "../../core/problems";
import { isSecret, unknownValue } from "../../core/property-marks";
import { text } from "../../core/property-tree";
import { isList, isRecord, mapProps, mapValue, type Props, toProps, type Value } from "../../core/property-value";
import { partsOf } from "../../core/urn";

/** A resource of a plan that somebody else may have written, as far as bills and differences ask. */
export type FiledResource = Pick<PlannedResource, "urn" | "type" | "name" | "custom" | "parent" | "inputs" | "options">;

/** What a file of `pulumi preview --json`, or of `npm run preview -- ... --json`, says will be there. */
export interface PlanFile {
  readonly resources: readonly FiledResource[];
  /** Region that the provider puts things into, else the only one that resources name; `null` where the file does not say. */
  readonly location: string | null;
  /** Resources that stay as they are and that the file leaves out: Pulumi does so unless it is told otherwise. */
  readonly leftOut: number;
}

/** What a step leaves behind. The others delete, or only speak of a step that another one is. */
const staying = ["create", "same", "update", "replace", "create-replacement", "import", "refresh"];

/**
 * Reads a plan out of a file. What is secret in it is forgotten at once, and counts as not known.
 * @param file Its name, for messages.
 * @throws MisconfiguredError for whatever is no plan, with what it seems to be
 */
export function readPlanFile(file: string, content: string): PlanFile {
  const plan = parsed(file, content);
  const steps = plan["steps"];
  const summary = toProps(plan["changeSummary"]);
  if (!isList(steps)) {
    // A plan of nothing new has no list at all.
    if (!isRecord(plan["changeSummary"])) throw wrong(file, "must have a list of steps", noPlan);
    return { resources: [], location: locationOf(plan, []), leftOut: count(summary["same"]) };
  }
  const states = steps.flatMap((step, at) => stateOf(file, step, at));
  const same = states.filter(({ op }) => op === "same").length;
  // One that is replaced has several steps, and is there once.
  const resources = [...new Map(states.map(({ resource }) => [resource.urn, resource])).values()];
  return { resources, location: locationOf(plan, resources), leftOut: Math.max(0, count(summary["same"]) - same) };
}

const noPlan = "Write it with pulumi preview --json, or npm run -s preview -- ENVIRONMENT --json";

function parsed(file: string, content: string): Props {
  if (content.trim() === "") throw wrong(file, "must not be empty", noPlan);
  const value = attempt(content);
  if (value === undefined) {
    const [first = "", second = ""] = content.trim().split("\n");
    const lines = attempt(first) !== undefined && attempt(second) !== undefined;
    throw lines
      ? wrong(
          file,
          "must be one JSON document: it is a log of the engine's events, one a line",
          "Write it without PULUMI_ENABLE_STREAMING_JSON_PREVIEW and without --event-log",
        )
      : wrong(
          file,
          /^\s*[[{]/.test(content)
            ? "must be whole JSON: it breaks off, or is no JSON after its beginning"
            : "must be JSON",
          noPlan,
        );
  }
  if (!isRecord(value)) throw wrong(file, "must be a JSON object", noPlan);
  if ("terraform_version" in value || "planned_values" in value) {
    throw wrong(file, "must be a plan of Pulumi: it is one of Terraform", noPlan);
  }
  if (isRecord(value["deployment"])) {
    throw wrong(file, "must be a plan: it is the state of a stack, as pulumi stack export writes it", noPlan);
  }
  return toProps(value);
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

function stateOf(file: string, step: Value, at: number): { readonly op: string; readonly resource: FiledResource }[] {
  const { op, newState } = toProps(step);
  if (typeof op !== "string") {
    throw new MisconfiguredError(file, [
      { path: `steps[${at}].op`, rule: "must say what the step does", got: show(op), remedy: noPlan },
    ]);
  }
  if (!staying.includes(op)) return [];
  const state = toProps(newState);
  const { urn, type, custom, parent, inputs } = state;
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
    options: {
      ...(state["protect"] === true && { protect: true }),
      ...textsAt(state, "aliases"),
      ...textsAt(state, "ignoreChanges"),
      ...textsAt(state, "replaceOnChanges"),
    },
  };
  return [{ op, resource }];
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
    const location = type.startsWith("azure-native:")
      ? normaliseRegion(text(inputs, "location") ?? "global")
      : "global";
    return location === "global" ? [] : [location];
  });
  const [only, ...others] = new Set(places);
  return only === undefined || others.length > 0 ? null : only;
}

function count(value: Value | undefined): number {
  return typeof value === "number" ? value : 0;
}
