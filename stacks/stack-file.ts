import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { isMap, isScalar, LineCounter, parseDocument, type Document } from "yaml";
import { closestNames } from "../core/closest-names";
import { MisconfiguredError, Problems, show, type Problem } from "../core/problems";
import { projectName } from "./config/sections";

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

/** Folders that hold stack files, from the root of the project. */
const stackFolders = ["stacks", "examples"];

/**
 * Finds the file of an environment: its name, or the path of any stack file.
 * @throws MisconfiguredError when there is none
 */
export function findStackFile(environment: string, root: string): string {
  const known = stackFolders.flatMap((folder) => listStackFiles(path.join(root, folder)));
  const byName = known.find((file) => stackName(file) === environment);
  if (byName !== undefined) return byName;
  const asPath = path.resolve(environment);
  if (existsSync(asPath) && /\.ya?ml$/.test(asPath)) return asPath;
  const problems = new Problems();
  const names = known.map((file) => stackName(file) ?? "");
  problems.require(false, "environment", "must be the name of a stack file in stacks/ or examples/, or a path to one", {
    got: environment,
    remedy: `Known: ${closestNames(environment, names, names.length)
      .concat(names.filter((it) => !closestNames(environment, names, names.length).includes(it)))
      .join(", ")}`,
  });
  throw new MisconfiguredError("The command", problems.list);
}

/**
 * Reads a stack file the way the Pulumi CLI does, with every fault told with its line.
 * @throws MisconfiguredError for broken YAML or a file that is no stack file
 */
export function readStackFile(file: string): StackFile {
  const near = path.relative(process.cwd(), file);
  const shown = near.startsWith("..") ? file : near;
  const problems: Problem[] = [];

  const lines = new LineCounter();
  // YAML 1.2 with merge keys and dates: what the CLI's own parser does to unquoted scalars.
  const document = parseDocument(readText(file, shown), {
    lineCounter: lines,
    merge: true,
    prettyErrors: false,
    customTags: ["timestamp"],
  });
  for (const fault of [...document.errors, ...document.warnings]) {
    const { line, col } = lines.linePos(fault.pos[0]);
    const remedy = fault.code === "TAB_AS_INDENT" ? { remedy: "Tabs are not allowed: indent with spaces" } : {};
    problems.push({ path: "YAML", rule: `is broken in column ${col}: ${fault.message}`, line, ...remedy });
  }
  const values = problems.length > 0 ? undefined : readValues(document, problems);
  if (values === undefined) throw new MisconfiguredError(shown, problems);
  // A file with a name of its own is a stack of that name, as with the CLI's --config-file.
  const stack = stackName(file) ?? path.basename(file, path.extname(file));
  return { file: shown, stack, values, problems, lineOf: (at) => lineOf(document, lines, at) };
}

function listStackFiles(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => {
      const full = path.join(folder, entry.name);
      return entry.isDirectory() ? listStackFiles(full) : [full];
    })
    .filter((file) => stackName(file) !== undefined);
}

function stackName(file: string): string | undefined {
  return /^Pulumi\.([^/\\]+)\.ya?ml$/.exec(path.basename(file))?.[1];
}

function readText(file: string, shown: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? String(error.code) : String(error);
    throw new MisconfiguredError(shown, [{ path: "file", rule: `cannot be read (${reason})` }]);
  }
}

/** Values below `config`, `undefined` when there is no such mapping. */
function readValues(document: Document, problems: Problem[]): Record<string, string> | undefined {
  const root = toJavaScript(document, problems);
  if (typeof root !== "object" || root === null || !isMap(document.contents)) {
    problems.push({ path: "file", rule: "must be a mapping with the key config", got: show(root) });
    return undefined;
  }
  const known = ["config", "encryptionsalt", "encryptedkey", "secretsprovider", "environment"];
  for (const key of Object.keys(root)) {
    if (!known.includes(key))
      problems.push({
        path: show(key).slice(1, -1),
        rule: "is not a key of a stack file; unknown keys are never ignored",
        remedy: `Did you mean ${closestNames(key, known, 1)[0] ?? "config"}? Values belong below config`,
      });
  }
  const config: unknown = Reflect.get(root, "config");
  if (typeof config !== "object" || config === null || Array.isArray(config)) {
    problems.push({
      path: "config",
      rule: config === undefined ? "must be given" : "must be a mapping",
      ...(config !== undefined && { got: show(config) }),
    });
    return undefined;
  }
  checkDefaultProviders(Reflect.get(config, "pulumi:disable-default-providers"), problems);
  return Object.fromEntries(
    Object.entries(config).map(([key, value]: [string, unknown]) => {
      // The CLI puts the project's name before a key that has none.
      const full = key.includes(":") ? key : `${projectName}:${key}`;
      return [full, engineValue(value)];
    }),
  );
}

/** Resolves aliases; a file that expands without end is refused by the parser. */
function toJavaScript(document: Document, problems: Problem[]): unknown {
  try {
    return document.toJS();
  } catch (error) {
    problems.push({
      path: "YAML",
      rule: `cannot be expanded: ${error instanceof Error ? error.message : String(error)}`,
    });
    return undefined;
  }
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
  if (value instanceof Date) return value.toISOString();
  if (value === null || value === undefined) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** Line of the deepest part of a path that the file has. */
function lineOf(document: Document, lines: LineCounter, at: string): number | undefined {
  const config: unknown = document.get("config", true);
  if (!isMap(config)) return undefined;
  const [section = "", ...rest] =
    at.includes("azure-native:") || at.includes("pulumi:") ? [at] : at.split(/[.[\]]+/).filter((part) => part !== "");
  const key = config.items.find(
    ({ key: it }) => isScalar(it) && [section, `${projectName}:${section}`].includes(String(it.value)),
  );
  let found: { readonly key: unknown; readonly value: unknown } | undefined = key;
  let best = rangeStart(found?.key);
  for (const part of rest) {
    const value: unknown = found?.value;
    if (isMap(value)) found = value.items.find(({ key: it }) => isScalar(it) && String(it.value) === part);
    else break;
    best = rangeStart(found?.key) ?? best;
  }
  return best === undefined ? undefined : lines.linePos(best).line;
}

function rangeStart(node: unknown): number | undefined {
  return isScalar(node) ? node.range?.[0] : undefined;
}
