import { isList, isRecord } from "../../../core/property-value";

/** What a chart says of its values. */
export interface ChartTexts {
  /** Its `values.yaml`, parsed. */
  readonly values: unknown;
  /** Its templates, one after the other. */
  readonly templates: string;
}

type Path = readonly string[];

/**
 * Paths of our values that a chart does not know, which Helm passes over in silence. A chart knows the paths of its own values,
 * everything below an empty default, what a template names, and everything below what a template prints whole.
 */
export function unknownPaths(ours: unknown, { values, templates }: ChartTexts): string[] {
  return leaves(ours, [])
    .filter((path) => !hasDefault(values, path) && !isNamed(templates, path) && !isPrinted(templates, path))
    .map((path) => path.join("."));
}

/** Paths to everything that is no mapping. What is in a list belongs to Kubernetes, not to the chart. */
function leaves(value: unknown, path: Path): Path[] {
  if (!isRecord(value)) return [path];
  return Object.entries(value).flatMap(([key, child]) => leaves(child, [...path, key]));
}

function hasDefault(defaults: unknown, [key, ...rest]: Path): boolean {
  if (key === undefined) return true;
  if (isEmpty(defaults)) return true;
  return isRecord(defaults) && key in defaults && hasDefault(defaults[key], rest);
}

function isEmpty(value: unknown): boolean {
  if (isList(value)) return value.length === 0;
  return value === null || (isRecord(value) && Object.keys(value).length === 0);
}

function isNamed(templates: string, path: Path): boolean {
  return new RegExp(`${nameOf(path)}(?![\\w.-])`).test(templates);
}

function isPrinted(templates: string, path: Path): boolean {
  return path.some((_, at) =>
    new RegExp(`with ${nameOf(path.slice(0, at + 1))} }}[^{]*{{-? toYaml \\. `).test(templates),
  );
}

function nameOf(path: Path): string {
  return `\\.Values\\.${path.map((key) => key.replaceAll(/[^\w-]/g, "\\$&")).join("\\.")}`;
}
