import { isList, isRecord, mapProps, mapValue, type Props, type Value } from "./property-value";

/** What stands for a value that is not known before the update. */
export const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/**
 * All texts by which the engine says so, one for each kind of value. They are part of the wire format
 * (pulumi/pulumi `sdk/go/common/resource/plugin/rpc.go`), and `pulumi preview --json` prints them too.
 */
const unknownMarkers = [
  unknownValue,
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
];

/** Key of a wrapped value: a secret, an output or an asset. What it says tells which. */
export const signatureKey = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";

/** Whether a value is not known before the update. */
export function isUnknown(value: unknown): boolean {
  return typeof value === "string" && unknownMarkers.includes(value);
}

/** Whether a value is unknown or holds anything unknown. A text that was made from an unknown one is unknown, too. */
export function hasUnknown(value: unknown): boolean {
  if (typeof value === "string") return unknownMarkers.some((marker) => value.includes(marker));
  if (isList(value)) return value.some(hasUnknown);
  return isRecord(value) && Object.values(value).some(hasUnknown);
}

/** Marks a value as secret. */
export function secret(value: Value): Props {
  return { [signatureKey]: secretSignature, value };
}

/** Whether a value is marked as a secret. */
export function isSecret(value: unknown): boolean {
  return isRecord(value) && value[signatureKey] === secretSignature;
}

/** What a secret or an output wraps, and any other value as it is. One that wraps nothing is not known. */
export function unwrap(value: Value): Value;
export function unwrap(value: unknown): unknown;
export function unwrap(value: unknown): unknown {
  let inner = value;
  while (isRecord(inner) && Object.hasOwn(inner, signatureKey)) {
    inner = Object.hasOwn(inner, "value") ? inner["value"] : unknownValue;
  }
  return inner;
}

/** The value without the marks of secrets, at any depth. Never goes to disk or into a message. */
export function reveal(value: Value): Value {
  return isSecret(value) ? reveal(unwrap(value)) : mapValue(value, reveal);
}

/** `reveal` for all properties of a resource. */
export function revealAll(props: Props): Props {
  return mapProps(props, reveal);
}
