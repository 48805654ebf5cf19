import { findArmType } from "../../azure/arm-types";
import { fixedAt } from "../../azure/fixed-property";
import { holdsData } from "../../azure/holds-data";
import { findRow } from "../../azure/rows";
import { normaliseRegion } from "../../catalog/regions";
import { text } from "../../core/property-tree";
import type { FiledResource } from "../plan-file/read-plan-file";
import { changedPaths } from "./changed-paths";

/** A resource that a difference names. */
export interface NamedResource {
  readonly type: string;
  /** Name in Azure or Kubernetes, or in the program where that is not known. */
  readonly name: string;
  /** Whether it holds data that go with it. */
  readonly data: boolean;
  /** Whether it refuses to be destroyed. */
  readonly protected: boolean;
}

/** A resource whose inputs change. */
export interface ChangedResource extends NamedResource {
  readonly paths: readonly string[];
  /** Paths that Azure refuses to change where it is: the update fails. */
  readonly refused: readonly string[];
  /** Paths whose change does not reach what runs. */
  readonly ignored: readonly string[];
}

/** A resource that another one takes the place of. */
export interface ReplacedResource extends NamedResource {
  /** Paths whose change replaces it. */
  readonly because: readonly string[];
}

/** What becomes of resources from one plan to the next. */
export interface ResourceChanges {
  readonly added: readonly NamedResource[];
  readonly removed: readonly NamedResource[];
  readonly changed: readonly ChangedResource[];
  readonly replaced: readonly ReplacedResource[];
}

/** Compares what two plans make. A resource is the same by its URN, or by one that it had before. */
export function resourceChanges(before: readonly FiledResource[], after: readonly FiledResource[]): ResourceChanges {
  const old = new Map(before.filter(counts).map((it) => [it.urn, it]));
  const pairs = after.filter(counts).map((now) => {
    const was = [now.urn, ...(now.options.aliases ?? [])].flatMap((urn) => old.get(urn) ?? [])[0];
    if (was !== undefined) old.delete(was.urn);
    return { was, now };
  });
  const differing = pairs.flatMap(({ was, now }) => (was === undefined ? [] : differenceOf(was, now)));
  return {
    added: inOrder(pairs.flatMap(({ was, now }) => (was === undefined ? [named(now)] : []))),
    removed: inOrder([...old.values()].map(named)),
    changed: inOrder(differing.flatMap((it) => ("paths" in it ? [it] : []))),
    replaced: inOrder(differing.flatMap((it) => ("because" in it ? [it] : []))),
  };
}

/** Components and providers are no thing of their own. */
function counts({ custom, type }: FiledResource): boolean {
  return custom && !type.startsWith("pulumi:");
}

function differenceOf(was: FiledResource, now: FiledResource): (ChangedResource | ReplacedResource)[] {
  const { ignoreChanges = [], replaceOnChanges = [] } = now.options;
  const places = placesOf(now.type);
  const paths = changedPaths(was.inputs, now.inputs).filter(
    (path) => !covers(ignoreChanges, path) && !(places.includes(path) && isSamePlace(was, now, path)),
  );
  if (paths.length === 0) return [];
  const fixed = findRow(now.type)?.fixed ?? null;
  const onChange = (path: string): string | undefined => fixedAt(fixed, path)?.onChange;
  const because = paths.filter(
    (path) => places.includes(path) || onChange(path) === "replaced" || covers(replaceOnChanges, path),
  );
  // What is lost is what was there.
  if (because.length > 0) return [{ ...named(was), because }];
  return [
    {
      ...named(now),
      paths,
      refused: paths.filter((path) => onChange(path) === "refused"),
      ignored: paths.filter((path) => onChange(path) === "ignored"),
    },
  ];
}

/** What says which thing it is: names and the region. Another one is another thing. */
function placesOf(type: string): readonly string[] {
  if (type.startsWith("kubernetes:")) return ["metadata.name", "metadata.namespace"];
  return [...(findArmType(type)?.names ?? []), "location"];
}

/** Whether a place only seems to change: the provider fills in what a program leaves out, and regions have several spellings. */
function isSamePlace(was: FiledResource, now: FiledResource, path: string): boolean {
  const [before, after] = [text(was.inputs, path), text(now.inputs, path)];
  if (before === undefined || after === undefined) return true;
  return path === "location" && normaliseRegion(before) === normaliseRegion(after);
}

/** Whether one of the paths is the path or leads to it. `[*]` stands for any element. */
function covers(paths: readonly string[], path: string): boolean {
  const plain = path.replace(/\[\d+\]/g, "[*]");
  return paths.some(
    (it) =>
      it === "*" || [plain, path].some((own) => own === it || own.startsWith(`${it}.`) || own.startsWith(`${it}[`)),
  );
}

function named({ type, name, inputs, options }: FiledResource): NamedResource {
  const own = findArmType(type)?.names.at(-1);
  const physical = own === undefined ? text(inputs, "metadata.name") : text(inputs, own);
  return {
    type,
    name: physical ?? name,
    data: holdsData(type),
    protected: options.protect === true,
  };
}

function inOrder<T extends NamedResource>(all: readonly T[]): readonly T[] {
  const key = ({ type, name }: T): string => `${type} ${name}`;
  return [...all].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}
