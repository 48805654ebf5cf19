import { randomBytes } from "node:crypto";
import { type Props, without } from "../../core/property-value";
import { record, text } from "../../core/property-tree";
import { type Difference, liesIn } from "./differences";
import { isUnknown } from "../../core/property-marks";

/** Annotation of the real provider: take fields over that another manager owns. */
export const forceAnnotation = "pulumi.com/patchForce";
const autonamedAnnotation = "pulumi.com/autonamed";

/** Fields that the real provider replaces for although the API server would change them in place. */
const replaceAlways: Readonly<Record<string, readonly string[]>> = {
  "v1 ConfigMap": ["data", "binaryData", "immutable"],
  "v1 Secret": ["data", "stringData", "type", "immutable"],
};
const identity = ["apiVersion", "kind", "metadata.name", "metadata.namespace"];

/** Which switches of the provider let ConfigMaps and Secrets be changed in place. */
export interface Mutability {
  readonly configMaps: boolean;
  readonly secrets: boolean;
}

/** Fields of an object whose change always means a new object. */
export function replacingFields(object: Props, mutable: Mutability): readonly string[] {
  const type = `${text(object, "apiVersion") ?? ""} ${text(object, "kind") ?? ""}`;
  const inPlace = (type === "v1 ConfigMap" && mutable.configMaps) || (type === "v1 Secret" && mutable.secrets);
  return [...identity, ...((inPlace ? undefined : replaceAlways[type]) ?? [])];
}

/** Whether a change is one that needs a new object. */
export function replaces(change: Difference, fields: readonly string[]): boolean {
  return fields.some((field) => liesIn(change, field));
}

/** Whether a name or namespace stays, so that the old object must go before the new one can come. */
export function keepsName(before: Props, after: Props): boolean {
  return (["name", "namespace"] as const).every(
    (key) => text(before, `metadata.${key}`) === text(after, `metadata.${key}`),
  );
}

/** Gives an object without a name one: the one that it has, or a new one made from the resource's. */
export function withName(news: Props, olds: Props | undefined, resourceName: string): Props {
  const metadata = record(news, "metadata");
  if ((metadata["name"] ?? "") !== "" || isUnknown(news["metadata"])) return news;
  const before = record(olds, "metadata");
  const wasAutonamed = text(before, `annotations["${autonamedAnnotation}"]`) === "true";
  const start = text(metadata, "generateName") ?? `${resourceName}-`;
  const name = (wasAutonamed ? text(before, "name") : undefined) ?? `${start}${randomBytes(4).toString("hex")}`;
  const annotations = { ...record(metadata, "annotations"), [autonamedAnnotation]: "true" };
  return { ...news, metadata: { ...without(metadata, "generateName"), name, annotations } };
}

/** Whether the object asks to take fields over from other managers. */
export function forced(object: Props): boolean {
  return text(object, `metadata.annotations["${forceAnnotation}"]`) === "true";
}
