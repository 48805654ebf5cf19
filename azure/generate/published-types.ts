import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { NameRule } from "../name-rule";

/** What Microsoft publishes of one ARM type in one API version. */
export interface PublishedType {
  /** For example `Microsoft.Network/virtualNetworks/subnets`, in the case that Microsoft writes. */
  readonly arm: string;
  /** Properties of the body; those of its `properties` stand beside them, as in the SDK. */
  readonly properties: ReadonlySet<string>;
  /** Rule for the own name, `null` when none is published. */
  readonly name: NameRule | null;
}

const reference = z.object({ $ref: z.string() });
/** Flag 2 marks what only the service sets. */
const property = z.object({ type: reference, flags: z.number() });
const entry = z.object({
  $type: z.string(),
  name: z.string().optional(),
  body: reference.optional(),
  properties: z.record(z.string(), property).optional(),
  baseProperties: z.record(z.string(), property).optional(),
  // A union lists its members; a type told apart by a property has them by name.
  elements: z.union([z.array(reference), z.record(z.string(), reference)]).optional(),
  minLength: z.number().optional(),
  maxLength: z.number().optional(),
  pattern: z.string().optional(),
  value: z.string().optional(),
});
type Entry = z.output<typeof entry>;

/**
 * Reads one API version of one provider. Several areas of the published types may describe the same provider.
 * @param folder a checkout of https://github.com/Azure/bicep-types-az
 * @param provider in lower case, for example `microsoft.network`
 */
export function readPublishedTypes(folder: string, provider: string, apiVersion: string): PublishedType[] {
  const root = join(folder, "generated");
  return readdirSync(root)
    .map((area) => join(root, area, provider, apiVersion, "types.json"))
    .filter((file) => existsSync(file))
    .flatMap((file) => typesOf(z.array(entry).parse(JSON.parse(readFileSync(file, "utf8")))));
}

function typesOf(entries: readonly Entry[]): PublishedType[] {
  const at = ({ $ref }: z.output<typeof reference>): Entry => entries[Number($ref.slice(2))] ?? { $type: "nothing" };
  const membersOf = ({ elements }: Entry): Entry[] => Object.values(elements ?? {}).map(at);
  const fieldsOf = (type: Entry): (readonly [string, Entry])[] =>
    [type, ...membersOf(type)].flatMap(({ properties, baseProperties }) =>
      Object.entries({ ...baseProperties, ...properties }).flatMap(([key, it]) =>
        (it.flags & 2) === 0 ? [[key, at(it.type)] as const] : [],
      ),
    );
  return entries.flatMap(({ $type, name, body }) => {
    // A few types are published a second time, in another letter case.
    if ($type !== "ResourceType" || name?.startsWith("Microsoft.") !== true || body === undefined) return [];
    const fields = fieldsOf(at(body));
    const own = fields.find(([key]) => key === "name")?.[1];
    const all = fields.flatMap(([key, it]) => (key === "properties" ? fieldsOf(it) : [[key, it] as const]));
    return [
      {
        arm: name.split("@")[0] ?? name,
        properties: new Set([...all.map(([key]) => key), "properties"].filter((it) => it !== "name")),
        name: own === undefined ? null : nameRule(own, membersOf(own)),
      },
    ];
  });
}

/** A name is a text with limits, one literal, or one of several. */
function nameRule(own: Entry, members: readonly Entry[]): NameRule | null {
  const values = [own, ...members].flatMap(({ value }) => value ?? []);
  if (values.length > 0) return { values };
  const { minLength, maxLength, pattern } = own;
  const rule = {
    ...(minLength !== undefined && { min: minLength }),
    ...(maxLength !== undefined && { max: maxLength }),
    ...(pattern !== undefined && { pattern }),
  };
  return Object.keys(rule).length === 0 ? null : rule;
}
