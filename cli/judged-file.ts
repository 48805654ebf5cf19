import { MisconfiguredError } from "../core/problems";
import { isRecord } from "../core/property-value";
import { type FileKind, fileKinds, type JudgedFile } from "../policies/files/judged-file";
import { linesOfUrns } from "../policies/files/lines-of-urns";
import { readManifests } from "../policies/files/read-manifests";
import { isTemplate, parametersOf, readTemplate } from "../policies/files/read-template";
import { countText } from "../preview/count-text";
import { readPlanFile } from "../preview/plan-file/read-plan-file";

/** What somebody said of files beside their names. */
export interface FileOptions {
  /** What they are; left out, their content tells. */
  readonly kind?: FileKind;
  /** Values of parameters of templates. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

/**
 * Reads a file that rules are to judge.
 * @param file Its name, for messages.
 * @throws MisconfiguredError with everything that is wrong with it
 */
export function readJudgedFile(file: string, content: string, { kind, parameters }: FileOptions): JudgedFile {
  switch (kind ?? kindOf(file, content)) {
    case "plan":
      return planOf(file, content);
    case "template":
      return readTemplate(file, content, parameters);
    case "manifests":
      return readManifests(file, content);
  }
}

function planOf(file: string, content: string): JudgedFile {
  const { resources, leftOut } = readPlanFile(file, content);
  const unseen = `${countText(leftOut, "resource")} that stay as they are are not in the file: write it with pulumi preview --json --show-sames`;
  const lines = linesOfUrns(
    content,
    resources.map(({ urn }) => urn),
  );
  return { kind: "plan", resources, lineOf: (urn) => lines.get(urn), notRead: leftOut === 0 ? [] : [unseen] };
}

/** What JSON does not parse may still say what it was meant to be: the reader of that kind then says what is wrong with it. */
function kindOf(file: string, content: string): FileKind {
  const value = attempt(content);
  if (isTemplate(value)) return "template";
  if (isRecord(value)) {
    if ("apiVersion" in value || "kind" in value) return "manifests";
    if (planKeys.some((it) => it in value)) return "plan";
    if (parametersOf(value) !== undefined)
      throw unread(file, `${judged}: it is parameters of one`, "Name the template, and this file as --parameters");
    throw unread(file, judged, `--kind says what it is: ${fileKinds.join(", ")}`);
  }
  if (/^(targetScope\s*=|param\s+\w+\s+\w|(resource|module)\s+\w+\s+')/m.test(content))
    throw unread(file, `${judged}: it is Bicep`, "az bicep build --file FILE makes a template of it");
  // What a pipeline collects of a command may begin with what it said on standard error.
  const begins = content.search(/^\{/m);
  const rest = begins > 0 ? attempt(content.slice(begins)) : undefined;
  if (isRecord(rest) && planKeys.some((it) => it in rest))
    throw unread(file, "must be JSON from its first line on: something stands before the plan", alone);
  // A template may have comments, and texts of several lines.
  if (/(^|\{)\s*"\$schema"\s*:.*deploymentTemplate\.json/im.test(content)) return "template";
  if (!jsonBegins.test(content) || value !== undefined || /^---/m.test(content)) return "manifests";
  const [first = ""] = content.trimStart().split("\n");
  const object = attempt(first);
  if (!isRecord(object) || !("apiVersion" in object)) return "plan";
  const list = `jq --slurp '{ apiVersion: "v1", kind: "List", items: . }' makes one list of them`;
  throw unread(file, "must be one document: it is several objects of Kubernetes, one a line", list);
}

/** Keys of JSON have quotes: what begins with a bracket alone may be YAML too, or the template of a chart. */
const jsonBegins = /^\s*(?!\{\{)[[{][\s[{]*["\]}]/;
const planKeys = ["steps", "changeSummary", "deployment", "planned_values", "terraform_version"];
const alone = "Write standard output alone to the file";
const judged = "must be a plan of Pulumi, an ARM template or Kubernetes manifests";

function attempt(content: string): unknown {
  try {
    return JSON.parse(content) as unknown;
  } catch {
    return undefined;
  }
}

function unread(file: string, rule: string, remedy: string): MisconfiguredError {
  return new MisconfiguredError(file, [{ path: "the file", rule, remedy }]);
}
