import { text } from "../core/property-tree";
import { projectName } from "./config/sections";

/** A text that a stack file says in a section, before anybody has judged the file; `undefined` where it says none. */
export function writtenValue(
  values: Readonly<Record<string, string>>,
  section: string,
  path: string,
): string | undefined {
  try {
    return text(JSON.parse(values[`${projectName}:${section}`] ?? "null"), path);
  } catch {
    // A section that is a plain text, and no mapping, is refused by whoever reads the file.
    return undefined;
  }
}
