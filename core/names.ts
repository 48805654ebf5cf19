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

/** Name that is unique in the world and holds only lowercase letters and digits: storage accounts (3 to 24). */
export function globalName(type: string, { workload, environment, suffix }: NameParts, role?: string): string {
  const readable = `${type}${workload}${environment}${role ?? ""}`.replace(/[^a-z0-9]/g, "");
  // The role is in the digits, too: what is readable of it may be cut off.
  const digits = role === undefined ? suffix : nameSuffix(suffix, role);
  return readable.slice(0, 24 - digits.length) + digits;
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
