import { type Problem, MisconfiguredError } from "../../core/problems";
import { pathOf, type Path } from "../../core/property-tree";
import { isList, isRecord } from "../../core/property-value";
import type { Subject } from "../engine/rule";
import { fileStack, type JudgedFile } from "./judged-file";
import { isUnread, parseDocuments, type ParsedDocument } from "./parse-documents";
import { shapeOf } from "./shape-of";
import { UrnsInFile } from "./urns-in-file";

/**
 * Reads Kubernetes manifests: YAML or JSON, several documents, and lists of objects.
 * @param file Its name, for messages.
 * @throws MisconfiguredError with everything that is no object of Kubernetes
 */
export function readManifests(file: string, content: string): JudgedFile {
  const problems: Problem[] = [];
  const resources: Subject[] = [];
  const urns = new UrnsInFile();
  const lines = new Map<string, (path: string) => number>();

  const add = (value: unknown, { lineAt }: ParsedDocument, document: string, path: Path) => {
    // Nothing stands between two separators.
    if (value === null) return;
    const place = { path: path.length === 0 ? document : `${document}, ${path.join(".")}`, line: lineAt(path) };
    const { apiVersion, kind, items, metadata } = isRecord(value) ? value : {};
    if (!isRecord(value) || typeof apiVersion !== "string" || typeof kind !== "string") {
      problems.push({
        ...place,
        rule: "must have an apiVersion and a kind",
        got: shapeOf(value),
        ...(!isRecord(value) && { remedy: ofOthers }),
      });
      return;
    }
    if (apiVersion.startsWith("kustomize.config.k8s.io/")) {
      problems.push({ ...place, rule: "must be an object of the cluster", got: kind, remedy: ofKustomize });
      return;
    }
    // A list of the API server has its objects' kind in its own: PodList, or List for any.
    if (kind.endsWith("List") && isList(items)) {
      // What is in a list of one kind need not say which.
      const own = kind === "List" ? {} : { apiVersion, kind: kind.slice(0, -"List".length) };
      items.forEach((it, at) => {
        add(isRecord(it) ? { ...own, ...it } : it, { value, lineAt }, document, [...path, "items", at]);
      });
      return;
    }
    const { name, generateName, namespace } = isRecord(metadata) ? metadata : {};
    const type = `kubernetes:${apiVersion.includes("/") ? apiVersion : `core/${apiVersion}`}:${kind}`;
    const own = typeof name === "string" ? name : typeof generateName === "string" ? generateName : "";
    if (own === "") {
      problems.push({ ...place, rule: "must have a metadata.name", got: shapeOf(metadata) });
      return;
    }
    if (namespace !== undefined && typeof namespace !== "string") {
      const rule = "must have a text as its metadata.namespace, in quotes where YAML has another meaning for it";
      problems.push({ ...place, rule, got: shapeOf(namespace) });
    }
    const full = typeof namespace === "string" ? `${namespace}/${own}` : own;
    const wanted = `urn:pulumi:${fileStack}::manifests::${type}::${full}`;
    // Whatever the API server names makes another object each time.
    const urn = typeof name === "string" ? wanted : urns.free(wanted);
    if (typeof name === "string" && !urns.take(urn))
      problems.push({ ...place, rule: `must not be there twice: ${kind} ${full}` });
    resources.push({ urn, type, name: full, inputs: value, options: {} });
    lines.set(urn, (inside) => lineAt([...path, ...pathOf(inside)]));
  };

  const unrendered = content.includes("{{") && { remedy: "Of a chart, give what helm template prints" };
  let number = 0;
  for (const document of parseDocuments(content)) {
    number++;
    if (isUnread(document)) problems.push({ ...document, ...unrendered });
    else add(document.value, document, `document ${number}`, []);
  }
  if (problems.length > 0) throw new MisconfiguredError(file, problems);
  return { kind: "manifests", resources, lineOf: (urn, path) => lines.get(urn)?.(path), notRead: [] };
}

const ofOthers = "Plans of Pulumi and ARM templates are read as JSON, manifests as objects of Kubernetes";
const ofKustomize = "Give what kubectl kustomize prints of its folder";
