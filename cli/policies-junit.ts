import { spokenName } from "../core/urn";
import { rules } from "../policies/rules";
import type { FiledFinding, PolicyReport } from "./policy-report";
import { xmlText } from "./xml-text";

/**
 * What a pipeline reads: JUnit XML. Each enabled rule is a test case; a mandatory finding is a failure of it, and what only warns, could
 * not be judged yet or is excepted is told in its output.
 */
export function policiesJUnit({ environment, configuration, findings, files }: PolicyReport): string {
  const enabled = rules.filter(({ name }) => configuration.levels[name] !== "disabled");
  const failed = (name: string): readonly FiledFinding[] =>
    findings.filter(({ rule, level }) => rule === name && level === "mandatory");
  const failures = enabled.filter(({ name }) => failed(name).length > 0).length;
  const totals = `tests="${enabled.length}" failures="${failures}" errors="0"`;
  return [
    `<?xml version="1.0" encoding="UTF-8"?>`,
    `<testsuites ${totals}>`,
    `  <testsuite name="${xmlText(`policies ${environment}`)}" ${totals}>`,
    ...enabled.flatMap(({ name, area, title }) => {
      const open = `    <testcase classname="${xmlText(`policies.${area}`)}" name="${xmlText(`${name}: ${title}`)}"`;
      const told = findings.filter(({ rule, level }) => rule === name && level !== "mandatory");
      const inside = [
        // Readers take the first failure of a case and forget the others: all findings stand in one.
        ...(failed(name).length === 0
          ? []
          : [
              `      <failure message="${xmlText(
                `on ${failed(name)
                  .map(({ urn }) => spokenName(urn))
                  .join(", ")}`,
              )}">${failed(name).map(line).join("\n")}</failure>`,
            ]),
        ...(told.length === 0 ? [] : [`      <system-out>${told.map(line).join("\n")}</system-out>`]),
      ];
      return inside.length === 0 ? [`${open}/>`] : [`${open}>`, ...inside, "    </testcase>"];
    }),
    ...notRead(files),
    "  </testsuite>",
    "</testsuites>",
    "",
  ].join("\n");
}

function line({ level, urn, message, file, line: at }: FiledFinding): string {
  const place = file === undefined ? "" : ` (${file}${at === undefined ? "" : `:${at}`})`;
  return xmlText(`${level} on ${spokenName(urn)}${place}: ${message}`);
}

function notRead(files: PolicyReport["files"]): string[] {
  const all = files.flatMap(({ file, notRead: own }) => own.map((it) => `${file}: ${it}`));
  return all.length === 0 ? [] : [`    <system-err>${all.map(xmlText).join("\n")}</system-err>`];
}
