import { createHash } from "node:crypto";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { spokenName } from "../core/urn";
import type { Rule, Severity } from "../policies/engine/rule";
import { name as packName } from "../policies/package.json";
import { rules } from "../policies/rules";
import type { FiledFinding, PolicyReport } from "./policy-report";

/** How grave code scanning counts a rule: it shows numbers from 0 to 10. */
const gravity: Readonly<Record<Severity, string>> = { low: "3.0", medium: "5.5", high: "8.0", critical: "9.5" };

/**
 * What code scanning reads: SARIF 2.1.0. Mandatory is an error, advisory a warning, what is not known yet a note; an exception is a
 * suppression, which says who answers for it.
 */
export function policiesSarif(report: PolicyReport, version: string): string {
  const enabled = rules.filter(({ name }) => report.configuration.levels[name] !== "disabled");
  const at = new Map(enabled.map(({ name }, index) => [name, index]));
  const log = {
    $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: packName,
            version,
            semanticVersion: version,
            rules: enabled.map((it) => ruleOf(it, report)),
          },
        },
        columnKind: "utf16CodeUnits",
        invocations: [
          {
            executionSuccessful: true,
            toolExecutionNotifications: report.files.flatMap(({ file, notRead }) =>
              notRead.map((text) => ({
                level: "warning",
                message: { text },
                locations: [{ physicalLocation: { artifactLocation: { uri: uriOf(file) } } }],
              })),
            ),
          },
        ],
        artifacts: report.files.map(({ file }) => ({ location: { uri: uriOf(file) } })),
        results: report.findings.map((it) => resultOf(it, at.get(it.rule) ?? -1)),
        properties: { environment: report.environment },
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function ruleOf(
  { id, name, title, why, remedy, severity, area, source }: Rule,
  { configuration }: PolicyReport,
): object {
  return {
    id: name,
    name: name.replace(/(^|-)(.)/g, (_, __, letter: string) => letter.toUpperCase()),
    shortDescription: { text: title },
    fullDescription: { text: `${title} ${why}` },
    help: { text: `${remedy} Source: ${source}`, markdown: `${why}\n\n**Fix:** ${remedy}\n\nSource: ${source}` },
    defaultConfiguration: { level: configuration.levels[name] === "mandatory" ? "error" : "warning" },
    properties: { number: id, tags: ["security", area], "security-severity": gravity[severity] },
  };
}

function resultOf(finding: FiledFinding, ruleIndex: number): object {
  const { rule, level, judged, urn, path: place, message, file, line } = finding;
  // The same fault keeps its print when its value, its line or the wording changes.
  const print = createHash("sha256").update([rule, urn, place].join("\n")).digest("hex");
  return {
    ruleId: rule,
    ruleIndex,
    level: !judged ? "note" : level === "advisory" ? "warning" : "error",
    message: { text: message },
    locations: [
      {
        ...(file !== undefined && {
          physicalLocation: {
            artifactLocation: { uri: uriOf(file) },
            ...(line !== undefined && { region: { startLine: line } }),
          },
        }),
        logicalLocations: [{ name: spokenName(urn), fullyQualifiedName: `${urn}#${place}`, kind: "resource" }],
      },
    ],
    partialFingerprints: { "rule/resource/path/v1": print },
    ...(level === "excepted" && { suppressions: [{ kind: "external", status: "accepted", justification: message }] }),
  };
}

/** Relative to where the command runs, as code scanning wants it; what lies elsewhere has a whole address. */
function uriOf(file: string): string {
  if (file === "-") return "stdin";
  const relative = path.relative(process.cwd(), path.resolve(file));
  if (relative.startsWith("..") || path.isAbsolute(relative)) return pathToFileURL(file).href;
  return relative.split(path.sep).map(encodeURIComponent).join("/");
}
