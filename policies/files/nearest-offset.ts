import { type Document, isAlias, isMap, isNode, isScalar, isSeq } from "yaml";
import type { Path } from "../../core/property-tree";

/**
 * Offset at which what lies at a path of a document begins: the key of an entry, the first sign of an item. Where there is nothing, that of
 * the nearest thing above, so that who is told of an absent key sees where it belongs.
 * @param between A key that stands between steps of the path without being named there.
 */
export function nearestOffset(document: Document, path: Path, between?: string): number | undefined {
  let place: Place | undefined = { value: document.contents, start: offsetOf(document.contents) };
  let start = place.start;
  for (const step of path) {
    const inside: Place | undefined = between === undefined ? undefined : below(document, place.value, between);
    place = below(document, place.value, step) ?? (inside && below(document, inside.value, step));
    if (place === undefined) break;
    start = place.start;
  }
  return start;
}

interface Place {
  readonly value: unknown;
  readonly start: number | undefined;
}

function below(document: Document, value: unknown, step: Path[number]): Place | undefined {
  const node = isAlias(value) ? value.resolve(document) : value;
  if (isSeq(node)) {
    const item = node.items[Number(step)];
    return isNode(item) ? { value: item, start: offsetOf(item) } : undefined;
  }
  if (!isMap(node)) return undefined;
  const pair = node.items.find(({ key }) => isScalar(key) && key.value === step);
  return pair && { value: pair.value, start: offsetOf(pair.key) };
}

function offsetOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}
