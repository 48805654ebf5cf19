import { closestNames } from "./closest-names";
import { isDistinct } from "./distinct";
import { isList, isRecord } from "./property-value";
import { exampleOf, hasFreeNames, keyword, knownKeys, property } from "./schema-nodes";

/** Words that mean a boolean elsewhere, but are plain text in a stack file. */
const booleanWords = ["yes", "no", "on", "off", "true", "false", "y", "n"];

/** What to do about a value of the wrong type. */
export function typeRemedy(expected: string, given: unknown, nodes: readonly object[]): string {
  const plain = typeof given === "number" || typeof given === "boolean";
  if (expected === "boolean" && typeof given === "string" && booleanWords.includes(given.toLowerCase()))
    return "A word is not a boolean: write true or false without quotes";
  if (expected === "string" && plain) return `Put it in quotes: "${String(given)}"`;
  if (expected === "number" || expected === "int") {
    const { number, unit } = typeof given === "string" ? numberIn(given) : {};
    // A number alone would be another amount where the unit is not that of the key: 10 minutes are not 10 seconds.
    if (number !== undefined && unit !== "")
      return "Write a number alone, without quotes and without a unit: the key says in which unit it is";
    if (number !== undefined) return `Write ${number} without quotes`;
    if (expected === "int" && typeof given === "number" && Number.isFinite(given)) {
      const { least, most } = boundsOf(nodes);
      const near = [Math.floor(given), Math.ceil(given)].map((it) => Math.min(Math.max(it, least), most));
      return `Use ${[...new Set(near)].join(" or ")}`;
    }
  }
  if (expected === "array") return "Write it as a list, in brackets: [first, second]";
  if (expected === "object" || expected === "record") return wordRemedy(given, nodes) ?? mappingRemedy(nodes);
  return `Write for example ${exampleOf(nodes)}`;
}

/** A number that a text holds beside separators, and its unit: `1,024`, `1_024`, `128 TiB`, `2.5`. Nothing for other text. */
function numberIn(text: string): { readonly number?: string; readonly unit?: string } {
  const [, sign = "", digits, fraction = "", unit = ""] =
    /^\s*(-?)(\d{1,3}(?:[,_ ']\d{3})+|\d{1,15})(\.\d+)?\s*([A-Za-z%]*)\s*$/.exec(text) ?? [];
  return digits === undefined ? {} : { number: `${sign}${Number(digits.replace(/\D/g, ""))}${fraction}`, unit };
}

/** How the mapping is written that somebody meant who wrote the name of its key alone: `[onDemand]`. */
function wordRemedy(given: unknown, nodes: readonly object[]): string | undefined {
  if (typeof given !== "string" || !knownKeys(nodes).includes(given)) return undefined;
  const below = nodes.flatMap((node) => property(property(node, "properties"), given) ?? []) as object[];
  const keys = knownKeys(below);
  return `Write { ${given}: ${keys.length === 0 ? "..." : "{ ... }"} }${keys.length === 0 ? "" : `, with keys of its own: ${keys.join(", ")}`}`;
}

/** How a mapping is written here. */
export function mappingRemedy(nodes: readonly object[]): string {
  const known = knownKeys(nodes);
  if (hasFreeNames(nodes)) return "Write a name, a colon and its settings on the lines below, indented";
  return known.length === 0
    ? "Write key: value on the lines below, indented"
    : `Keys that it can have: ${known.join(", ")}`;
}

/** What to do about a value of the right type that a rule refuses. */
export function valueRemedy(given: unknown, nodes: readonly object[]): string {
  const { least, most, above } = boundsOf(nodes);
  if (typeof given === "number") {
    if (given < least) return `Use ${least} or more`;
    if (given > most) return `Use ${most} or less`;
    if (given <= above) return `Use more than ${above}`;
  }
  if (isList(given) && keyword(nodes, "uniqueItems") === true && !isDistinct(given)) return "Leave one of the two out";
  return isRecord(given) && knownKeys(nodes).length > 0 ? mappingRemedy(nodes) : textRemedy(given, nodes);
}

/** What a schema bounds a number by. */
function boundsOf(nodes: readonly object[]): { readonly least: number; readonly most: number; readonly above: number } {
  const of = (name: string, none: number): number => {
    const bound = keyword(nodes, name);
    return typeof bound === "number" ? bound : none;
  };
  return { least: of("minimum", -Infinity), most: of("maximum", Infinity), above: of("exclusiveMinimum", -Infinity) };
}

/** Texts of the forms that values here have, the commonest first: one of them shows what a pattern wants. */
const commonForms = [
  "training",
  "host.example.com",
  "someone@example.com",
  "22222222-2222-4222-8222-222222222222",
  "2026-09-30",
  "08:00",
  "580.126.20",
  "0 7 * * 1-5",
  "organization/name",
  "1000001",
  "https://gitlab.example.com",
  "https://eastus2.oic.prod-aks.azure.com/22222222-2222-4222-8222-222222222222/22222222-2222-4222-8222-222222222222/",
  "Standard_D8ds_v5",
  "organization/project/stack",
  `registry.example.com/image@sha256:${"0".repeat(64)}`,
];

/** What to do about text that a rule refuses: the nearest that it takes, the default, or one that it would take. */
export function textRemedy(given: unknown, nodes: readonly object[]): string {
  const pattern = keyword(nodes, "pattern");
  const near = typeof given === "string" && typeof pattern === "string" ? nearestText(given, pattern) : undefined;
  if (near !== undefined) return `For example ${near}`;
  const usual = keyword(nodes, "default");
  if (usual !== undefined) return `Leave it out for the default, ${JSON.stringify(usual)}`;
  const form = typeof pattern === "string" ? formOf(given, pattern) : undefined;
  return form === undefined ? "stacks/README.md says what belongs here" : `For example ${form}`;
}

/** A text that a pattern takes, where it is the pattern that refuses what was given. */
function formOf(given: unknown, pattern: string): string | undefined {
  const accepted = new RegExp(pattern, "u");
  return typeof given === "string" && accepted.test(given) ? undefined : commonForms.find((it) => accepted.test(it));
}

/** The text in other spellings, the first that a pattern takes. */
function nearestText(given: string, pattern: string): string | undefined {
  const lower = given.normalize("NFKD").toLowerCase().trim();
  const words = lower.replace(/[^a-z0-9]+/g, "-").replace(/^[-\d]+|-+$/g, "");
  const joined = words.replaceAll("-", "");
  const hours = lower.replace(/^(\d):/, "0$1:");
  const cut = [40, 12, 9, 8, 5].flatMap((length) => [
    words.slice(0, length).replace(/-+$/, ""),
    joined.slice(0, length),
  ]);
  const accepted = new RegExp(pattern, "u");
  // Refused for something else than its form.
  if (accepted.test(given)) return undefined;
  return [lower, hours, words, joined, ...cut].find((it) => it !== "" && accepted.test(it));
}

/** What to do about a key that is not known. */
export function keyRemedy(key: string, known: readonly string[]): string {
  const near = closestNames(key, known, 1)[0];
  if (near !== undefined) return `Did you mean ${near}?`;
  return known.length === 0 ? "Remove it" : `Known keys: ${known.join(", ")}`;
}
