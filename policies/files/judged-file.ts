import type { Subject } from "../engine/rule";

/** What a file says will be there, as far as rules can judge it. */
export interface JudgedFile {
  readonly kind: FileKind;
  readonly resources: readonly Subject[];
  /**
   * Line of the file on which what a rule speaks of is written: a path in the inputs of a resource, or what is nearest above it. None
   * where the resource is not of this file. Whoever asks for many asks resource by resource: a text may be read again for each.
   */
  readonly lineOf: (urn: string, path: string) => number | undefined;
  /** What of the file was not read, and why, as sentences. */
  readonly notRead: readonly string[];
}

/** Kinds of files that are read. */
export const fileKinds = ["plan", "template", "manifests"] as const;
export type FileKind = (typeof fileKinds)[number];

/** Stands for the stack in URNs of what no stack makes. */
export const fileStack = "files";
