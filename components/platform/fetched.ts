import { imagesOfChart, imagesPerOs } from "../../catalog/chart-images";
import { read, text } from "../../core/property-tree";
import { isList, isRecord, mapProps, mapValue, type Props, type Value } from "../../core/property-value";
import type { AddOnPlan } from "./plan-platform";

/** What an add-on fetches from outside of the cluster: its chart and its images, each with its version, at their public places. */
export interface Fetched {
  /** Key of the add-on. */
  readonly key: string;
  readonly names: readonly string[];
  /** False for a chart that the catalogue does not have: then its images are not among the names. */
  readonly chartIsKnown: boolean;
}

/** Everything that an add-on fetches. */
export function fetchedBy({ key, release, objects }: Pick<AddOnPlan, "key" | "release" | "objects">): Fetched {
  const names: string[] = [];
  if (release !== null) {
    names.push(`${chartAddress(release)}:${text(release, "version") ?? ""}`, ...imagesOfRelease(release));
  }
  names.push(...imagesIn(Object.values(objects)));
  const chartIsKnown = release === null || imagesOfChart(text(release, "chart")) !== undefined;
  return { key, names: [...new Set(names.map(withOs))], chartIsKnown };
}

/** Where the chart of a release lies, as an address with a scheme. */
export function chartAddress(release: NonNullable<AddOnPlan["release"]>): string {
  const chart = text(release, "chart") ?? "";
  const repository = text(release, "repositoryOpts.repo");
  return repository === undefined ? chart : `${repository.replace(/\/$/, "")}/${chart}`;
}

function imagesOfRelease(release: NonNullable<AddOnPlan["release"]>): string[] {
  const { values } = release;
  return (imagesOfChart(text(release, "chart"), text(release, "version")) ?? [])
    .filter(({ on }) => on === undefined || (read(values, on.value) ?? on.byDefault) === true)
    .map(({ image, tag, at, holds }) => {
      const ofTag = at.replace(/[^.]+$/, holds === "folder" ? "version" : "tag");
      return `${image}:${text(values, ofTag) ?? tag}`;
    });
}

/** Says of an image of which each node has another tag that it does so. */
function withOs(name: string): string {
  return imagesPerOs.has(name.replace(/:[^:/]*$/, "")) ? `${name}-<OS of the nodes>` : name;
}

/**
 * Names of the images in a value, wherever it has one: below a key that ends in `image`, or apart as `repository`, `image` and `version`.
 */
function imagesIn(value: unknown): string[] {
  if (isList(value)) return value.flatMap(imagesIn);
  // Definitions of kinds fetch nothing, and are thousands of values.
  if (!isRecord(value) || value["kind"] === "CustomResourceDefinition") return [];
  const image = apart(value);
  const inside = Object.entries(value).flatMap(([key, it]) =>
    image === undefined && isImage(key, it) ? [it] : imagesIn(it),
  );
  return image === undefined ? inside : [image, ...inside];
}

/** Changes the names of images in an object, wherever it has one. */
export function mapImages(object: Props, change: (name: string) => string): Props {
  const inside = (it: Value): Value => (isRecord(it) ? mapImages(it, change) : mapValue(it, inside));
  const image = apart(object);
  if (image === undefined) return mapProps(object, (it, key) => (isImage(key, it) ? change(it) : inside(it)));
  const name = change(image);
  return { ...mapProps(object, inside), repository: name.slice(0, name.lastIndexOf("/")) };
}

/** The image that an object names apart, as operators of NVIDIA take it. */
function apart({ repository, image, version }: Readonly<Record<string, unknown>>): string | undefined {
  if (typeof repository !== "string" || typeof image !== "string") return undefined;
  return `${repository}/${image}:${typeof version === "string" ? version : ""}`;
}

/** Whether what lies below a key is the name of an image. */
function isImage(key: string, it: unknown): it is string {
  return typeof it === "string" && it.includes("/") && /image$/i.test(key);
}
