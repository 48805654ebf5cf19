import type { Line } from "../preflight/line";
import type { PreflightReport } from "./preflight-stack";
import { xmlText } from "./xml-text";

/** What a pipeline reads: JUnit XML, a test case for each line. What could not be asked is an error, and not a failure. */
export function preflightJUnit({ environment, subscriptionId, lines }: PreflightReport): string {
  const count = (verdict: Line["verdict"]): number => lines.filter((it) => it.verdict === verdict).length;
  const totals = `tests="${lines.length}" failures="${count("missing")}" errors="${count("unknown")}"`;
  return [
    `<?xml version="1.0" encoding="UTF-8"?>`,
    `<testsuites ${totals}>`,
    `  <testsuite name="${xmlText(`preflight ${environment}`)}" hostname="${xmlText(subscriptionId)}" ${totals}>`,
    ...lines.flatMap((line) => testCase(line, environment)),
    "  </testsuite>",
    "</testsuites>",
    "",
  ].join("\n");
}

function testCase({ check, subject, need, have, verdict, remedy }: Line, environment: string): string[] {
  const open = `    <testcase classname="${xmlText(`preflight.${environment}.${check}`)}" name="${xmlText(`${subject}: ${need}`)}"`;
  const message = `message="${xmlText(have)}"`;
  const told = xmlText(remedy ?? "");
  switch (verdict) {
    case "ok":
      return [`${open}/>`];
    case "missing":
      return [`${open}>`, `      <failure ${message}>${told}</failure>`, "    </testcase>"];
    case "unknown":
      return [`${open}>`, `      <error ${message}>${told}</error>`, "    </testcase>"];
    case "warning":
      return [`${open}>`, `      <system-out>${xmlText(`${have}. ${remedy ?? ""}`)}</system-out>`, "    </testcase>"];
  }
}
