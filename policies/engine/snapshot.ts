import { isList, isRecord } from "../../core/property-value";
import { locate, read } from "../../core/property-tree";
import { unknownValue } from "../../core/property-marks";

/**
 * A plain copy of properties as the policy SDK hands them over. There, reading an unknown value throws; here it is a
 * marker that rules can ask for, so that a rule still judges everything else.
 */
export function snapshot(props: unknown): Readonly<Record<string, unknown>> {
  const copy = copyOf(props);
  return isRecord(copy) ? copy : {};
}

/** The value at a place of the original properties, without a copy of the rest. */
export function peek(props: unknown, path: string): unknown {
  return readable(() => read(props, path));
}

/** Reads a place of the original properties, for the error that the SDK throws when it is unknown. */
export function touch(props: unknown, path: string): void {
  locate(props, path);
}

function copyOf(value: unknown): unknown {
  if (isList(value)) return Array.from({ length: value.length }, (_, at) => readable(() => value[at]));
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.keys(value).map((key) => [key, readable(() => value[key])]));
}

function readable(get: () => unknown): unknown {
  let value: unknown;
  try {
    value = get();
  } catch {
    return unknownValue;
  }
  return copyOf(value);
}
