import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { format } from "prettier";
import { badInputs } from "./bad-inputs";
import { ownFindings } from "./own-findings";
import { programText } from "./program-text";
import { type Failed, run, scanners } from "./scanners";

/** Name of the file of a program; scanners tell a kind by it. */
function fileOf(at: number, which: "good" | "bad"): string {
  return `${at}-${which}.${badInputs[at]?.kind === "arm" ? "json" : "yaml"}`;
}

/** What fails with the mistake and passes without it. */
function foundBy(failed: Failed, at: number): string[] {
  const without = failed.get(fileOf(at, "good")) ?? new Set<string>();
  return [...(failed.get(fileOf(at, "bad")) ?? [])].filter((it) => !without.has(it)).sort();
}

/** Prints the table of the page on scanners: which mistake each of them finds. */
async function main(): Promise<void> {
  const work = mkdtempSync(path.join(tmpdir(), "bad-inputs-"));
  try {
    for (const [at, { kind, ...programs }] of badInputs.entries()) {
      mkdirSync(path.join(work, kind), { recursive: true });
      for (const which of ["good", "bad"] as const) {
        // A namespace of its own: some scanners judge the files of a folder together.
        const text = programText(kind, programs[which]).replaceAll("train-vision", `train-${at}-${which}`);
        writeFileSync(path.join(work, kind, fileOf(at, which)), text);
      }
    }
    const columns = scanners.map(({ name, version, kinds, scan }) => {
      const [, number = ""] = /v?(\d+\.\d+\.\d+)/.exec(run(name, version)) ?? [];
      const failed = new Map(kinds.map((kind) => [kind, scan(path.join(work, kind), kind)]));
      const cells = badInputs.map(({ kind }, at) => {
        const of = failed.get(kind);
        return of === undefined ? "does not read it" : foundBy(of, at).join(", ") || "-";
      });
      return [`${name} ${number}`.trim(), "---", ...cells];
    });
    const ours = badInputs.map(({ kind, good, bad }) => {
      const without = ownFindings(programText(kind, good));
      return [...ownFindings(programText(kind, bad))].filter((it) => !without.has(it)).map((it) => `\`${it}\``);
    });
    const all = [
      ["Mistake", "---", ...badInputs.map(({ what }) => what)],
      ["this pack", "---", ...ours.map((it) => it.join(", "))],
      ...columns,
    ];
    const lines = (all[0] ?? []).map((_, row) => `| ${all.map((column) => column[row]).join(" | ")} |`);
    process.stdout.write(await format(lines.join("\n"), { parser: "markdown", printWidth: 140 }));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

void main();
