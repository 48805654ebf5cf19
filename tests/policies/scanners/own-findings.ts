import { readJudgedFile } from "../../../cli/judged-file";
import { judgeFiles } from "../../../cli/policy-report";

/** Rules of this pack that find something in a program, at their levels of production. */
export function ownFindings(text: string): ReadonlySet<string> {
  const file = { file: "program", ...readJudgedFile("program", text, { parameters: {} }) };
  const { findings } = judgeFiles([file], { environment: "prod", today: "2026-12-03" });
  return new Set(findings.map(({ rule }) => rule));
}
