import { isUuid } from "../core/names";
import { joinPath, type Problems, show, showKey } from "../core/problems";
import { secretIn } from "../core/secret-text";
import { projectName } from "./config/sections";

/** Far more entries than any list or mapping of one environment has. */
const mostEntries = 1000;
const deepest = 20;
const smaller = "A larger estate is several cells: one stack file each";

const reservedKeys = ["__proto__", "constructor", "prototype"];

/** Splits `azure-gpu-cluster:<section>` keys off and decodes their values. What can never be right is told and left out. */
export function readRawSections(values: Readonly<Record<string, string>>, problems: Problems): Record<string, unknown> {
  const raw: Record<string, unknown> = {};
  for (const [key, text] of Object.entries(values)) {
    const [namespace, name = ""] = key.split(/:(.*)/s);
    if (namespace !== projectName) continue;
    const path = showKey(name);
    if (reservedKeys.includes(name)) problems.add({ path, ...reserved });
    else raw[name] = lint(decode(text, path, problems), path, 0, problems);
  }
  return raw;
}

const reserved = { rule: "is a reserved word and cannot be a key", remedy: "Choose another name" };

/** Engine values are JSON for mappings and lists, and bare text for the rest. */
function decode(text: string, path: string, problems: Problems): unknown {
  if (!/^\s*[[{]/.test(text)) return text;
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    // Nothing of it is shown: it may be anything.
    problems.add({
      path,
      rule: `must be a mapping or a list; got ${text.length} characters that begin like one and are none`,
      remedy: "Write it as YAML in the stack file, without quotes around it",
    });
    return undefined;
  }
}

/** Refuses what a reviewer cannot see, what has no end, and keys that would reach into JavaScript itself. */
function lint(value: unknown, path: string, depth: number, problems: Problems): unknown {
  if (typeof value === "string") {
    const visible = !/[\p{Cc}\p{Cf}\u2028\u2029]/u.test(value);
    const remedy = "Type it anew: copied text can hold characters that no editor shows";
    if (!visible)
      problems.add({ path, rule: "must not hold control or invisible characters", got: show(value), remedy });
    const secret = secretIn(value);
    if (secret !== undefined)
      problems.add({
        path,
        rule: `must not hold ${secret}: a stack file is committed, and a plan prints what it says`,
        remedy:
          "Take it out, and make a new one; machines and pods get what they need by their identity, or from a Key Vault",
      });
    // An ID in capitals is the same to Azure, but another text to Kubernetes and to what names are made of it.
    return isUuid(value) ? value.toLowerCase() : value;
  }
  if (typeof value !== "object" || value === null) return value;
  const count = Object.keys(value).length;
  if (count > mostEntries || depth > deepest) {
    const rule =
      depth > deepest
        ? `must not be nested more than ${deepest} deep`
        : `must have at most ${mostEntries} entries; it has ${count}`;
    problems.add({ path, rule, remedy: smaller });
    return undefined;
  }
  if (Array.isArray(value))
    return value.map((item: unknown, at) => lint(item, joinPath(path, `[${at}]`), depth + 1, problems));
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]: [string, unknown]) => {
      const inside = joinPath(path, showKey(key));
      if (reservedKeys.includes(key)) {
        problems.add({ path: inside, ...reserved });
        return [];
      }
      if (key === "secure") {
        problems.add({
          path,
          rule: "must not be a secret: nothing in this section is one, and reviewers must be able to read it",
          remedy: "Write the value in plain text, or remove it and rotate it if it is a secret",
        });
        return [];
      }
      return [[key, lint(item, inside, depth + 1, problems)]];
    }),
  );
}
