import { isRecord, type Json, type JsonObject } from "./json";

/** Where a value lies inside an object. */
export type Path = readonly (string | number)[];

const signatureKey = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";
const redacted = "[secret]";

/** How the engine writes a value that is not known yet, by its kind. Source: pulumi/pulumi:sdk/go/common/resource/plugin/rpc.go */
const unknowns: ReadonlySet<unknown> = new Set([
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

/** Properties as Kubernetes wants them, and where the secrets were that stand open in them now. */
export interface PlainProperties {
  readonly value: JsonObject;
  readonly secrets: readonly Path[];
  /** Whether anything in them is only known at `up`. */
  readonly hasUnknown: boolean;
}

/** Takes the wrappers of secrets off, all the way down. */
export function plain(properties: JsonObject): PlainProperties {
  const secrets: Path[] = [];
  let hasUnknown = false;
  const walk = (value: Json, path: Path): Json => {
    if (isUnknown(value)) hasUnknown = true;
    if (Array.isArray(value)) return value.map((item, index) => walk(item, [...path, index]));
    if (!isRecord(value)) return value;
    if (value[signatureKey] === secretSignature) {
      secrets.push(path);
      return walk(value["value"] ?? null, path);
    }
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, walk(item, [...path, key])]));
  };
  const value = walk(properties, []);
  return { value: isRecord(value) ? value : {}, secrets, hasUnknown };
}

/** Puts secrets back where they were, as far as something lies there. */
export function withSecrets(value: JsonObject, secrets: readonly Path[]): JsonObject {
  // Inner ones first: an outer wrapper would hide them from the walk.
  const inside = [...secrets].sort((one, other) => other.length - one.length);
  return inside.reduce<JsonObject>((marked, path) => {
    const next = mark(marked, path);
    return isRecord(next) ? next : marked;
  }, value);
}

function mark(value: Json, path: Path): Json {
  const [first, ...rest] = path;
  if (first === undefined) {
    if (isRecord(value) && value[signatureKey] === secretSignature) return value;
    return { [signatureKey]: secretSignature, value };
  }
  if (Array.isArray(value)) return value.map((item, index) => (index === first ? mark(item, rest) : item));
  if (!isRecord(value)) return value;
  const item = value[first];
  return item === undefined ? value : { ...value, [first]: mark(item, rest) };
}

/** Whether a value is only known at `up`. */
export function isUnknown(value: unknown): boolean {
  return unknowns.has(value);
}

/** Takes the texts of secrets out of a message: the API server repeats values that it refuses. */
export function redact(message: string, { value, secrets }: Pick<PlainProperties, "value" | "secrets">): string {
  const texts = secrets.flatMap((path) => leaves(valueAt(value, path))).filter((text) => text.length > 3);
  return texts.reduce((safe, text) => safe.replaceAll(text, redacted), message);
}

/** The value at a path. */
export function valueAt(value: Json, path: Path): Json | undefined {
  return path.reduce<Json | undefined>((at, key) => {
    if (Array.isArray(at)) return typeof key === "number" ? at[key] : undefined;
    return isRecord(at) ? at[key] : undefined;
  }, value);
}

function leaves(value: Json | undefined): string[] {
  if (typeof value === "string") return [value, Buffer.from(value).toString("base64")];
  if (Array.isArray(value)) return value.flatMap(leaves);
  return isRecord(value) ? Object.values(value).flatMap(leaves) : [];
}
