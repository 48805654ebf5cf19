import type { Metafile } from "esbuild";

/** A package for npm: a row for each. Paths of the repository are from its root. */
export interface NpmPackage {
  /** Its package.json in the repository, which says name and description. What only the repository needs of it is left out. */
  readonly manifest: string;
  /** Files that are taken as they are, by their path in the package. */
  readonly copied: Readonly<Record<string, string>>;
  /** Makes its code from the sources, into a folder. Returns what the code holds, and asks for. */
  readonly make: (root: string, folder: string) => Metafile;
}
