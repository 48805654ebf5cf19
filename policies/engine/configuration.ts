import { LineCounter, parseDocument } from "yaml";
import { closestHint } from "../../core/closest-names";
import { MisconfiguredError, Problems, show, showKey } from "../../core/problems";
import { isList, isRecord } from "../../core/property-value";
import { syntaxProblem } from "../../core/yaml-faults";
import { checkExceptions, type Exception, exceptionsSetting, freshRule } from "./exceptions";
import { isText } from "./expect";
import type { Environment, Level, Rule } from "./rule";
import { rules } from "../rules";
import { type GivenSettings, type Setting, settingOf } from "./setting";
import { formOf } from "./setting-form";

/** What a policy configuration makes of the rules: the same file that the engine gets with `--policy-pack-config`. */
export interface PolicyConfiguration {
  /** Level of each rule, by name. */
  readonly levels: Readonly<Record<string, Level>>;
  /** Settings that the file gives, by name of the rule. */
  readonly settings: Readonly<Record<string, GivenSettings>>;
}

const levelNames: readonly string[] = ["mandatory", "advisory", "disabled"] satisfies Level[];

/** The configuration where nobody wrote one: each rule at its level for an environment, without settings. */
export function configurationOf(environment: Environment): PolicyConfiguration {
  return { levels: Object.fromEntries(rules.map((rule) => [rule.name, rule.levels[environment]])), settings: {} };
}

/** The exceptions of a configuration. */
export function exceptionsOf({ settings }: PolicyConfiguration): readonly Exception[] {
  return settingOf(exceptionsSetting, settings[freshRule] ?? {});
}

/** The configuration with these exceptions in place of its own. */
export function withExceptions(
  configuration: PolicyConfiguration,
  exceptions: readonly Exception[],
): PolicyConfiguration {
  const settings = { ...configuration.settings, [freshRule]: { [exceptionsSetting.name]: exceptions } };
  return { ...configuration, settings };
}

/**
 * Reads a policy configuration. The engine takes any name of a rule and of a setting for good, so that a misspelt one would count for
 * nothing; here it is refused. A rule that the file leaves out has its level for production, as it has for the engine.
 * @param file Its name, for messages.
 * @throws MisconfiguredError with everything that is wrong
 */
export function readConfiguration(file: string, content: string, today: string): PolicyConfiguration {
  const given = parsed(file, content);
  const problems = new Problems();
  const levels = new Map<string, Level>(rules.map((rule) => [rule.name, rule.levels.prod]));
  const settings: Record<string, GivenSettings> = {};
  const every = given["all"] === undefined ? undefined : levelIn("all", given["all"], problems);
  if (every !== undefined) for (const { name } of rules) levels.set(name, every);
  for (const [name, value] of Object.entries(given)) {
    if (name === "all") {
      for (const key of settingsIn(value)) problems.add(unknownSetting("all", key, []));
      continue;
    }
    const rule = rules.find((it) => it.name === name);
    if (rule === undefined) {
      const remedy = closestHint(
        name,
        rules.map((it) => it.name),
        "The list of rules has all: docs/policies.md, in the package rules.md",
      );
      problems.add({ path: showKey(name), rule: "must be the name of a rule, or all", got: show(name), remedy });
      continue;
    }
    const level = levelIn(name, value, problems);
    if (level !== undefined) levels.set(name, level);
    if (isRecord(value)) {
      const own = Object.fromEntries(settingsIn(value).map((key) => [key, value[key]]));
      checkSettings(rule, own, today, problems);
      settings[name] = own;
    }
  }
  const configuration = { levels: Object.fromEntries(levels), settings };
  const [exceptions, level] = [exceptionsOf(configuration), levels.get(freshRule)];
  problems.require(
    exceptions.length === 0 || level !== "disabled",
    freshRule,
    "must not be disabled while it holds exceptions",
    {
      got: level,
      remedy: "Delete the exceptions, or make it mandatory",
    },
  );
  problems.throwIfAny(`The policy configuration ${file}`);
  return configuration;
}

/**
 * Reads a file that holds exceptions alone, as JSON or YAML.
 * @throws MisconfiguredError with everything that is wrong
 */
export function readExceptions(file: string, content: string, today: string): readonly Exception[] {
  const value = documentOf(file, content);
  const problems = new Problems();
  checkExceptions(value, exceptionsSetting.name, { today, ruleNames: rules.map(({ name }) => name) }, problems);
  problems.throwIfAny(`The file of exceptions ${file}`);
  return exceptionsSetting.accepts(value) ? value : [];
}

/** Notes what a configuration gives to one rule that the rule cannot use. */
export function checkSettings(rule: Rule, given: GivenSettings, today: string, problems: Problems): void {
  const known = rule.settings ?? [];
  for (const [key, value] of Object.entries(given)) {
    const setting = known.find(({ name }) => name === key);
    const path = `${rule.name}.${key}`;
    if (setting === undefined) problems.add(unknownSetting(rule.name, key, known));
    else if (setting.name === exceptionsSetting.name)
      checkExceptions(value, path, { today, ruleNames: rules.map(({ name }) => name) }, problems);
    else
      problems.require(setting.accepts(value), path, `must be ${formOf(setting.schema)}`, {
        got: value,
        remedy: setting.schema.description,
      });
  }
}

function unknownSetting(
  rule: string,
  key: string,
  known: readonly Setting<unknown>[],
): { path: string; rule: string; remedy: string } {
  const names = known.map(({ name }) => name);
  const otherwise = names.length === 0 ? `${rule} has no settings` : `${rule} has ${names.join(", ")}`;
  return {
    path: `${rule}.${showKey(key)}`,
    rule: "must be a setting of the rule",
    remedy: closestHint(key, names, otherwise),
  };
}

function settingsIn(value: unknown): readonly string[] {
  return isRecord(value) ? Object.keys(value).filter((it) => it !== "enforcementLevel") : [];
}

function levelIn(name: string, value: unknown, problems: Problems): Level | undefined {
  const level = isRecord(value) ? value["enforcementLevel"] : value;
  if (isRecord(value) && level === undefined) return undefined;
  const path = isRecord(value) ? `${name}.enforcementLevel` : name;
  const remedy =
    level === "remediate" ? "No rule repairs what it finds: use mandatory" : `One of ${levelNames.join(", ")}`;
  problems.require(isLevel(level), path, "must be a level, or an object with enforcementLevel and settings", {
    got: level,
    remedy,
  });
  return isLevel(level) ? level : undefined;
}

function isLevel(value: unknown): value is Level {
  return isText(value) && levelNames.includes(value);
}

function parsed(file: string, content: string): Readonly<Record<string, unknown>> {
  const remedy = "The pack has one for each environment, in its folder config";
  if (content.trim() === "")
    throw wrong(file, "must not be empty: the engine would take it for no configuration", remedy);
  // The reader of YAML says where a text breaks; what only it can read, the engine refuses.
  const value = documentOf(file, content);
  try {
    JSON.parse(content);
  } catch {
    throw wrong(
      file,
      "must be JSON, without comments, with every key and text in quotes, and no comma after the last",
      remedy,
    );
  }
  if (!isRecord(value))
    throw wrong(file, `must be an object of rules, and is ${isList(value) ? "a list" : "something else"}`, remedy);
  return value;
}

/** The one document of a text. A key that is there twice is an error: one of them would count for nothing. */
function documentOf(file: string, content: string): unknown {
  const lineCounter = new LineCounter();
  const document = parseDocument(content, { lineCounter, stringKeys: true, logLevel: "error", prettyErrors: false });
  const [fault] = document.errors;
  if (fault !== undefined)
    throw new MisconfiguredError(file, [syntaxProblem(fault.code, lineCounter.linePos(fault.pos[0]))]);
  return document.toJS() as unknown;
}

function wrong(file: string, rule: string, remedy?: string): MisconfiguredError {
  return new MisconfiguredError(file, [{ path: "the file", rule, ...(remedy !== undefined && { remedy }) }]);
}
