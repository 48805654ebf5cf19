import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Metafile } from "esbuild";
import { type BillPart, billOfMaterials } from "./bill-of-materials";
import { bundledFolders, neededPackages } from "./contents";
import { readLockedPackages, withDependencies } from "./locked-packages";
import { noticesOf } from "./notices";
import type { NpmPackage } from "./npm-package";
import { type Manifest, publishedManifest } from "./published-manifest";

/** A package as it lies on the disk. */
export interface BuiltPackage {
  /** Its package.json. */
  readonly manifest: Manifest;
  /** The file that npm installs and publishes. */
  readonly archive: string;
  /** Its bill of materials. */
  readonly bill: string;
}

/**
 * Builds a package from the sources of a repository: an archive and its bill of materials. The same sources and the same npm make the same
 * bytes, wherever and whenever that is.
 * @param to Where both go to: a folder, which is made.
 */
export function buildPackage(root: string, row: NpmPackage, to: string): BuiltPackage {
  mkdirSync(to, { recursive: true });
  const folder = mkdtempSync(path.join(tmpdir(), "package-"));
  try {
    const contents = row.make(root, folder);
    const manifest = complete(folder, root, row, contents);
    const { name, version } = manifest;
    npmPack(folder, to);
    const [archive, bill] = [path.join(to, `${name}-${version}.tgz`), path.join(to, `${name}-${version}.cdx.json`)];
    const sha512 = createHash("sha512").update(readFileSync(archive)).digest("hex");
    writeFileSync(bill, billOfMaterials({ ...manifest, sha512 }, partsOf(root, manifest, contents)));
    return { manifest, archive, bill };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Puts beside the code what goes along with it. Returns the package.json. */
function complete(folder: string, root: string, { manifest, copied }: NpmPackage, contents: Metafile): Manifest {
  const json = (file: string): Manifest => JSON.parse(readFileSync(path.join(root, file), "utf8")) as Manifest;
  const published = publishedManifest(json(manifest), json("package.json"), neededPackages(contents));
  const bundled = bundledFolders(contents);
  for (const [file, source] of Object.entries(copied)) cpSync(path.join(root, source), path.join(folder, file));
  if (bundled.length > 0) writeFileSync(path.join(folder, "NOTICES.txt"), noticesOf(root, bundled));
  writeFileSync(path.join(folder, "package.json"), `${JSON.stringify(published, null, 2)}\n`);
  return published;
}

function npmPack(folder: string, to: string): void {
  // The archive keeps who may do what with a file, which for new files is up to each machine.
  for (const it of readdirSync(folder, { withFileTypes: true, recursive: true }))
    chmodSync(path.join(it.parentPath, it.name), it.isDirectory() ? 0o755 : 0o644);
  const options = ["--silent", "--ignore-scripts", "--pack-destination", path.resolve(to)];
  execFileSync("npm", ["pack", ...options], { cwd: folder, stdio: ["ignore", "ignore", "inherit"] });
}

/** What of others lies in a package, and what npm installs for it. Peers are the user's own, in versions of the user's. */
function partsOf(root: string, { name, dependencies = {} }: Manifest, contents: Metafile): readonly BillPart[] {
  const locked = readLockedPackages(root);
  const bundled = bundledFolders(contents);
  const direct = Object.keys(dependencies).map((it) => `node_modules/${it}`);
  return [...new Set([...bundled, ...withDependencies(direct, locked)])].sort().map((folder) => {
    const found = locked[folder];
    if (found === undefined) throw new Error(`${name} holds ${folder}, which is not in package-lock.json`);
    return { name: folder.replace(/^.*node_modules\//, ""), bundled: bundled.includes(folder), ...found };
  });
}
