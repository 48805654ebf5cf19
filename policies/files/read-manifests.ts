import { isMap, isNode, isSeq, LineCounter, type Node, parseAllDocuments } from "yaml";
import { type Problem, MisconfiguredError, show } from "../../core/problems";
import { isList, isRecord } from "../../core/property-value";
import type { Subject } from "../engine/rule";
import type { JudgedFile } from "./judged-file";

/**
 * Reads Kubernetes manifests: YAML or JSON, several documents, and lists of objects.
 * @param file Its name, for messages.
 * @param environment Stands for the stack in URNs.
 * @throws MisconfiguredError with each document that is no object of Kubernetes
 */
export function readManifests(file: string, content: string, environment: string): JudgedFile {
  const counter = new LineCounter();
  const parsed = parseAllDocuments(content, { lineCounter: counter });
  const documents = "empty" in parsed ? [] : parsed;
  const problems: Problem[] = [];
  const resources = new Map<string, Subject>();
  const lines = new Map<string, number>();

  const add = (value: unknown, node: unknown, path: string): void => {
    if (value === null || value === undefined) return;
    const { apiVersion, kind, items } = isRecord(value) ? value : {};
    if (typeof apiVersion !== "string" || typeof kind !== "string") {
      problems.push({ path, rule: "must have an apiVersion and a kind", got: show(value), ...lineOf(node, counter) });
      return;
    }
    if (kind.endsWith("List") && isList(items)) {
      const below = isMap(node) ? node.get("items", true) : undefined;
      items.forEach((it, at) => add(it, isSeq(below) ? below.items[at] : undefined, `${path}.items[${at}]`));
      return;
    }
    const subject = subjectOf(value as Readonly<Record<string, unknown>>, apiVersion, kind, environment);
    const { line } = lineOf(node, counter);
    if (resources.has(subject.urn))
      problems.push({ path, rule: `must not be there twice: ${kind} ${subject.name}`, ...lineOf(node, counter) });
    resources.set(subject.urn, subject);
    if (line !== undefined) lines.set(subject.urn, line);
  };

  documents.forEach((document, at) => {
    const path = `document ${at + 1}`;
    const [error] = document.errors;
    if (error === undefined) add(document.toJS() as unknown, document.contents, path);
    else problems.push({ path, rule: `must be YAML (${error.message.split("\n")[0] ?? ""})` });
  });
  if (problems.length > 0) throw new MisconfiguredError(file, problems);
  return { kind: "manifests", resources: [...resources.values()], lines, notRead: [] };
}

function subjectOf(
  inputs: Readonly<Record<string, unknown>>,
  apiVersion: string,
  kind: string,
  environment: string,
): Subject {
  const { name, generateName, namespace } = isRecord(inputs["metadata"]) ? inputs["metadata"] : {};
  const own = [name, generateName].find((it) => typeof it === "string") ?? "unnamed";
  const full = typeof namespace === "string" ? `${namespace}/${own}` : own;
  const type = `kubernetes:${apiVersion.includes("/") ? apiVersion : `core/${apiVersion}`}:${kind}`;
  return { urn: `urn:pulumi:${environment}::manifests::${type}::${full}`, type, name: full, inputs, options: {} };
}

function lineOf(node: unknown, counter: LineCounter): { line?: number } {
  const { range } = isNode(node) ? (node as Node) : {};
  return range === null || range === undefined ? {} : { line: counter.linePos(range[0]).line };
}
