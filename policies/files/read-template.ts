import stripJsonComments from "strip-json-comments";
import { armInputs } from "../../azure/arm-inputs";
import { findArmType } from "../../azure/arm-types";
import { tokensOf } from "../../azure/tokens-of";
import { closestHint } from "../../core/closest-names";
import { MisconfiguredError, type Problem, Problems, showKey } from "../../core/problems";
import { isUnknown, unknownValue } from "../../core/property-marks";
import { pathOf, type Path } from "../../core/property-tree";
import { isList, isRecord } from "../../core/property-value";
import { matches } from "../engine/expect";
import type { Subject } from "../engine/rule";
import { fileStack, type JudgedFile } from "./judged-file";
import { isUnread, type LineAt, parseDocuments } from "./parse-documents";
import { shapeOf } from "./shape-of";
import { TemplateValues } from "./template-values";
import { UrnsInFile } from "./urns-in-file";

type Tree = Readonly<Record<string, unknown>>;

/**
 * Reads an ARM template, with the templates that are nested in it.
 * @param file Its name, for messages.
 * @param given Values of a file of parameters.
 * @throws MisconfiguredError with everything that is no template, and values of parameters that it does not have
 */
export function readTemplate(file: string, content: string, given: Tree): JudgedFile {
  // Azure's tools take comments, which JSON has not. In their place come blanks, so that lines stay. In YAML they may be an address.
  const plain = /^\s*[{/]/.test(content) ? stripJsonComments(content) : content;
  const documents = [...parseDocuments(plain)];
  const unread = documents.filter(isUnread);
  if (unread.length > 0) throw new MisconfiguredError(file, unread);
  const [document, ...more] = documents.flatMap((it) => (isUnread(it) ? [] : [it]));
  if (document === undefined || more.length > 0 || !isTemplate(document.value)) {
    const rule = "must be one ARM template as JSON: $schema names one, and it has resources";
    throw new MisconfiguredError(file, [{ path: "the file", rule, got: shapeOf(document?.value) }]);
  }
  const template = document.value;
  const problems = new Problems();
  const declared = isRecord(template["parameters"]) ? Object.keys(template["parameters"]) : [];
  for (const name of Object.keys(given))
    problems.require(
      declared.some((it) => it.toLowerCase() === name.toLowerCase()),
      `parameters.${showKey(name)}`,
      "must be a parameter of the template",
      {
        remedy: closestHint(name, declared, declared.length === 0 ? "It has none" : `It has ${declared.join(", ")}`),
      },
    );
  const reader = new TemplateReader(file, document.lineAt);
  reader.template(template, new TemplateValues(template, given), []);
  for (const it of reader.problems) problems.add(it);
  problems.throwIfAny(file);
  const { resources, lines, notRead } = reader;
  return { kind: "template", resources, lineOf: (urn, path) => lines.get(urn)?.(path), notRead };
}

const namesTemplate = matches(/deploymentTemplate\.json/i);

/** Whether a value is an ARM template: it names the schema of one, and has resources. */
export function isTemplate(value: unknown): value is Tree {
  if (!isRecord(value)) return false;
  const { $schema: schema, resources } = value;
  return namesTemplate(schema) && (isList(resources) || isRecord(resources));
}

/** The values of a file of parameters; `undefined` where it is none. One that points to a vault is not known. */
export function parametersOf(value: unknown): Tree | undefined {
  if (!isRecord(value) || !isRecord(value["parameters"])) return undefined;
  const entries = Object.entries(value["parameters"]);
  // What a template declares below `parameters` has neither.
  if (!entries.every(([, it]) => isRecord(it) && ("value" in it || "reference" in it))) return undefined;
  return Object.fromEntries(
    entries.map(([name, it]) => [name, isRecord(it) && "value" in it ? it["value"] : unknownValue]),
  );
}

/** A resource that others stand in. */
interface Parent {
  readonly type: string;
  /** Not known where an expression makes it. */
  readonly name: string;
}

class TemplateReader {
  public readonly resources: Subject[] = [];
  public readonly lines = new Map<string, (path: string) => number>();
  public readonly notRead: string[] = [];
  public readonly problems: Problem[] = [];
  readonly #urns = new UrnsInFile();

  public constructor(
    private readonly file: string,
    private readonly lineAt: LineAt,
  ) {}

  public template(template: Tree, values: TemplateValues, path: Path): void {
    this.#all(template["resources"], values, [...path, "resources"], undefined);
  }

  /** Resources are a list, or have names that the template alone knows. */
  #all(resources: unknown, values: TemplateValues, path: Path, parent: Parent | undefined): void {
    if (resources === undefined) return;
    if (isList(resources)) resources.forEach((it, at) => this.#resource(it, values, [...path, at], parent));
    else if (isRecord(resources))
      for (const [key, it] of Object.entries(resources)) this.#resource(it, values, [...path, key], parent);
    else this.#problem(path, "must be a list or an object of resources", resources);
  }

  #problem(path: Path, rule: string, got: unknown): void {
    this.problems.push({ path: path.join("."), rule, got: shapeOf(got), line: this.lineAt(path) });
  }

  #resource(it: unknown, values: TemplateValues, path: Path, parent: Parent | undefined): void {
    const place = path.join(".");
    const written = isRecord(it) ? it["type"] : undefined;
    if (!isRecord(it) || typeof written !== "string") {
      this.#problem(path, "must be a resource with a type", it);
      return;
    }
    // What is there already is somebody else's, and what a plain false holds back is not made.
    if (it["existing"] === true || values.of(it["condition"]) === false) return;
    // A child says the last part of its type and of its name alone.
    const type = parent === undefined || written.includes(".") ? written : `${parent.type}/${written}`;
    const own = values.of(it["name"]);
    const known = typeof own === "string" && !isUnknown(own) && parent?.name !== unknownValue;
    const name = known ? (parent === undefined ? own : `${parent.name}/${own}`) : unknownValue;
    if (it["copy"] !== undefined) this.notRead.push(`${place}: a copy loop, of which the body is judged once`);
    if (type.toLowerCase() === "microsoft.resources/deployments") {
      this.#nested(it, values, path);
      return;
    }
    const { resources, ...body } = it;
    this.#add(type, name, values.of(body), path);
    this.#all(resources, values, [...path, "resources"], { type, name });
  }

  #add(type: string, name: string, body: unknown, path: Path): void {
    const place = path.join(".");
    const { scope } = isRecord(body) ? body : {};
    const tokens = tokensOf(type);
    const token =
      scope === undefined ? tokens[0] : (tokens.find((it) => findArmType(it)?.names.includes("scope")) ?? tokens[0]);
    if (token === undefined) {
      this.notRead.push(`${place}: ${type}, a type that is not known here`);
      return;
    }
    const spoken = name === unknownValue ? place : name;
    const urn = this.#urns.free(`urn:pulumi:${fileStack}::${this.file.replaceAll(":", "-")}::${token}::${spoken}`);
    const inputs = armInputs(token, { ...(isRecord(body) ? body : {}), name });
    this.resources.push({ urn, type: token, name: spoken, inputs, options: {} });
    // What ARM keeps under `properties` lies beside the rest in inputs.
    this.lines.set(urn, (inside) => this.lineAt([...path, ...pathOf(inside)], "properties"));
  }

  #nested(it: Tree, values: TemplateValues, path: Path): void {
    const {
      template,
      parameters,
      expressionEvaluationOptions: options,
    } = isRecord(it["properties"]) ? it["properties"] : {};
    if (!isRecord(template)) {
      this.notRead.push(`${path.join(".")}: a linked template, which is in another file`);
      return;
    }
    const inner = isRecord(options) && String(options["scope"]).toLowerCase() === "inner";
    const given = parametersOf({ parameters: values.of(parameters) }) ?? {};
    // Without a scope of their own, its expressions ask for what the outer template has.
    this.template(template, inner ? new TemplateValues(template, given) : values, [...path, "properties", "template"]);
  }
}
