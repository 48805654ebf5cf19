import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { isList, isRecord } from "../core/property-value";

/**
 * Runs something in which properties stay plain values on their way to a monitor. For the wire the SDK makes a message of every value,
 * which a monitor in the same process would only take apart again: that was a sixth of the cost of a resource.
 */
export async function withoutMessages<T>(run: () => Promise<T>): Promise<T> {
  const usual = { fromJavaScript: Reflect.get(Struct, "fromJavaScript") as unknown };
  Object.assign(Struct, {
    fromJavaScript: (given: unknown) => Object.assign(new Struct(), { toJavaScript: () => asReceived(given) }),
  });
  try {
    return await run();
  } finally {
    Object.assign(Struct, usual);
  }
}

/** A copy with its keys in order, as a message gives them back. */
function asReceived(value: unknown): unknown {
  if (isList(value)) return value.map(asReceived);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, asReceived(value[key])]),
  );
}
