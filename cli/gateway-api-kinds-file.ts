import { mapValue, isRecord, type Props, type Value } from "../core/property-value";
import { crdSource } from "../simulator/kubernetes/crd-sources";

/**
 * The file with the kinds of the Gateway API, a kind a line. Explanations of fields are left out: they are three quarters of it, and nothing
 * but `kubectl explain` reads them.
 */
export function gatewayApiKindsFile(crds: readonly Props[]): string {
  const { module, version, path } = crdSource("gatewayApi");
  const head = { source: `${module}@${version}: ${path}`, license: "Apache-2.0" };
  const kinds = crds.map((it) => JSON.stringify(withoutExplanations(it)));
  return `${JSON.stringify(head).slice(0, -1)},"kinds":[\n${kinds.join(",\n")}\n]}\n`;
}

/** A field may be called `description`, too: that one is no text but a schema. */
function withoutExplanations(value: Value): Value {
  if (!isRecord(value)) return mapValue(value, withoutExplanations);
  const kept = Object.entries(value).filter(([key, it]) => key !== "description" || typeof it !== "string");
  return mapValue(Object.fromEntries(kept), withoutExplanations);
}
