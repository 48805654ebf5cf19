import { partsOf } from "../core/urn";
import type { Finding } from "../policies/engine/judge";
import { countText } from "./count-text";
import type { Paint } from "./render-text";

/**
 * Findings as a person reads them, and what comes of them.
 * @param consequence What follows from a mandatory one, where that is known.
 */
export function findingLines(
  findings: readonly Finding[],
  paint: Paint,
  consequence = ": up would be refused",
): string[] {
  const mandatory = findings.filter((it) => it.level === "mandatory").length;
  const list = findings.map(({ level, rule, urn, message }) => {
    const { types, name } = partsOf(urn);
    return paint(
      level === "mandatory" ? "red" : level === "excepted" ? "dim" : "yellow",
      `  ${level} ${rule} on ${types} ${name}\n    ${message}`,
    );
  });
  const verdict =
    mandatory > 0
      ? paint("red", `  ${countText(mandatory, "mandatory finding")}${consequence}`)
      : paint("green", `  no mandatory finding`);
  return [...list, verdict];
}
