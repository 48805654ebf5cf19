import type { JsonNode } from "./json-node";

/** A type as Pulumi's package schema writes it. */
export interface TypeSpec {
  readonly type?: string;
  readonly $ref?: string;
  readonly items?: TypeSpec;
  readonly additionalProperties?: TypeSpec;
  readonly oneOf?: readonly TypeSpec[];
  readonly plain?: true;
}

/** A property of an object or a resource. */
export interface PropertySpec extends TypeSpec {
  readonly description?: string;
}

/** A type that has a name in the package: a mapping with known keys. */
export interface ComplexTypeSpec {
  readonly type: "object";
  readonly description?: string;
  readonly properties: Readonly<Record<string, PropertySpec>>;
  readonly required?: readonly string[];
}

/** Types that have a name so far, by token. */
export class NamedTypes {
  readonly #types = new Map<string, ComplexTypeSpec>();

  /**
   * Takes a type and answers how it is referred to. Of several places that hold the type the first that says something describes it.
   * @throws Error when another type has that name: a fault of ours, which `named` repairs
   */
  public add(token: string, spec: ComplexTypeSpec): TypeSpec {
    const before = this.#types.get(token);
    const undescribed = (it: ComplexTypeSpec): string => JSON.stringify({ ...it, description: undefined });
    if (before !== undefined && undescribed(before) !== undescribed(spec)) {
      throw new Error(`Two types would be called ${token}. Give one of their shapes a name.`);
    }
    if (before?.description === undefined) this.#types.set(token, spec);
    return { $ref: `#/types/${token}` };
  }

  /** All of them, in the order of their names. */
  public get all(): Readonly<Record<string, ComplexTypeSpec>> {
    return Object.fromEntries([...this.#types].sort(([a], [b]) => (a < b ? -1 : 1)));
  }
}

/**
 * Puts what a schema describes into Pulumi's types, which know no nothing, no tuple and no mapping without a name.
 * @param about What describes a mapping that has no words of its own: the property that holds it, or a list of it.
 */
export function pulumiType(held: JsonNode, token: string, types: NamedTypes, about?: string): TypeSpec {
  const node = about === undefined ? held : { description: about, ...held };
  const alternatives = alternativesOf(node);
  if (alternatives.length > 0) return unionOf(alternatives, token, types, node.description);
  if (node.typeName !== undefined) {
    const [area = "", name = ""] = node.typeName.split(":");
    return objectOf(node, `azure-gpu-cluster:${area}:${name}`, types);
  }
  switch (node.type) {
    case "object":
      if (node.properties !== undefined) return objectOf(node, token, types);
      return {
        type: "object",
        additionalProperties: pulumiType(nodeOf(node.additionalProperties, token), token, types, node.description),
      };
    case "array":
      return { type: "array", items: pulumiType(nodeOf(node.items, token), singular(token), types, node.description) };
    case "string":
    case "integer":
    case "number":
    case "boolean":
      return { type: node.type };
    default:
      if (node.const !== undefined) return { type: typeof node.const };
      throw new Error(`${token} is of a type that Pulumi's schema does not have: ${JSON.stringify(node)}`);
  }
}

/** What a value may be one of. Of plain types JSON Schema writes a list of their names. */
function alternativesOf(node: JsonNode): readonly JsonNode[] {
  const types: unknown = node.type;
  if (Array.isArray(types)) return types.map((type: JsonNode["type"]) => ({ ...node, type }) as JsonNode);
  return [...(node.anyOf ?? []), ...(node.oneOf ?? [])].map((it) => it as JsonNode);
}

function objectOf(node: JsonNode, token: string, types: NamedTypes): TypeSpec {
  const properties = propertiesOf(node, token, types);
  const required = requiredOf(node);
  return types.add(token, {
    type: "object",
    ...(node.description !== undefined && { description: node.description }),
    properties,
    ...(required.length > 0 && { required }),
  });
}

/** Properties of a mapping with known keys. */
export function propertiesOf(node: JsonNode, token: string, types: NamedTypes): Record<string, PropertySpec> {
  return Object.fromEntries(
    Object.entries(node.properties ?? {}).map(([key, it]) => {
      const property = nodeOf(it, token);
      const description = descriptionOf(property);
      const type = pulumiType(property, `${token}${capitalised(key)}`, types);
      return [key, { ...type, ...(description !== "" && { description }) }];
    }),
  );
}

/** Keys that must be there. */
export function requiredOf(node: JsonNode): string[] {
  return [...(node.required ?? [])].sort();
}

/**
 * What the doc comment says; the words that are possible, since YAML takes no output of a type with words for an input of the same type
 * (pulumi-yaml 1.32.0); and the default, which is not told to Pulumi: each of its languages would fill it in.
 */
function descriptionOf({ description = "", enum: words = [], default: usual }: JsonNode): string {
  const oneOf = words.length > 1 ? `One of ${words.map(String).join(", ")}.` : "";
  const told = usual === undefined || /\bDefault:/.test(description) || typeof usual === "object";
  return [description, oneOf, ...(told ? [] : [`Default: ${JSON.stringify(usual)}.`])]
    .filter((it) => it !== "")
    .join(" ");
}

function unionOf(
  alternatives: readonly JsonNode[],
  token: string,
  types: NamedTypes,
  about: string | undefined,
): TypeSpec {
  const some = alternatives.filter((it) => it.type !== "null");
  const mappings = some.filter((it) => it.properties !== undefined);
  const specs = some.map((it) => {
    // Several mappings are told apart by what only they must have.
    const suffix = mappings.length > 1 && mappings.includes(it) ? markOf(it, mappings) : "";
    return pulumiType(it, `${token}${suffix}`, types, about);
  });
  const distinct = [...new Map(specs.map((it) => [JSON.stringify(it), it])).values()];
  const [only] = distinct;
  if (only === undefined) throw new Error(`${token} has no type but nothing.`);
  return distinct.length === 1 ? only : { oneOf: distinct };
}

/** A key that one alternative has and no other. */
function markOf(node: JsonNode, all: readonly JsonNode[]): string {
  const others = all.filter((it) => it !== node).flatMap((it) => Object.keys(it.properties ?? {}));
  const own = Object.keys(node.properties ?? {}).find((it) => !others.includes(it));
  return own === undefined ? String(all.indexOf(node) + 1) : capitalised(own);
}

function nodeOf(node: unknown, token: string): JsonNode {
  if (typeof node !== "object" || node === null) throw new Error(`${token} says nothing of what is in it.`);
  return node as JsonNode;
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function singular(token: string): string {
  return token.replace(/ies$/, "y").replace(/([^s])s$/, "$1");
}
