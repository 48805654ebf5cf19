import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** Top-level properties of a type, as the SDK that the program uses knows them. */
export interface SdkType {
  readonly inputs: readonly string[];
  readonly required: readonly string[];
  /** Properties that only Azure sets. */
  readonly outputs: readonly string[];
  /** Version of the ARM API that the class stands for. */
  readonly apiVersion: string;
}

const known = new Map<string, SdkType | undefined>();

/**
 * Reads the properties of a type out of the installed SDK's source: the provider's own schema is 200 MB and not here,
 * and importing the class would cost more than reading it. `undefined` for a type that the SDK does not have.
 * @param token Type token without API version.
 */
export function sdkType(token: string): SdkType | undefined {
  if (!known.has(token)) known.set(token, readType(token));
  return known.get(token);
}

function readType(token: string): SdkType | undefined {
  const [, namespace, name] = /^azure-native:(\w+):(\w+)$/.exec(token) ?? [];
  if (namespace === undefined || name === undefined) return undefined;
  const file = join(sdkFolder(), namespace, `${name.charAt(0).toLowerCase()}${name.slice(1)}.js`);
  if (!existsSync(file)) return undefined;

  // The constructor lists all inputs, then all outputs; what follows `else` is for reading an existing resource.
  const [constructed = ""] = readFileSync(file, "utf8").split(/\n {8}else \{/);
  const all = (pattern: RegExp): string[] => [...constructed.matchAll(pattern)].map((it) => it[1] ?? "");
  return {
    inputs: all(/resourceInputs\["(\w+)"\] = (?!undefined \/\*out)/g),
    outputs: all(/resourceInputs\["(\w+)"\] = undefined \/\*out/g),
    required: all(/args\?\.(\w+) === undefined && !opts\.urn/g),
    apiVersion: /Uses Azure REST API version ([\w-]+)\./.exec(constructed)?.[1] ?? "",
  };
}

function sdkFolder(): string {
  return dirname(createRequire(__filename).resolve("@pulumi/azure-native/package.json"));
}
