import { createHash } from "node:crypto";
import type { NameParts } from "./scope";

/**
 * Physical name in Azure's recommended form: type, workload, environment, region, then the role if there are several.
 * @see https://learn.microsoft.com/azure/cloud-adoption-framework/ready/azure-best-practices/resource-naming
 */
export function physicalName(type: string, { workload, environment, location }: NameParts, role?: string): string {
  return [type, workload, environment, location, ...(role === undefined ? [] : [role])].join("-");
}

/**
 * The role that a component's name plays in a physical name: none for the one that every environment has, so that its name
 * stays short and a second one never meets it.
 * @param usual Name of the component in a stack file's environment, for example `lustre`.
 */
export function roleOf(name: string, usual: string): string | undefined {
  return name === usual ? undefined : name;
}

/** What a name may look like that is part of a host name. */
export interface WorldName {
  readonly maxLength: number;
  readonly hyphens: boolean;
}

/** Name that is unique in the world, in lowercase letters, digits and, where they are allowed, hyphens. */
export function globalName(type: string, names: NameParts, { maxLength, hyphens }: WorldName, role?: string): string {
  const { workload, environment, suffix } = names;
  const between = hyphens ? "-" : "";
  const parts = [type, workload, environment, ...(role === undefined ? [] : [role])];
  const readable = parts.join(between).replace(hyphens ? /[^a-z0-9-]/g : /[^a-z0-9]/g, "");
  // The role is in the digits, too: what is readable of it may be cut off.
  const digits = role === undefined ? suffix : nameSuffix(suffix, role);
  const room = maxLength - digits.length - between.length;
  return readable.slice(0, room).replace(/-+$/, "") + between + digits;
}

/**
 * Parts of the names of what holds the state of an environment: with the environment's own name, so that it is seen, and digits of who
 * holds it, so that it never meets what that environment makes.
 */
export function namesOfState(environment: string, names: NameParts): NameParts {
  return { ...names, environment, suffix: nameSuffix(names.suffix, environment) };
}

/** Eight hexadecimal digits from the parts that tell two environments apart. Same parts, same digits. */
export function nameSuffix(...parts: readonly string[]): string {
  return createHash("sha256").update(parts.join("/")).digest("hex").slice(0, 8);
}

/**
 * A UUID from a text, always the same one (RFC 9562, version 5, in a name space of this project). Role assignments are
 * named by UUID: a random one would make a second `up` assign the role twice.
 */
export function stableUuid(text: string): string {
  const hash = createHash("sha1").update("6f1d7f0e-5a3b-4a66-9d35-0f6a2b1c9e77").update(text).digest();
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x50, 6);
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = hash.toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join("-");
}

/** Whether a text is a UUID other than the nil one: an object, client or subscription ID. */
export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text) && !/^[0-]+$/.test(text);
}
