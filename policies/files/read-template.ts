import { isNode, LineCounter, type Node, parseDocument } from "yaml";
import { armInputs } from "../../azure/arm-inputs";
import { tokensOf } from "../../azure/tokens-of";
import { MisconfiguredError, Problems, showKey } from "../../core/problems";
import { unknownValue } from "../../core/property-marks";
import { isList, isRecord } from "../../core/property-value";
import type { Subject } from "../engine/rule";
import type { JudgedFile } from "./judged-file";

type Tree = Readonly<Record<string, unknown>>;

/** What expressions of one template may ask for. */
interface Names {
  readonly parameters: Tree;
  readonly variables: Tree;
}

/**
 * Reads an ARM template, with the templates that are nested in it. An expression that asks for one parameter or variable is that one's value
 * where it is plain; every other one is a value that is not known yet.
 * @param given Values of a file of parameters.
 * @param environment Stands for the stack in URNs.
 * @throws MisconfiguredError for what is no template, and for values of parameters that it does not have
 */
export function readTemplate(
  file: string,
  content: string,
  { given, environment }: { readonly given: Tree; readonly environment: string },
): JudgedFile {
  const counter = new LineCounter();
  const document = parseDocument(content, { lineCounter: counter });
  const [error] = document.errors;
  const template: unknown = error === undefined ? document.toJS() : undefined;
  if (!isTemplate(template)) {
    const rule = `must be an ARM template as JSON${error === undefined ? "" : ` (${error.message.split("\n")[0] ?? ""})`}`;
    throw new MisconfiguredError(file, [{ path: "the file", rule }]);
  }
  const problems = new Problems();
  const declared = isRecord(template["parameters"]) ? Object.keys(template["parameters"]) : [];
  for (const name of Object.keys(given))
    problems.require(declared.includes(name), `parameters.${showKey(name)}`, "must be a parameter of the template", {
      remedy: declared.length === 0 ? "It has none" : `It has ${declared.join(", ")}`,
    });
  problems.throwIfAny(file);
  const reader = new TemplateReader(environment, (path) => {
    const node = document.getIn(path, true);
    const { range } = isNode(node) ? (node as Node) : {};
    return range === null || range === undefined ? undefined : counter.linePos(range[0]).line;
  });
  reader.template(template, given, []);
  return { kind: "template", resources: reader.resources, lines: reader.lines, notRead: reader.notRead };
}

/** Whether a value is an ARM template: it names the schema of one, or has what each must have. */
export function isTemplate(value: unknown): value is Tree {
  if (!isRecord(value)) return false;
  const { $schema: schema, resources } = value;
  return (
    typeof schema === "string" && /deploymentTemplate\.json/i.test(schema) && (isList(resources) || isRecord(resources))
  );
}

/** The values of a file of parameters; `undefined` where it is none. One that points to a vault is not known. */
export function parametersOf(value: unknown): Tree | undefined {
  if (!isRecord(value) || !isRecord(value["parameters"])) return undefined;
  const entries = Object.entries(value["parameters"]);
  if (!entries.every(([, it]) => isRecord(it))) return undefined;
  return Object.fromEntries(
    entries.map(([name, it]) => [name, isRecord(it) && "value" in it ? it["value"] : unknownValue]),
  );
}

class TemplateReader {
  public readonly resources: Subject[] = [];
  public readonly lines = new Map<string, number>();
  public readonly notRead: string[] = [];

  public constructor(
    private readonly environment: string,
    private readonly lineAt: (path: readonly (string | number)[]) => number | undefined,
  ) {}

  public template(template: Tree, given: Tree, path: readonly (string | number)[]): void {
    const names = namesOf(template, given);
    const { resources } = template;
    const all: (readonly [string | number, unknown])[] = isList(resources)
      ? resources.map((it, at) => [at, it] as const)
      : Object.entries(isRecord(resources) ? resources : {});
    for (const [key, it] of all) this.resource(it, names, [...path, "resources", key], { type: "", name: "" });
  }

  private resource(
    it: unknown,
    names: Names,
    path: readonly (string | number)[],
    parent: { readonly type: string; readonly name: string },
  ): void {
    const place = path.join(".");
    // What is there already is somebody else's, and what a plain false holds back is not made.
    if (!isRecord(it) || it["existing"] === true || valueOf(it["condition"], names) === false) return;
    const own = typeof it["type"] === "string" ? it["type"] : "";
    const type = parent.type === "" ? own : `${parent.type}/${own}`;
    const named = valueOf(it["name"], names);
    const ownName = typeof named === "string" && named !== unknownValue ? named : place;
    const name = parent.name === "" ? ownName : `${parent.name}/${ownName}`;
    if (it["copy"] !== undefined) this.notRead.push(`${place}: a copy loop, of which the body was judged once`);
    if (type.toLowerCase() === "microsoft.resources/deployments") {
      this.nested(it, names, path);
      return;
    }
    const body = valueOf(Object.fromEntries(Object.entries(it).filter(([key]) => key !== "resources")), names);
    const [token] = tokensOf(type);
    if (token === undefined) this.notRead.push(`${place}: ${type}, a type that is not known here`);
    else {
      const inputs = armInputs(
        token,
        isRecord(body) ? { ...body, name: named === unknownValue ? unknownValue : name } : {},
      );
      const urn = this.free(`urn:pulumi:${this.environment}::template::${token}::${name}`);
      this.resources.push({ urn, type: token, name, inputs, options: {} });
      const line = this.lineAt(path);
      if (line !== undefined) this.lines.set(urn, line);
    }
    const children = it["resources"];
    if (isList(children))
      children.forEach((child, at) => this.resource(child, names, [...path, "resources", at], { type, name }));
  }

  private nested(it: Tree, names: Names, path: readonly (string | number)[]): void {
    const properties = isRecord(it["properties"]) ? it["properties"] : {};
    const { template, parameters, expressionEvaluationOptions: options } = properties;
    if (!isRecord(template)) {
      this.notRead.push(`${path.join(".")}: a linked template, which is in another file`);
      return;
    }
    const inner = isRecord(options) && String(options["scope"]).toLowerCase() === "inner";
    const given = parametersOf({ parameters: valueOf(parameters, names) }) ?? {};
    // Without a scope of their own, its expressions ask for what the outer template has.
    const own = inner ? template : { ...template, parameters: {}, variables: {} };
    this.template(own, inner ? given : { ...names.parameters }, [...path, "properties", "template"]);
  }

  /** Two resources whose names are not known may have one URN. */
  private free(urn: string): string {
    const taken = new Set(this.resources.map((it) => it.urn));
    let [free, at] = [urn, 2];
    while (taken.has(free)) free = `${urn}-${at++}`;
    return free;
  }
}

function namesOf(template: Tree, given: Tree): Names {
  const declared = isRecord(template["parameters"]) ? template["parameters"] : {};
  const defaults = Object.entries(declared).map(([name, it]) => [
    name,
    isRecord(it) && "defaultValue" in it ? it["defaultValue"] : unknownValue,
  ]);
  const none = { parameters: {}, variables: {} };
  const parameters = { ...(valueOf(Object.fromEntries(defaults), none) as Tree), ...given };
  const variables = isRecord(template["variables"]) ? template["variables"] : {};
  return { parameters, variables: valueOf(variables, { parameters, variables: {} }) as Tree };
}

/** A value with its expressions replaced. Case does not count in names: ARM does not heed it. */
function valueOf(value: unknown, names: Names): unknown {
  if (isList(value)) return value.map((it) => valueOf(it, names));
  if (isRecord(value)) return Object.fromEntries(Object.entries(value).map(([key, it]) => [key, valueOf(it, names)]));
  if (typeof value !== "string" || !value.startsWith("[") || !value.endsWith("]")) return value;
  if (value.startsWith("[[")) return value.slice(1);
  const [, what = "", name = ""] = /^\[\s*(parameters|variables)\(\s*'([^']+)'\s*\)\s*\]$/i.exec(value) ?? [];
  const from = what.toLowerCase() === "parameters" ? names.parameters : names.variables;
  const found = Object.entries(from).find(([key]) => key.toLowerCase() === name.toLowerCase());
  return what === "" || found === undefined ? unknownValue : found[1];
}
