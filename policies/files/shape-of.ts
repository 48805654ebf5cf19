import { show, showKey } from "../../core/problems";
import { isList, isRecord } from "../../core/property-value";

/** How many keys are named: what is no object of a cluster may have thousands. */
const named = 8;

/** What something looks like without what it says, which may be of a secret: files of people hold passwords at every place. */
export function shapeOf(value: unknown): string {
  if (isList(value)) return `a list of ${value.length}`;
  if (typeof value === "string") return "a text";
  if (!isRecord(value)) return show(value);
  const keys = Object.keys(value);
  if (keys.length === 0) return "{}";
  const more = keys.length > named ? ` and ${keys.length - named} more` : "";
  return `{ ${keys.slice(0, named).map(showKey).join(", ")}${more} }`;
}
