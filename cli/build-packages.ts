import { createHash } from "node:crypto";
import { readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { buildPackage } from "../packages/build-package";
import { npmPackages } from "../packages/npm-packages";

/** Builds the packages of a project into its folder `dist/packages`, and prints what they are. Returns the exit code. */
export function buildPackages(root: string): number {
  const to = path.join(root, "dist", "packages");
  rmSync(to, { recursive: true, force: true });
  for (const it of npmPackages) {
    const { archive } = buildPackage(root, it, to);
    const sum = createHash("sha256").update(readFileSync(archive)).digest("hex");
    process.stdout.write(`${sum}  ${path.relative(root, archive)}\n`);
  }
  return 0;
}
