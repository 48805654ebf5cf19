import { readFileSync } from "node:fs";
import path from "node:path";
import type { Surface } from "./record";

/** As much of a schema as names things. */
interface Schema {
  readonly type?: unknown;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly $ref?: string;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
}

/** Keys of a stack file, however deep: `config.azure-gpu-cluster:gpuPools.*.size`. */
export function stackFileSurface(root: string): Surface {
  return new Map(keysBelow("", read(root, "stacks/stack-file.schema.json") as Schema));
}

/** Types of the plugin, with what they take and give: `azure-gpu-cluster:cluster:GpuPool.size`. */
export function providerSurface(root: string): Surface {
  const { resources, types } = read(root, "provider/schema.json") as {
    readonly resources: Readonly<Record<string, Schema & PackagedComponent>>;
    readonly types: Readonly<Record<string, Schema>>;
  };
  return new Map([
    ...Object.entries(resources).flatMap(([token, { inputProperties = {}, requiredInputs = [], ...outputs }]) => [
      [token, "resource"] as const,
      ...keysBelow(token, { properties: inputProperties, required: requiredInputs }),
      ...keysBelow(`${token} gives`, outputs),
    ]),
    ...Object.entries(types).flatMap(([token, type]) => [[token, shown(type)] as const, ...keysBelow(token, type)]),
  ]);
}

interface PackagedComponent {
  readonly inputProperties?: Readonly<Record<string, Schema>>;
  readonly requiredInputs?: readonly string[];
}

function read(root: string, file: string): unknown {
  return JSON.parse(readFileSync(path.join(root, file), "utf8"));
}

function keysBelow(at: string, schema: Schema): (readonly [string, string])[] {
  const { properties = {}, required = [], additionalProperties, items, anyOf = [], oneOf = [] } = schema;
  const each = typeof additionalProperties === "object" ? [["*", additionalProperties] as const] : [];
  return [
    ...[...Object.entries(properties), ...each].flatMap(([key, it]) => {
      const name = at === "" ? key : `${at}.${key}`;
      return [[name, `${required.includes(key) ? "required " : ""}${shown(it)}`] as const, ...keysBelow(name, it)];
    }),
    ...(items === undefined ? [] : keysBelow(`${at}[]`, items)),
    ...[...anyOf, ...oneOf].flatMap((it) => keysBelow(at, it)),
  ];
}

/** What a value may be, in a few words. */
function shown({ type, enum: values, const: only, $ref, anyOf = [], oneOf = [] }: Schema): string {
  const many = [...anyOf, ...oneOf];
  if (many.length > 0) return [...new Set(many.map(shown))].join(" | ");
  if (only !== undefined) return JSON.stringify(only);
  // The many sizes and regions of Azure are the catalogue's, which follows Azure.
  if (values !== undefined)
    return values.length > 20 ? `one of ${values.length}` : values.map((it) => JSON.stringify(it)).join(" | ");
  return $ref ?? (typeof type === "string" ? type : JSON.stringify(type ?? "anything"));
}
