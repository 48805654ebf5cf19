import { expect, it } from "vitest";
import { preflightJUnit } from "../../cli/preflight-junit";
import { junitProblems } from "./junit-problems";
import { renderPreflight } from "../../cli/render-preflight";
import { exitCodeOf, type Line, type Verdict } from "../../preflight/line";

const line = (verdict: Verdict, subject: string, remedy: string | null = null): Line => ({
  check: "sizes",
  subject,
  need: "sold in eastus",
  have: `${verdict} there`,
  verdict,
  remedy,
});
const report = {
  environment: "dev",
  subscriptionId: "99999999-9999-4999-8999-999999999999",
  location: "eastus",
  lines: [
    line("ok", "Standard_D4ds_v5"),
    line("missing", 'A <b> & "c"', "az do --it\u0007"),
    line("warning", "Standard_B", "look"),
    line("unknown", "Standard_C", "Run it again"),
  ],
};

it("prints a row a line, what mends it below, and how many there are of each", () => {
  expect(renderPreflight(report, (_, text) => text)).toBe(
    [
      "dev in eastus, asked of subscription 99999999-9999-4999-8999-999999999999",
      "",
      "Verdict  Check  Subject           Needed          There",
      "ok       sizes  Standard_D4ds_v5  sold in eastus  ok there",
      'missing  sizes  A <b> & "c"       sold in eastus  missing there',
      "         az do --it\u0007",
      "warning  sizes  Standard_B        sold in eastus  warning there",
      "         look",
      "unknown  sizes  Standard_C        sold in eastus  unknown there",
      "         Run it again",
      "",
      "1 there, 1 missing, 1 to look at, 1 could not be asked",
      "",
    ].join("\n"),
  );
});

it("colours the verdicts alone, as the terminal has it", () => {
  const painted = renderPreflight(report, (style, text) => `<${style}>${text}</>`);
  expect(painted.match(/<(red|yellow|green)>[^<]*/g)).toEqual([
    "<green>ok     ",
    "<red>missing",
    "<yellow>warning",
    "<yellow>unknown",
  ]);
});

it("writes JUnit XML: a failure for what is missing, an error for what nobody could say", async () => {
  const open = (subject: string): string =>
    `    <testcase classname="preflight.dev.sizes" name="${subject}: sold in eastus"`;
  expect(await junitProblems(preflightJUnit(report))).toEqual([]);
  expect(preflightJUnit(report)).toBe(
    [
      '<?xml version="1.0" encoding="UTF-8"?>',
      '<testsuites tests="4" failures="1" errors="1">',
      '  <testsuite name="preflight dev" hostname="99999999-9999-4999-8999-999999999999" tests="4" failures="1" errors="1">',
      `${open("Standard_D4ds_v5")}/>`,
      `${open("A &lt;b&gt; &amp; &quot;c&quot;")}>`,
      '      <failure message="missing there">az do --it </failure>',
      "    </testcase>",
      `${open("Standard_B")}>`,
      "      <system-out>warning there. look</system-out>",
      "    </testcase>",
      `${open("Standard_C")}>`,
      '      <error message="unknown there">Run it again</error>',
      "    </testcase>",
      "  </testsuite>",
      "</testsuites>",
      "",
    ].join("\n"),
  );
});

it.each<[verdicts: readonly Verdict[], code: number]>([
  [[], 0],
  [["ok", "warning"], 0],
  [["ok", "unknown"], 1],
  [["unknown", "missing"], 3],
])("%j ends with %i", (verdicts, code) => {
  expect(exitCodeOf(verdicts.map((verdict) => ({ verdict })))).toBe(code);
});
