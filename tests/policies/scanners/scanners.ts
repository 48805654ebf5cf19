import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";

/** Checks that fail, by the name of the file that they are about. */
export type Failed = ReadonlyMap<string, ReadonlySet<string>>;

/** A public scanner, as far as the comparison needs it. */
export interface Scanner {
  readonly name: string;
  /** Arguments that print its version. */
  readonly version: readonly string[];
  /** Kinds of programs that it reads. */
  readonly kinds: readonly ("arm" | "kubernetes")[];
  /** What fails in the files of a folder, all of one kind. */
  readonly scan: (folder: string, kind: "arm" | "kubernetes") => Failed;
}

const checkovReports = z.union([z.array(z.unknown()), z.unknown().transform((it) => [it])]);
const checkovReport = z.object({
  results: z.object({ failed_checks: z.array(z.object({ check_id: z.string(), file_path: z.string() })) }).optional(),
});
const trivyReport = z.object({
  Results: z
    .array(z.object({ Target: z.string(), Misconfigurations: z.array(z.object({ ID: z.string() })).default([]) }))
    .default([]),
});
const kicsReport = z.object({
  queries: z.array(
    z.object({ query_id: z.string(), severity: z.string(), files: z.array(z.object({ file_name: z.string() })) }),
  ),
});
const kubeScoreReport = z.array(
  z.object({
    file_name: z.string(),
    checks: z.array(z.object({ check: z.object({ id: z.string() }), grade: z.number(), skipped: z.boolean() })),
  }),
);

const checkov: Scanner = {
  name: "checkov",
  version: ["--version"],
  kinds: ["arm", "kubernetes"],
  scan: (folder, kind) => {
    const args = ["-d", folder, "--framework", kind, "--compact", "-o", "json", "--skip-download"];
    const reports = checkovReports.parse(JSON.parse(run("checkov", args))).map((it) => checkovReport.parse(it));
    const failed = reports.flatMap(({ results }) => results?.failed_checks ?? []);
    return byFile(failed.map((it) => [it.file_path, it.check_id]));
  },
};

const trivy: Scanner = {
  name: "trivy",
  version: ["--version"],
  kinds: ["arm", "kubernetes"],
  scan: (folder, kind) => {
    const scanner = kind === "arm" ? "azure-arm" : "kubernetes";
    const offline = ["--quiet", "--skip-check-update", "--skip-version-check", "--disable-telemetry"];
    const args = ["config", ...offline, "--misconfig-scanners", scanner, "--format", "json", folder];
    const { Results } = trivyReport.parse(JSON.parse(run("trivy", args)));
    return byFile(Results.flatMap(({ Target, Misconfigurations }) => Misconfigurations.map((it) => [Target, it.ID])));
  },
};

const kics: Scanner = {
  name: "kics",
  version: ["version"],
  kinds: ["arm", "kubernetes"],
  scan: (folder, kind) => {
    const platform = kind === "arm" ? "AzureResourceManager" : "Kubernetes";
    // Its queries lie beside its program, wherever that is.
    const queries = process.env["KICS_QUERIES"] ?? "";
    const from = queries === "" ? [] : ["-q", path.join(queries, "queries"), "-b", path.join(queries, "libraries")];
    const report = [
      "--report-formats",
      "json",
      "-o",
      path.dirname(folder),
      "--output-name",
      "kics",
      "--no-progress",
      "--ci",
    ];
    run("kics", ["scan", "-p", folder, "-t", platform, ...from, ...report]);
    const { queries: found } = kicsReport.parse(
      JSON.parse(readFileSync(path.join(path.dirname(folder), "kics.json"), "utf8")),
    );
    // Information is no finding: it lists what there is.
    const told = found.filter(({ severity }) => severity !== "INFO");
    return byFile(told.flatMap(({ query_id, files }) => files.map((it) => [it.file_name, query_id.slice(0, 8)])));
  },
};

const kubeScore: Scanner = {
  name: "kube-score",
  version: ["version"],
  kinds: ["kubernetes"],
  scan: (folder) => {
    const files = run("ls", [folder]).trim().split("\n");
    return byFile(
      files.flatMap((file) => {
        const report = kubeScoreReport.parse(
          JSON.parse(run("kube-score", ["score", "--output-format", "json", path.join(folder, file)])) ?? [],
        );
        const checks = report.flatMap((it) => it.checks).filter((it) => !it.skipped && it.grade < 7);
        return checks.map(({ check }) => [file, check.id] as const);
      }),
    );
  },
};

/** The scanners in the order of the page. Each is asked offline: nothing is downloaded, and nothing is sent. */
export const scanners: readonly Scanner[] = [checkov, trivy, kics, kubeScore];

/** Runs a scanner. One that finds something says so by its exit code; one that is not there is an error with its name. */
export function run(program: string, args: readonly string[]): string {
  const { error, stdout } = spawnSync(program, args, {
    encoding: "utf8",
    maxBuffer: 2 ** 28,
    env: { ...process.env, DISABLE_CRASH_REPORT: "1" },
  });
  if (error !== undefined) throw new Error(`${program}: ${error.message}`);
  return stdout;
}

function byFile(failed: readonly (readonly [file: string, check: string])[]): Failed {
  const found = new Map<string, Set<string>>();
  for (const [file, check] of failed) {
    const name = path.basename(file);
    found.set(name, (found.get(name) ?? new Set()).add(check));
  }
  return found;
}
