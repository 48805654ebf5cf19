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
import { parametersOf } from "../policies/files/read-template";
import { version } from "../policies/package.json";
import { rules } from "../policies/rules";
import { table } from "../preview/table";
import { fileContent, standardInput } from "./file-content";
import { readJudgedFile } from "./judged-file";
import { outputFile } from "./output-file";
import { policiesJUnit } from "./policies-junit";
import { policiesSarif } from "./policies-sarif";
import { judgeFiles, type PolicyReport } from "./policy-report";
import { readEvery } from "./read-every";
import { renderPolicies } from "./render-policies";
import type { PoliciesCommand } from "./policies-command";
import { paintFor } from "./terminal";

/** Judges the files that the command names and writes what it found. Returns the exit code. */
export function judgeAndWrite(command: PoliciesCommand): number {
  const { format, output } = command;
  const beside = [command.parameters, command.config, command.exceptions].filter((it) => it !== undefined);
  const write = outputFile("--output", output, [...command.files, ...beside]);
  if (command.list) {
    write(listed(format, command.environment));
    return 0;
  }
  const today = new Date().toISOString().slice(0, 10);
  const configuration = configured(command, today);
  const parameters = command.parameters === undefined ? {} : givenParameters(command.parameters);
  const files = readEvery(command.files, (file) => ({
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
  write(rendered(report, format, output));
  return report.findings.some(({ level }) => level === "mandatory") ? 1 : 0;
}

function rendered(report: PolicyReport, format: PoliciesCommand["format"], output: string | undefined): string {
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

function listed(format: PoliciesCommand["format"], environment: Environment | undefined): string {
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
  { config, exceptions, environment }: PoliciesCommand,
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
  return fileContent("FILE", file === "-" ? standardInput : file);
}

function wrong(path: string, rule: string, got?: string): MisconfiguredError {
  return new MisconfiguredError("The command", [{ path, rule, ...(got !== undefined && { got: show(got) }) }]);
}
