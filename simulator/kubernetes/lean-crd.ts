import { list, record } from "../../core/property-tree";
import { isList, isRecord, type Props, toProps, type Value } from "../../core/property-value";

/**
 * A CRD without the descriptions of its fields. It accepts and refuses the same, and is less than half as large: the server reads,
 * merges and writes all of it for each word of its status.
 */
export function leanCrd(crd: Props): Props {
  const versions = list(crd, "spec.versions").map((it) => {
    const version = toProps(it);
    return { ...version, schema: { openAPIV3Schema: leanSchema(record(version, "schema.openAPIV3Schema")) } };
  });
  return { ...crd, spec: { ...record(crd, "spec"), versions } };
}

/** Where a schema holds others: one or a list of them, or one under each name. */
const nested = new Set(["items", "additionalProperties", "not", "allOf", "anyOf", "oneOf"]);
const named = new Set(["properties", "patternProperties"]);

function leanSchema(schema: Props): Props {
  const lean: Record<string, Value> = {};
  for (const [key, it] of Object.entries(schema)) {
    if (nested.has(key)) lean[key] = leanEach(it);
    else if (named.has(key) && isProps(it)) {
      lean[key] = Object.fromEntries(Object.entries(it).map(([name, one]) => [name, leanEach(one)]));
    } else if (key !== "description") lean[key] = it;
  }
  return lean;
}

function leanEach(it: Value): Value {
  if (isList(it)) return it.map(leanEach);
  return isProps(it) ? leanSchema(it) : it;
}

function isProps(value: Value): value is Props {
  return isRecord(value);
}
