import { isRecord, type Json, type JsonObject, objectAt, sameJson, without } from "./json";

/**
 * Inputs that the live object amounts to. Where applying the old inputs again would change nothing they stand as they
 * are written (the server writes `1024Gi` as `1Ti`, and that is no drift); elsewhere the live value stands.
 * @param applied what the server would make of `inputs` now
 */
export function liveInputs(inputs: JsonObject, live: JsonObject, applied: JsonObject): JsonObject {
  const value = project(inputs, live, applied);
  return isRecord(value) ? value : {};
}

function project(input: Json, live: Json | undefined, applied: Json | undefined): Json | undefined {
  if (isRecord(input) && isRecord(live)) {
    const after = isRecord(applied) ? applied : {};
    const pairs = Object.entries(input).map(([key, item]) => [key, project(item, live[key], after[key])] as const);
    return Object.fromEntries(pairs.flatMap(([key, item]) => (item === undefined ? [] : [[key, item]])));
  }
  if (Array.isArray(input) && Array.isArray(live) && input.length === live.length) {
    const after = Array.isArray(applied) ? applied : [];
    return input.map((item, index) => project(item, live[index], after[index]) ?? null);
  }
  return sameJson(live, applied) ? input : live;
}

/** What somebody has set: the inputs of an object that is imported. */
export function ownedInputs(live: JsonObject): JsonObject {
  const { name, namespace, labels, annotations } = objectAt(live, "metadata");
  const metadata = { name, namespace, labels, annotations };
  const known = Object.entries(metadata).flatMap(([key, value]) =>
    value === undefined ? [] : [[key, value] as const],
  );
  return { ...without(live, "status"), metadata: Object.fromEntries(known) };
}

/** The object as it is kept in the state: without the server's bookkeeping, which changes with every look. */
export function stateOf(live: JsonObject): JsonObject {
  return { ...live, metadata: without(objectAt(live, "metadata"), "managedFields") };
}
