import { readFileSync, writeFileSync } from "node:fs";
import { closestHint } from "../core/closest-names";
import { MisconfiguredError, show } from "../core/problems";
import {
  exceptionsOf,
  type PolicyConfiguration,
  configurationOf,
  readConfiguration,
  readExceptions,
  withExceptions,
} from "../policies/engine/configuration";
import { type Environment, environments } from "../policies/engine/rule";
import { fileKinds, type FileKind } from "../policies/files/judged-file";
import { parametersOf } from "../policies/files/read-template";
import { version } from "../policies/package.json";
import { rules } from "../policies/rules";
import { table } from "../preview/table";
import { fileContent } from "./file-content";
import { readJudgedFile } from "./judged-file";
import { policiesJUnit } from "./policies-junit";
import { policiesSarif } from "./policies-sarif";
import { judgeFiles, type PolicyReport } from "./policy-report";
import { readOptions } from "./read-options";
import { renderPolicies } from "./render-policies";
import { argumentError, runCommand } from "./run-command";
import { paintFor } from "./terminal";

const formats = ["text", "json", "sarif", "junit"] as const;
type Format = (typeof formats)[number];

const help = `Judges plans, templates and manifests by the rules of the policy pack, without an engine and without a cloud.

  npm run policies -- FILE... [--environment KIND] [--config FILE] [--format FORMAT] [--output FILE]

  FILE                 what \`pulumi preview --json --show-sames\` or \`npm run -s preview -- ENVIRONMENT --json\` printed, an ARM
                       template as JSON, or Kubernetes manifests; - for standard input. All files are judged together
  --kind KIND          ${fileKinds.join(", ")}; left out, the content of each file tells
  --parameters FILE    parameters of the templates, as Azure's tools take them
  --environment KIND   ${environments.join(", ")}; left out, what the tag environmentKind of the resources says, else what the name of
                       their stack begins with, else prod
  --config FILE        a policy configuration, the same that the engine takes with --policy-pack-config; left out, every rule has
                       its level for the environment
  --exceptions FILE    exceptions alone, as JSON or YAML, where the configuration has none
  --allow-empty        a file without a resource is fine
  --format FORMAT      ${formats.join(", ")}
  --output FILE        where to; left out, standard output
  --list               print the rules, and judge nothing
  --version            print the version of the pack
  --help               print this text

Exit code: 0 no mandatory finding, 1 a mandatory rule forbids it, 2 bad input.
`;

/** Runs the command and returns its exit code. */
export function main(args: readonly string[]): number {
  const command = readArguments(args);
  if (command === "help" || command === "version") {
    process.stdout.write(command === "help" ? help : `${version}\n`);
    return 0;
  }
  const { format, output } = command;
  if (command.list) {
    write(output, listed(format, command.environment));
    return 0;
  }
  const today = new Date().toISOString().slice(0, 10);
  const configuration = configured(command, today);
  const parameters = command.parameters === undefined ? {} : givenParameters(command.parameters);
  const files = command.files.map((file) => ({
    file,
    ...readJudgedFile(file === "-" ? "standard input" : file, contentOf(file), {
      parameters,
      ...(command.kind !== undefined && { kind: command.kind }),
    }),
  }));
  if (command.parameters !== undefined && files.every(({ kind }) => kind !== "template"))
    throw wrong("--parameters", "must come with a template: no file is one");
  const report = judgeFiles(files, {
    today,
    allowEmpty: command.allowEmpty,
    ...(command.environment !== undefined && { environment: command.environment }),
    ...(configuration !== undefined && { configuration }),
  });
  write(output, rendered(report, format, output));
  return report.findings.some(({ level }) => level === "mandatory") ? 1 : 0;
}

function rendered(report: PolicyReport, format: Format, output: string | undefined): string {
  switch (format) {
    case "text":
      return renderPolicies(report, paintFor(output === undefined ? process.stdout : { isTTY: false }));
    case "json": {
      const { environment, files, findings } = report;
      return `${JSON.stringify({ version, environment, files, findings }, null, 2)}\n`;
    }
    case "sarif":
      return policiesSarif(report, version);
    case "junit":
      return policiesJUnit(report);
  }
}

function listed(format: Format, environment: Environment | undefined): string {
  const shown = environment === undefined ? environments : [environment];
  if (format === "json")
    return `${JSON.stringify(
      rules.map(({ id, name, area, severity, levels, title, remedy }) => ({
        id,
        name,
        area,
        severity,
        levels,
        title,
        remedy,
      })),
      null,
      2,
    )}\n`;
  const rows = rules.map(({ name, severity, levels, title }) => [
    name,
    ...shown.map((it) => levels[it]),
    severity,
    title,
  ]);
  return `${table([["rule", ...shown, "severity", "what"], ...rows]).join("\n")}\n`;
}

/** The configuration that somebody gave; none where the level of each rule hangs on the environment alone. */
function configured(
  { config, exceptions, environment }: JudgeArguments,
  today: string,
): PolicyConfiguration | undefined {
  const given = config === undefined ? undefined : readConfiguration(config, fileContent("--config", config), today);
  if (exceptions === undefined) return given;
  if (given !== undefined && exceptionsOf(given).length > 0)
    throw wrong("--exceptions", `must not be given beside ${show(config)}, which has exceptions`);
  if (given === undefined && environment === undefined)
    throw wrong("--exceptions", "must come with --config or --environment, which say the level of each rule");
  const own = readExceptions(exceptions, fileContent("--exceptions", exceptions), today);
  return withExceptions(given ?? configurationOf(environment ?? "prod"), own);
}

function givenParameters(file: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(fileContent("--parameters", file));
  } catch (error) {
    if (error instanceof MisconfiguredError) throw error;
    throw wrong("--parameters", "must be JSON", file);
  }
  const given = parametersOf(value);
  if (given === undefined)
    throw wrong("--parameters", "must be a file of parameters: an object of parameters, each with a value", file);
  return given;
}

function contentOf(file: string): string {
  return file === "-" ? readFileSync(0, "utf8") : fileContent("FILE", file);
}

function write(output: string | undefined, text: string): void {
  if (output === undefined) {
    process.stdout.write(text);
    return;
  }
  try {
    writeFileSync(output, text);
  } catch (error) {
    throw wrong(
      "--output",
      `must be a file that can be written (${error instanceof Error ? error.message : ""})`,
      output,
    );
  }
}

function wrong(path: string, rule: string, got?: string): MisconfiguredError {
  return new MisconfiguredError("The command", [{ path, rule, ...(got !== undefined && { got: show(got) }) }]);
}

interface JudgeArguments {
  readonly files: readonly string[];
  readonly kind: FileKind | undefined;
  readonly parameters: string | undefined;
  readonly environment: Environment | undefined;
  readonly config: string | undefined;
  readonly exceptions: string | undefined;
  readonly allowEmpty: boolean;
  readonly format: Format;
  readonly output: string | undefined;
  readonly list: boolean;
}

function readArguments(args: readonly string[]): "help" | "version" | JudgeArguments {
  try {
    const { values, positionals } = readOptions({
      args: [...args],
      allowPositionals: true,
      options: {
        kind: { type: "string" },
        parameters: { type: "string" },
        environment: { type: "string" },
        config: { type: "string" },
        exceptions: { type: "string" },
        "allow-empty": { type: "boolean", default: false },
        format: { type: "string" },
        output: { type: "string" },
        list: { type: "boolean", default: false },
        version: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    if (values.help) return "help";
    if (values.version) return "version";
    const { list, parameters, config, exceptions, output } = values;
    const format = oneOf("format", values.format ?? "text", formats);
    if (list) {
      if (positionals.length > 0) throw new Error("--list judges nothing: no FILE goes with it");
      if (format === "sarif" || format === "junit") throw new Error("--list goes with --format text or json");
    } else if (positionals.length === 0) throw new Error("FILE must be given");
    if (new Set(positionals).size < positionals.length) throw new Error(`each FILE once; got ${positionals.join(" ")}`);
    return {
      files: positionals,
      kind: values.kind === undefined ? undefined : oneOf("kind", values.kind, fileKinds),
      environment:
        values.environment === undefined ? undefined : oneOf("environment", values.environment, environments),
      allowEmpty: values["allow-empty"],
      format,
      list,
      parameters,
      config,
      exceptions,
      output,
    };
  } catch (error) {
    throw argumentError(error, "policies");
  }
}

function oneOf<T extends string>(option: string, given: string, all: readonly T[]): T {
  const found = all.find((it) => it === given);
  if (found !== undefined) return found;
  throw new Error(
    `--${option} must be one of ${all.join(", ")}; got ${show(given)}. ${closestHint(given, all, "")}`.trim(),
  );
}

if (require.main === module) runCommand((args) => Promise.resolve(args).then(main));
