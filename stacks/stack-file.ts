import path from "node:path";
import { closestNames } from "../core/closest-names";
import { joinPath, MisconfiguredError, show, showKey, type Problem } from "../core/problems";
import { projectName } from "./config/sections";
import { stackName } from "./find-stack-file";
import { lineOf } from "./yaml/line-of";
import { readYamlText } from "./yaml/yaml-text";
import { readYaml, type YamlValues } from "./yaml/yaml-values";

/** A stack file as the engine would hand it to the program, and where each value stands in it. */
export interface StackFile {
  /** Path as shown to people. */
  readonly file: string;
  /** Stack name: `dev` for `Pulumi.dev.yaml`. */
  readonly stack: string;
  /** Full keys; values as text or JSON. */
  readonly values: Readonly<Record<string, string>>;
  /** Faults around the values, which do not keep the values from being read. */
  readonly problems: readonly Problem[];
  /** Line of a path such as `gpuPools.h100.size`, `undefined` when the file does not have it. */
  readonly lineOf: (path: string) => number | undefined;
}

/**
 * Reads a stack file the way the Pulumi CLI does, with every fault told with its line.
 * @param text What it said in another commit. @default what lies there now
 * @throws MisconfiguredError for broken YAML or a file that is no stack file
 */
export function readStackFile(file: string, text?: string): StackFile {
  const near = path.relative(process.cwd(), file);
  const shown = near.startsWith("..") ? file : near;
  const yaml = readYaml(text ?? readYamlText(file, shown), shown, pathOf);
  const problems = [...yaml.problems];
  const values = readValues(yaml, problems);
  if (values === undefined) throw new MisconfiguredError(shown, problems);
  // A file with a name of its own is a stack of that name, as with the CLI's --config-file.
  const stack = stackName(file) ?? path.basename(file, path.extname(file));
  return { file: shown, stack, values, problems, lineOf: (at) => lineOf(yaml.lines, at) };
}

/** Paths begin below `config`, and at the section where the key is the project's own. */
function pathOf(at: string, key: string): string {
  if (at === "config") return showKey(fullKey(key).replace(ownPrefix, ""));
  return joinPath(at, showKey(key));
}

const ownPrefix = new RegExp(`^${projectName}:`);

/** The CLI puts the project's name before a key that has none. */
function fullKey(key: string): string {
  return key.includes(":") ? key : `${projectName}:${key}`;
}

/** Keys that the CLI reads beside the values. */
const keysBeside = ["config", "encryptionsalt", "encryptedkey", "secretsprovider", "environment"];

/** Unknown keys that are told: more are another kind of file. */
const mostTold = 20;

/** Values below `config`, `undefined` when there is no such mapping. */
function readValues({ value: root, lines }: YamlValues, problems: Problem[]): Record<string, string> | undefined {
  if (typeof root !== "object" || root === null || Array.isArray(root)) {
    const remedy = "Write config: and the settings below it; stacks/Pulumi.dev.yaml is an example";
    // Of a long text nothing is shown: a file that is no stack file may be a key.
    const got = typeof root === "string" && root.length > 40 ? `${root.length} characters of text` : show(root);
    problems.push({ path: "file", rule: "must be a mapping with the key config", got, remedy });
    return undefined;
  }
  const config: unknown = Reflect.get(root, "config");
  const beside = Object.keys(root).filter((it) => !keysBeside.includes(it));
  if (typeof config !== "object" || config === null || Array.isArray(config)) {
    const [first] = beside;
    const line = lines.get("config") ?? (first === undefined ? undefined : lines.get(showKey(first)));
    problems.push({
      path: "config",
      rule: config === undefined ? "must be given" : "must be a mapping",
      ...(config !== undefined && { got: show(config) }),
      ...(line === undefined ? { noLine: "not in the file" } : { line }),
      remedy:
        first === undefined
          ? "Write config: and the settings below it, indented; stacks/Pulumi.dev.yaml is an example"
          : `Write config: above ${showKey(first)} and indent what belongs below it`,
    });
    return undefined;
  }
  for (const key of beside.slice(0, mostTold)) {
    const line = lines.get(showKey(key));
    const near = closestNames(key, keysBeside, 1)[0];
    problems.push({
      path: showKey(key),
      rule: "is not a key of a stack file; unknown keys are never ignored",
      ...(line !== undefined && { line }),
      remedy: near === undefined ? "Indent it below config, where values belong" : `Did you mean ${near}?`,
    });
  }
  const values: Record<string, string> = {};
  for (const [key, value] of Object.entries(config)) {
    const full = fullKey(key);
    if (Object.hasOwn(values, full)) {
      const path = pathOf("config", key);
      const first = lines.get(path);
      const rule = `is given twice, with the project's name and without${first === undefined ? "" : `: first in line ${first}`}`;
      problems.push({ path, rule, remedy: `Keep ${projectName}:${path}` });
    } else values[full] = engineValue(value);
  }
  checkDefaultProviders(Reflect.get(config, "pulumi:disable-default-providers"), problems);
  return values;
}

/** Nobody's current kube context may ever be touched by accident. */
function checkDefaultProviders(value: unknown, problems: Problem[]): void {
  const list: readonly unknown[] = Array.isArray(value) ? value : [];
  if (list.includes("kubernetes") || list.includes("*")) return;
  problems.push({
    path: "pulumi:disable-default-providers",
    rule: "must name kubernetes: without it a mistake could reach the cluster that kubectl points at",
    ...(value !== undefined && { got: show(value) }),
    remedy: "Write pulumi:disable-default-providers: [kubernetes]",
  });
}

/** Scalars arrive as text, mappings and lists as JSON. */
function engineValue(value: unknown): string {
  if (value === null || value === undefined) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}
