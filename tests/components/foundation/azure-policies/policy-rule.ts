import { isList, isRecord } from "../../../../core/property-value";

type Body = Readonly<Record<string, unknown>>;

/** What a field means in a body: an alias without its type, or a part of an item that a `count` is at. */
interface Looked {
  readonly type: string;
  readonly body: Body;
  readonly item: unknown;
}

const beside = ["location", "kind", "sku", "tags"];

/**
 * Evaluates the condition of a definition as Azure does, as far as ours use its language: allOf, anyOf, count, and a field that equals,
 * exists, is greater, or is not in a list. What is not known is an error, so that no test passes on it.
 */
export function holds(condition: unknown, parameters: Body, looked: Looked): boolean {
  if (!isRecord(condition)) throw new Error("A condition is an object.");
  const known = (value: unknown): unknown => {
    const [, name] = /^\[parameters\('(\w+)'\)\]$/.exec(String(value)) ?? [];
    return name === undefined ? value : parameters[name];
  };
  const all = (list: unknown): boolean[] => (isList(list) ? list : []).map((it) => holds(it, parameters, looked));
  if ("allOf" in condition) return all(condition["allOf"]).every(Boolean);
  if ("anyOf" in condition) return all(condition["anyOf"]).some(Boolean);
  const { count } = condition;
  if (isRecord(count)) {
    const items = valueOf(String(count["field"]).replace("[*]", ""), looked);
    const met = (isList(items) ? items : []).filter((item) => holds(count["where"], parameters, { ...looked, item }));
    return met.length > Number(known(condition["greater"]));
  }
  const value = valueOf(String(condition["field"]), looked);
  if ("equals" in condition) return String(value).toLowerCase() === String(known(condition["equals"])).toLowerCase();
  if ("exists" in condition) return (value !== undefined) === condition["exists"];
  if ("greater" in condition) return Number(value) > Number(known(condition["greater"]));
  if ("notIn" in condition) {
    const list = known(condition["notIn"]);
    return isList(list) && !list.some((it) => String(it).toLowerCase() === String(value).toLowerCase());
  }
  throw new Error(`An unknown condition: ${Object.keys(condition).join(", ")}`);
}

function valueOf(field: string, { type, body, item }: Looked): unknown {
  if (field === "type") return type;
  // Of another type the alias means nothing.
  if (!field.toLowerCase().startsWith(`${type.toLowerCase()}/`)) return undefined;
  const path = field.slice(type.length + 1);
  const [, part] = /\[\*\]\.(.+)$/.exec(path) ?? [];
  if (part !== undefined) return isRecord(item) ? item[part] : undefined;
  const keys = path.split(".");
  const from = beside.includes(keys[0] ?? "") ? body : body["properties"];
  return keys.reduce<unknown>((at, key) => (isRecord(at) ? at[key] : undefined), from);
}
