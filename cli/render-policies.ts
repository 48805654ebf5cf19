import { countText } from "../preview/count-text";
import { findingLines } from "../preview/finding-lines";
import type { Paint } from "../preview/render-text";
import type { PolicyReport } from "./policy-report";

/** What a person reads of judged files: what was read, what rules say of it, and what was not read. */
export function renderPolicies({ environment, files, findings }: PolicyReport, paint: Paint): string {
  return [
    ...files.map(
      ({ file, kind, resources }) => `${file}: ${countText(resources, "resource")} (${kind}), as ${environment}`,
    ),
    "",
    ...findingLines(
      findings.map((it) => ({ ...it, message: it.file === undefined ? it.message : `${placeOf(it)}${it.message}` })),
      paint,
      // Only Pulumi asks the pack before it makes something.
      files.every(({ kind }) => kind === "plan") ? undefined : "",
    ),
    ...files.flatMap(({ file, notRead }) => notRead.map((it) => paint("yellow", `  not read, ${file}: ${it}`))),
    "",
  ].join("\n");
}

/** Whoever looks for the line is told it; that of a single plan nobody reads by eye is told as well. */
function placeOf({ file, line }: { readonly file?: string; readonly line?: number }): string {
  return line === undefined ? "" : `${file ?? ""}:${line} `;
}
