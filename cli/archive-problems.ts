import { type Problem, Problems } from "../core/problems";
import { homeProblem, type Manifest } from "./package-manifest";

/** One file of dist/packages. */
export interface PackedFile {
  readonly file: string;
  /** The package.json in an archive. */
  readonly manifest?: Manifest;
  /** What the field `bomFormat` of a bill of materials says. */
  readonly bomFormat?: unknown;
}

/** What archives are of. */
interface Release {
  readonly version: string;
  readonly repository: string | undefined;
  /** Names of the packages that are published together. */
  readonly names: readonly string[];
}

/** What forbids to publish archives: it is every package and no other, each of the version, with its bill of materials beside it. */
export function archiveProblems(
  files: readonly PackedFile[],
  { version, repository, names }: Release,
): readonly Problem[] {
  const problems = new Problems();
  const archives = files.filter((it) => it.manifest !== undefined);
  for (const name of names) {
    problems.require(
      archives.some(({ manifest }) => manifest?.name === name),
      `${name}-${version}.tgz`,
      `must be there: ${names.join(" and ")} have one version, and are published together`,
      { remedy: "npm run package makes all of them" },
    );
  }
  const wanted = archives.flatMap(({ manifest }) => {
    const stem = stemOf(manifest);
    return [`${stem}.tgz`, `${stem}.cdx.json`];
  });
  for (const { file, manifest, bomFormat } of files) {
    problems.require(
      wanted.includes(file),
      file,
      `must be a package, or its bill of materials, as package-${version}.tgz and .cdx.json`,
      {
        remedy: "npm run package makes the folder anew",
      },
    );
    if (manifest === undefined) {
      problems.require(bomFormat === "CycloneDX", file, "must be a bill of materials in CycloneDX", { got: bomFormat });
      continue;
    }
    const isOurs = names.some((it) => it === manifest.name);
    problems.require(isOurs, `${file}: name`, `must be ${names.join(" or ")}`, { got: manifest.name });
    problems.require(manifest.version === version, `${file}: version`, `must be that of the tag, ${version}`, {
      got: manifest.version,
    });
    problems.require(!("private" in manifest), `${file}: private`, "must not be there: npm would not publish it");
    // npm signs where it was built, and refuses to publish from where it cannot: from a laptop.
    problems.require(manifest.publishConfig?.provenance === true, `${file}: publishConfig.provenance`, "must be true", {
      got: manifest.publishConfig?.provenance,
    });
    problems.require(manifest.publishConfig?.access === "public", `${file}: publishConfig.access`, "must be public", {
      got: manifest.publishConfig?.access,
    });
    const home = homeProblem(manifest, repository);
    if (home !== undefined) problems.add({ ...home, path: `${file}: ${home.path}` });
    const bill = `${stemOf(manifest)}.cdx.json`;
    problems.require(
      files.some((it) => it.file === bill),
      file,
      `must have its bill of materials beside it, ${bill}`,
    );
  }
  return problems.list;
}

function stemOf(manifest: Manifest | undefined): string {
  return `${String(manifest?.name)}-${String(manifest?.version)}`;
}
