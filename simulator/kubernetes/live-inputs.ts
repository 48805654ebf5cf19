import { isList, isRecord, type Value, type Props, same, without } from "../../core/property-value";
import { record } from "../../core/property-tree";

/**
 * Inputs that the live object amounts to. Where applying the old inputs again would change nothing they stand as they
 * are written (the server writes `1024Gi` as `1Ti`, and that is no drift); elsewhere the live value stands.
 * @param applied what the server would make of `inputs` now
 */
export function liveInputs(inputs: Props, live: Props, applied: Props): Props {
  const value = project(inputs, live, applied);
  return isRecord(value) ? value : {};
}

function project(input: Value, live: Value | undefined, applied: Value | undefined): Value | undefined {
  if (isRecord(input) && isRecord(live)) {
    const after = isRecord(applied) ? applied : {};
    const pairs = Object.entries(input).map(([key, item]) => [key, project(item, live[key], after[key])] as const);
    return Object.fromEntries(pairs.flatMap(([key, item]) => (item === undefined ? [] : [[key, item]])));
  }
  if (isList(input) && isList(live) && input.length === live.length) {
    const after = isList(applied) ? applied : [];
    return input.map((item, index) => project(item, live[index], after[index]) ?? null);
  }
  return same(live, applied) ? input : live;
}

/** What somebody has set: the inputs of an object that is imported. */
export function ownedInputs(live: Props): Props {
  const { name, namespace, labels, annotations } = record(live, "metadata");
  const metadata = { name, namespace, labels, annotations };
  const known = Object.entries(metadata).flatMap(([key, value]) =>
    value === undefined ? [] : [[key, value] as const],
  );
  return { ...without(live, "status"), metadata: Object.fromEntries(known) };
}

/** The object as it is kept in the state: without the server's bookkeeping, which changes with every look. */
export function stateOf(live: Props): Props {
  return { ...live, metadata: without(record(live, "metadata"), "managedFields") };
}
