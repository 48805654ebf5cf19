import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { billOfMaterials } from "./bill-of-materials";
import { bundledFolders, neededPackages } from "./contents";
import { readLockedPackages, withDependencies } from "./locked-packages";
import { noticesOf } from "./notices";
import type { NpmPackage } from "./npm-package";
import { npmPackages } from "./npm-packages";
import { type Manifest, publishedManifest } from "./published-manifest";

/** A package as it lies on the disk. */
export interface BuiltPackage {
  readonly name: string;
  /** The file that npm installs and publishes. */
  readonly archive: string;
  /** Its bill of materials. */
  readonly bill: string;
}

/**
 * Builds every package from the sources of a repository: an archive and its bill of materials. The same sources and the same npm make the
 * same bytes, wherever and whenever that is.
 * @param to Where both go to: a folder that is made.
 */
export function buildPackages(root: string, to: string): readonly BuiltPackage[] {
  mkdirSync(to, { recursive: true });
  return npmPackages.map((it) => {
    const folder = mkdtempSync(path.join(tmpdir(), "package-"));
    try {
      return buildPackage(root, it, folder, to);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
}

function buildPackage(root: string, { manifest, copied, make }: NpmPackage, folder: string, to: string): BuiltPackage {
  const json = (file: string): Manifest => JSON.parse(readFileSync(path.join(root, file), "utf8")) as Manifest;
  const contents = make(root, folder);
  const bundled = bundledFolders(contents);
  const published = publishedManifest(json(manifest), json("package.json"), neededPackages(contents));
  for (const [file, source] of Object.entries(copied)) cpSync(path.join(root, source), path.join(folder, file));
  if (bundled.length > 0) writeFileSync(path.join(folder, "NOTICES.txt"), noticesOf(root, bundled));
  writeFileSync(path.join(folder, "package.json"), `${JSON.stringify(published, null, 2)}\n`);
  // npm keeps them, and who may read a new file is up to each machine.
  for (const it of readdirSync(folder, { withFileTypes: true, recursive: true }))
    chmodSync(path.join(it.parentPath, it.name), it.isDirectory() ? 0o755 : 0o644);
  execFileSync("npm", ["pack", "--silent", "--ignore-scripts", "--pack-destination", path.resolve(to)], {
    cwd: folder,
    stdio: ["ignore", "ignore", "inherit"],
  });

  const { name, version, description, license, dependencies = {} } = published;
  const archive = path.join(to, `${name}-${version}.tgz`);
  const bill = path.join(to, `${name}-${version}.cdx.json`);
  const locked = readLockedPackages(root);
  const installed = withDependencies(
    Object.keys(dependencies).map((it) => `node_modules/${it}`),
    locked,
  );
  const parts = [...new Set([...bundled, ...installed])].sort().map((it) => {
    const found = locked[it];
    if (found === undefined) throw new Error(`${it} is not in package-lock.json`);
    return { name: it.replace(/^.*node_modules\//, ""), bundled: bundled.includes(it), ...found };
  });
  const sha512 = createHash("sha512").update(readFileSync(archive)).digest("hex");
  writeFileSync(bill, billOfMaterials({ name, version, description, license, sha512 }, parts));
  return { name, archive, bill };
}
