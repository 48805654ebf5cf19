import { show } from "../../core/problems";
import { isList, isRecord } from "../../core/property-value";
import { isUnknown } from "../../core/property-marks";
import { locate } from "../../core/property-tree";
import type { Outcome, Subject, StackOutcome, Unjudged, Violation } from "./rule";

/** A test of a value. Absent is `undefined`, and is judged: it stands for whatever Azure does when nobody wrote anything. */
export type Test = (value: unknown) => boolean;

/** A violation at `path` unless the value passes. A value that is not known yet is not judged. */
export function expectAt(inputs: unknown, path: string, test: Test, must: string, sensitive?: "sensitive"): Outcome[] {
  return locate(inputs, path).flatMap((spot): Outcome[] => {
    if (isUnknown(spot.value)) return [unjudged(spot.path)];
    return test(spot.value) ? [] : [violation(spot.path, spot.value, must, sensitive)];
  });
}

/** A violation at `path` when nothing is there. For wiring: an id that is not known yet is there all the same. */
export function expectWired(inputs: unknown, path: string, must: string): Outcome[] {
  return locate(inputs, path).flatMap(({ path: at, value }) =>
    isUnknown(value) || (isText(value) && value !== "") ? [] : [violation(at, value, must)],
  );
}

/** A violation about a value. A sensitive one is never printed, only whether it is there. */
export function violation(path: string, value: unknown, must: string, sensitive?: "sensitive"): Violation {
  return { path, is: sensitive === "sensitive" && value !== undefined ? "set" : describeValue(value), must };
}

/** A value that the rule needs and does not get before the update. */
export function unjudged(path: string): Unjudged {
  return { path, unknown: true };
}

/** Puts the resource to outcomes, for a rule over many resources. */
export function about(resource: Subject, outcomes: readonly Outcome[]): StackOutcome[] {
  return outcomes.map((it) => ({ ...it, urn: resource.urn }));
}

function describeValue(value: unknown): string {
  if (value === undefined || value === null) return "absent";
  if (isList(value)) return value.every(isPlain) ? show(value) : `a list of ${value.length}`;
  if (isPlain(value)) return show(value);
  return isRecord(value) ? "an object" : "of a wrong kind";
}

function isPlain(value: unknown): value is string | number | boolean {
  return isText(value) || typeof value === "number" || typeof value === "boolean";
}

/** Passes exactly one of the given values. */
export function oneOf(...allowed: readonly (string | number | boolean)[]): Test {
  return (value) => isPlain(value) && allowed.includes(value);
}

/** Passes when nothing is there, else asks the other test. */
export function absentOr(test: Test): Test {
  return (value) => value === undefined || test(value);
}

/** Passes when nothing is there. */
export const absent: Test = (value) => value === undefined;

/** Passes everything but `true`: absent, `false` and nonsense alike. */
export const notTrue: Test = (value) => value !== true;

/** Whether a value is a text. */
export function isText(value: unknown): value is string {
  return typeof value === "string";
}

/** A number as it is written, whether it is given as a number or as text; `undefined` for anything else. */
export function numeral(value: unknown): string | undefined {
  if (isText(value)) return value;
  return typeof value === "number" ? String(value) : undefined;
}

/** Passes a text that matches. */
export function matches(pattern: RegExp): Test {
  return (value) => isText(value) && pattern.test(value);
}

/** Whether a value is a whole number within bounds, both included. */
export function isCount(value: unknown, min: number, max: number): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= min && value <= max;
}

/** A violation unless the resource is registered with the option `protect`. */
export function expectProtected({ options }: Pick<Subject, "options">): Outcome[] {
  return options.protect === true ? [] : [violation("opts.protect", false, "be true")];
}
