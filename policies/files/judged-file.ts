import type { Subject } from "../engine/rule";

/** What a file says will be there, as far as rules can judge it. */
export interface JudgedFile {
  readonly kind: FileKind;
  readonly resources: readonly Subject[];
  /** Line of the file where a resource begins, by URN; none where a file has no lines that people wrote. */
  readonly lines: ReadonlyMap<string, number>;
  /** What of the file was not read, and why, as sentences. */
  readonly notRead: readonly string[];
}

/** Kinds of files that are read. */
export const fileKinds = ["plan", "template", "manifests"] as const;
export type FileKind = (typeof fileKinds)[number];

/** Stands for the stack in URNs of what no stack makes. */
export const fileStack = "files";
