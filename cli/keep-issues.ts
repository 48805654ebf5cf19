import { Problems, show } from "../core/problems";
import { forgeIssues } from "../delivery/issue/forge-issues";
import { type IssueContent, keepIssue } from "../delivery/issue/keep-issue";
import { markerStart, readMarker } from "../drift/report-marker";
import { fileContent } from "./file-content";

/** Keeps the issues of some reports of drift. Returns the exit code. */
export async function keepIssues(
  files: readonly string[],
  env: Readonly<Record<string, string | undefined>> = process.env,
): Promise<number> {
  const reports = readReports(files);
  const issues = forgeIssues(env);
  for (const it of reports) process.stderr.write(`issue of ${it.environment}: ${await keepIssue(issues, it)}\n`);
  return 0;
}

function readReports(files: readonly string[]): IssueContent[] {
  const problems = new Problems();
  const reports: IssueContent[] = [];
  for (const file of files) {
    const text = problems.attempt("", () => fileContent("REPORT", file));
    if (text === undefined) continue;
    const mark = readMarker(text);
    if (mark === undefined)
      problems.add({
        path: "REPORT",
        rule: "must begin with the line that npm run drift --markdown writes",
        got: show(file),
      });
    else if (reports.some((it) => it.environment === mark.environment))
      problems.add({ path: "REPORT", rule: "must be of an environment of its own", got: show(mark.environment) });
    else
      reports.push({ environment: mark.environment, mark: markerStart(mark.environment), text, open: mark.code !== 0 });
  }
  problems.throwIfAny("The command");
  return reports;
}
