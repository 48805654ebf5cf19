import type { NameRule } from "./name-rule";
import published from "./types.json";

/** How ARM addresses a resource that Pulumi makes. */
export interface ArmType {
  /** ARM type, for example `Microsoft.Network/virtualNetworks/subnets`. */
  readonly arm: string;
  /** Its ID, with the inputs that name it in braces. */
  readonly path: string;
  /** Inputs that name the resource, in the order of the ARM ID: group or scope first, own name last. */
  readonly names: readonly string[];
  /** Names that are always the same, by type segment: a blob container hangs under `blobServices/default`. */
  readonly fixedNames: Readonly<Record<string, string>>;
  /** Rule for the own name, `null` when none is published. */
  readonly name: NameRule | null;
}

/** Every type that is known, registered by this project or not, by type token without API version. */
export const armTypes: ReadonlyMap<string, ArmType> = new Map(
  Object.entries<{ readonly path: string; readonly name?: NameRule }>(published.types).map(([token, it]) => [
    `azure-native:${token}`,
    armType(it.path, it.name ?? null),
  ]),
);

/** The ARM type of a Pulumi type token, with or without an API version in it. */
export function findArmType(token: string): ArmType | undefined {
  return armTypes.get(plainToken(token));
}

/**
 * A type token without the API version that a program fixed: before its name (`azure-native:compute/v20240701:Disk`), or in the name of a
 * local package (`azure-native_compute_v20240701:compute:Disk`).
 * Source: Pulumi's announcement of azure-native 3 (2025-04-03, explicit API versions via local packages)
 */
export function plainToken(token: string): string {
  return token.replace(/^azure-native(?:_\w+)?:(\w+)(?:\/[^:]+)?:/, "azure-native:$1:");
}

/** Whether a type token is one of azure-native, in whichever API version. */
export function isAzureNative(token: string): boolean {
  return plainToken(token).startsWith("azure-native:");
}

function armType(path: string, name: NameRule | null): ArmType {
  const names = [...path.matchAll(/\{(\w+)\}/g)].flatMap((it) => it[1] ?? []).filter((it) => it !== "subscriptionId");
  const [, own] = path.split(/\/providers\/(?!.*\/providers\/)/);
  if (own === undefined) return { arm: "Microsoft.Resources/resourceGroups", path, names, fixedNames: {}, name };
  const [provider = "", ...rest] = own.split("/");
  const segments = rest.filter((_, at) => at % 2 === 0);
  const fixed = segments.map((it, at) => [it, rest[2 * at + 1] ?? ""] as const).filter(([, it]) => !it.startsWith("{"));
  return { arm: [provider, ...segments].join("/"), path, names, fixedNames: Object.fromEntries(fixed), name };
}
