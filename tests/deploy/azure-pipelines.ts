import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { root } from "../stack-files";
import type { Texts } from "./github-files";

const folder = path.join(root, "deploy", "azure-devops");

/** What lies in deploy/azure-devops. */
export const shippedPipelines: Texts = Object.fromEntries(
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((it) => it.endsWith(".yml"))
    .sort()
    .map((name) => [name, readFileSync(path.join(folder, name), "utf8")]),
);

type Yaml = string | number | boolean | null | readonly Yaml[] | { readonly [key: string]: Yaml };
type Scope = Readonly<Record<string, Yaml>>;
type Item = Readonly<Record<string, Yaml>>;

interface Parameter {
  readonly name: string;
  readonly default?: Yaml;
}

/**
 * A pipeline as Azure DevOps has it once it has taken in all templates. Scalars are texts, as they are to Azure. It knows the few template
 * expressions that our files have, and throws at every other: there is no library of that language.
 */
export function expand(texts: Texts, name: string, given: Scope = {}): Item {
  const { parameters = [], ...rest } = parse(texts[name] ?? "") as Item & {
    readonly parameters?: readonly Parameter[];
  };
  const unknown = Object.keys(given).filter((it) => !parameters.some((known) => known.name === it));
  if (unknown.length > 0) throw new Error(`${name} has no parameter ${unknown.join(", ")}`);
  const scope: Record<string, Yaml> = {};
  for (const it of parameters) {
    const value = given[it.name] ?? it.default;
    if (value === undefined) throw new Error(`${name} needs the parameter ${it.name}`);
    scope[`parameters.${it.name}`] = value;
  }
  return expandItem(rest, { texts, name, scope });
}

interface At {
  readonly texts: Texts;
  readonly name: string;
  readonly scope: Scope;
}

function expandValue(value: Yaml, at: At): Yaml {
  if (typeof value === "string") return fill(value, at.scope);
  if (Array.isArray(value)) return value.flatMap((it: Yaml) => expandElement(it, at));
  if (typeof value === "object" && value !== null) return expandItem(value as Item, at);
  return String(value);
}

function expandItem(item: Item, at: At): Item {
  return Object.fromEntries(Object.entries(item).map(([key, value]) => [key, expandValue(value, at)]));
}

/** An element of a list: itself, or what a condition, a loop or a template puts in its place. */
function expandElement(element: Yaml, at: At): readonly Yaml[] {
  if (typeof element !== "object" || element === null || Array.isArray(element)) return [expandValue(element, at)];
  const item = element as Item;
  const [[key, body] = ["", null]] = Object.entries(item);
  const condition = /^\$\{\{ if (.*) \}\}$/.exec(key)?.[1];
  if (condition !== undefined) return evaluate(condition, at.scope) === true ? (expandValue(body, at) as Yaml[]) : [];
  const [, one = "", of] = /^\$\{\{ each (\w+) in (.*) \}\}$/.exec(key) ?? [];
  if (of !== undefined)
    return (evaluate(of, at.scope) as readonly Yaml[]).flatMap(
      (it) => expandValue(body, { ...at, scope: { ...at.scope, [one]: it } }) as Yaml[],
    );
  if (typeof item["template"] !== "string") return [expandItem(item, at)];
  const file = path.posix.join(path.posix.dirname(at.name), item["template"]);
  const parameters = expandItem((item["parameters"] ?? {}) as Item, at);
  const { steps, jobs, stages } = expand(at.texts, file, parameters);
  return (stages ?? jobs ?? steps ?? []) as readonly Yaml[];
}

function fill(text: string, scope: Scope): string {
  return text.replace(/\$\{\{ (.*?) \}\}/g, (_, inner: string) => {
    const value = evaluate(inner, scope);
    if (typeof value === "object") throw new Error(`${inner} is no text`);
    return String(value);
  });
}

const functions: Readonly<Record<string, (...of: never[]) => Yaml>> = {
  eq: (a: Yaml, b: Yaml) => a === b,
  ne: (a: Yaml, b: Yaml) => a !== b,
  trim: (a: string) => a.trim(),
  split: (a: string, b: string) => a.split(b),
  replace: (a: string, b: string, c: string) => a.replaceAll(b, c),
};

function evaluate(text: string, scope: Scope): Yaml {
  const [, called = "", list] = /^(\w+)\((.*)\)$/.exec(text) ?? [];
  if (list !== undefined) {
    const call = functions[called];
    if (call === undefined) throw new Error(`no function ${called}`);
    const values = (list.match(/'[^']*'|[^',\s]+/g) ?? []).map((it) => evaluate(it, scope));
    return call(...(values as never[]));
  }
  const literal = /^'(.*)'$/.exec(text)?.[1];
  if (literal !== undefined) return literal;
  const value = scope[text];
  if (value === undefined) throw new Error(`nothing is called ${text}`);
  return value;
}
