import type { Line } from "../preflight/line";
import type { PreflightReport } from "./preflight-stack";

/** What a pipeline reads: JUnit XML, a test case for each line. What could not be asked is an error, and not a failure. */
export function preflightJUnit({ environment, subscriptionId, lines }: PreflightReport): string {
  const count = (verdict: Line["verdict"]): number => lines.filter((it) => it.verdict === verdict).length;
  const totals = `tests="${lines.length}" failures="${count("missing")}" errors="${count("unknown")}"`;
  return [
    `<?xml version="1.0" encoding="UTF-8"?>`,
    `<testsuites ${totals}>`,
    `  <testsuite name="${xml(`preflight ${environment}`)}" hostname="${xml(subscriptionId)}" ${totals}>`,
    ...lines.flatMap((line) => testCase(line, environment)),
    "  </testsuite>",
    "</testsuites>",
    "",
  ].join("\n");
}

function testCase({ check, subject, need, have, verdict, remedy }: Line, environment: string): string[] {
  const open = `    <testcase classname="${xml(`preflight.${environment}.${check}`)}" name="${xml(`${subject}: ${need}`)}"`;
  const message = `message="${xml(have)}"`;
  const told = xml(remedy ?? "");
  switch (verdict) {
    case "ok":
      return [`${open}/>`];
    case "missing":
      return [`${open}>`, `      <failure ${message}>${told}</failure>`, "    </testcase>"];
    case "unknown":
      return [`${open}>`, `      <error ${message}>${told}</error>`, "    </testcase>"];
    case "warning":
      return [`${open}>`, `      <system-out>${xml(`${have}. ${remedy ?? ""}`)}</system-out>`, "    </testcase>"];
  }
}

/** Text as XML may have it: control characters have no place in it, however they are written. */
function xml(text: string): string {
  const marks: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  return text.replace(/[\p{Cc}\uFFFE\uFFFF]/gu, " ").replace(/[&<>"]/g, (it) => marks[it] ?? it);
}
