import { logSections } from "../components/platform/node-health/controller/log-sections";
import type { Reading } from "./check";

/** Reads a part of a message when its tool came to a good end; what did not says nothing. */
export function readSection(
  message: string | undefined,
  name: string,
  read: (lines: readonly string[]) => Reading,
): Reading {
  const section = logSections(message ?? "").get(name);
  if (section === undefined) return nothing(`there is no part '${name}' in what its pod wrote`);
  const { lines, exitCode } = section;
  if (exitCode === null) return nothing(`what its pod wrote ends within '${name}'`);
  if (exitCode !== 0) return nothing(`'${name}' ended with ${exitCode}: ${lines.at(-1) ?? "no word why"}`);
  return read(lines);
}

/** A reading without evidence. */
export function nothing(because: string): Reading {
  return { kind: "no-evidence", because };
}
