import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** Top-level properties of a type, as the SDK that the program uses knows them. */
export interface TypeShape {
  readonly inputs: readonly string[];
  readonly required: readonly string[];
  /** Properties that only Azure sets. */
  readonly outputs: readonly string[];
}

const shapes = new Map<string, TypeShape | undefined>();

/**
 * Reads the properties of a type out of the installed SDK's source: the provider's own schema is 200 MB and not here,
 * and importing the class would cost more than reading it. `undefined` for a type that the SDK does not have.
 */
export function typeShape(type: string): TypeShape | undefined {
  if (!shapes.has(type)) shapes.set(type, readShape(type));
  return shapes.get(type);
}

function readShape(type: string): TypeShape | undefined {
  const [, module, name] = /^azure-native:(\w+):(\w+)$/.exec(type) ?? [];
  if (module === undefined || name === undefined) return undefined;
  const sdk = dirname(createRequire(__filename).resolve("@pulumi/azure-native/package.json"));
  const file = join(sdk, module, `${name.charAt(0).toLowerCase()}${name.slice(1)}.js`);
  if (!existsSync(file)) return undefined;

  // The constructor lists all inputs, then all outputs; what follows `else` is for reading an existing resource.
  const [constructed = ""] = readFileSync(file, "utf8").split(/\n {8}else \{/);
  const all = (pattern: RegExp): string[] => [...constructed.matchAll(pattern)].map((it) => it[1] ?? "");
  return {
    inputs: all(/resourceInputs\["(\w+)"\] = (?!undefined \/\*out)/g),
    outputs: all(/resourceInputs\["(\w+)"\] = undefined \/\*out/g),
    required: all(/args\?\.(\w+) === undefined && !opts\.urn/g),
  };
}
