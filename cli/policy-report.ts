import { MisconfiguredError, type Problem } from "../core/problems";
import { read } from "../core/property-tree";
import { partsOf } from "../core/urn";
import { configurationOf, type PolicyConfiguration } from "../policies/engine/configuration";
import { kindOf, kindTag } from "../policies/engine/environment";
import { type Finding, judge } from "../policies/engine/judge";
import { type Environment, environments } from "../policies/engine/rule";
import type { FileKind, JudgedFile } from "../policies/files/judged-file";

/** What rules say of files, as every format tells it. */
export interface PolicyReport {
  readonly environment: Environment;
  readonly configuration: PolicyConfiguration;
  readonly files: readonly {
    readonly file: string;
    readonly kind: FileKind;
    readonly resources: number;
    readonly notRead: readonly string[];
  }[];
  readonly findings: readonly FiledFinding[];
}

/** A finding, with the place in a file that it is about. None where it is about no resource of a file, but about all of them. */
export type FiledFinding = Finding & { readonly file?: string; readonly line?: number };

/** A file that was read, by its name. */
export type NamedFile = JudgedFile & { readonly file: string };

/** What somebody chose; each has a default. */
interface ReportOptions {
  /** @default what the tags of the resources say, else what the name of their stack does, else prod: as in the pack */
  readonly environment?: Environment;
  /** @default every rule at its level for the environment */
  readonly configuration?: PolicyConfiguration;
  /** Whether a file without a resource is fine. @default false */
  readonly allowEmpty?: boolean;
  /** ISO date that versions and exceptions are judged on. */
  readonly today: string;
}

/**
 * Judges files. What is given together is judged together: a network policy in one file closes a namespace of another.
 * @throws MisconfiguredError for files that have nothing to judge, which would pass whatever was meant, and for what is in two files
 */
export function judgeFiles(files: readonly NamedFile[], options: ReportOptions): PolicyReport {
  const problems: Problem[] = [];
  const holders = new Map<string, string>();
  for (const { file, resources, notRead } of files) {
    if (resources.length === 0 && options.allowEmpty !== true) {
      const why = notRead.length === 0 ? "" : ` (${notRead.join("; ")})`;
      const rule = `must have a resource to judge: judging nothing proves nothing${why}`;
      problems.push({ path: file, rule, remedy: "Give --allow-empty where nothing is meant" });
    }
    for (const { urn } of resources) {
      const other = holders.get(urn);
      if (other !== undefined) problems.push({ path: file, rule: `must not hold what ${other} holds, too: ${urn}` });
      holders.set(urn, file);
    }
  }
  if (problems.length > 0) throw new MisconfiguredError("What is to be judged", problems);
  const environment = options.environment ?? environmentOf(files);
  const configuration = options.configuration ?? configurationOf(environment);
  const resources = files.flatMap((it) => it.resources);
  const pulumis = new Set(files.flatMap((it) => (it.kind === "plan" ? it.resources.map(({ urn }) => urn) : [])));
  const findings = judge(resources, environment, { today: options.today, configuration })
    // Options such as `protect` are Pulumi's: a template or a manifest has no way to say them.
    .filter(({ urn, path }) => pulumis.has(urn) || !/^opts\b/.test(path));
  return {
    environment,
    configuration,
    files: files.map(({ file, kind, resources: all, notRead }) => ({ file, kind, resources: all.length, notRead })),
    findings: withPlaces(findings, files),
  };
}

/** Findings with where they stand. Lines are asked for in the order of the file, findings are in that of the rules. */
function withPlaces(findings: readonly Finding[], files: readonly NamedFile[]): readonly FiledFinding[] {
  const about = new Map<string, Finding[]>();
  for (const { urn } of findings) about.set(urn, []);
  for (const it of findings) about.get(it.urn)?.push(it);
  const placed = new Map<Finding, FiledFinding>();
  for (const { file, resources, lineOf } of files)
    for (const { urn } of resources)
      for (const it of about.get(urn) ?? []) {
        const line = lineOf(urn, it.path);
        placed.set(it, { ...it, file, ...(line !== undefined && { line }) });
      }
  return findings.map((it) => placed.get(it) ?? it);
}

/** The strictest of the kinds that the files speak of. */
function environmentOf(files: readonly JudgedFile[]): Environment {
  const kinds = files.map(({ resources }) =>
    kindOf(
      resources.map(({ inputs }) => read(inputs, kindTag)),
      partsOf(resources[0]?.urn ?? "").stack,
    ),
  );
  return environments.filter((it) => kinds.includes(it)).at(-1) ?? "prod";
}
