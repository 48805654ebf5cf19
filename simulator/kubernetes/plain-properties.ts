import { hasUnknown, isSecret, secret, unwrap } from "../../core/property-marks";
import { read, type Path } from "../../core/property-tree";
import { isList, isRecord, type Props, type Value } from "../../core/property-value";

const redacted = "[secret]";

/** Properties as Kubernetes wants them, and where the secrets were that stand open in them now. */
export interface PlainProperties {
  readonly value: Props;
  readonly secrets: readonly Path[];
  /** Whether anything in them is only known at `up`. */
  readonly hasUnknown: boolean;
}

/** Takes the wrappers of secrets off, all the way down. */
export function plain(properties: Props): PlainProperties {
  const secrets: Path[] = [];
  const walk = (value: Value, path: Path): Value => {
    if (isSecret(value)) {
      secrets.push(path);
      return walk(unwrap(value), path);
    }
    if (isList(value)) return value.map((item, index) => walk(item, [...path, index]));
    if (!isRecord(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, walk(item, [...path, key])]));
  };
  const value = walk(properties, []);
  return { value: isRecord(value) ? value : {}, secrets, hasUnknown: hasUnknown(value) };
}

/** Puts secrets back where they were, as far as something lies there. */
export function withSecrets(value: Props, secrets: readonly Path[]): Props {
  // Inner ones first: an outer wrapper would hide them from the walk.
  const inside = [...secrets].sort((one, other) => other.length - one.length);
  return inside.reduce<Props>((marked, path) => {
    const next = mark(marked, path);
    return isRecord(next) ? next : marked;
  }, value);
}

function mark(value: Value, path: Path): Value {
  const [first, ...rest] = path;
  if (first === undefined) return isSecret(value) ? value : secret(value);
  if (isList(value)) return value.map((item, index) => (index === first ? mark(item, rest) : item));
  if (!isRecord(value)) return value;
  const item = value[first];
  return item === undefined ? value : { ...value, [first]: mark(item, rest) };
}

/** Takes the texts of secrets out of a message: the API server repeats values that it refuses. */
export function redact(message: string, { value, secrets }: Pick<PlainProperties, "value" | "secrets">): string {
  const texts = secrets.flatMap((path) => leaves(read(value, path))).filter((text) => text.length > 3);
  return texts.reduce((safe, text) => safe.replaceAll(text, redacted), message);
}

function leaves(value: Value | undefined): string[] {
  if (typeof value === "string") return [value, Buffer.from(value).toString("base64")];
  if (isList(value)) return value.flatMap(leaves);
  return isRecord(value) ? Object.values(value).flatMap(leaves) : [];
}
