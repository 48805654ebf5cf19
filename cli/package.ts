import { createHash } from "node:crypto";
import { readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { buildPackage } from "../packages/build-package";
import { npmPackages } from "../packages/npm-packages";
import { readOptions } from "./read-options";
import { argumentError, runCommand } from "./run-command";

const folder = "dist/packages";

const help = `Builds the packages for npm: for each an archive, and its bill of materials in CycloneDX.

  npm run package

  --help     print this text

Writes ${folder} anew, and prints each archive with its SHA-256. The same sources make the same bytes.
Exit code: 0 built, 2 bad input
`;

/** Builds the packages, and says what they are. */
export function main(args: readonly string[]): number {
  if (isAskedForHelp(args)) {
    process.stdout.write(help);
    return 0;
  }
  const root = path.join(__dirname, "..");
  const to = path.join(root, folder);
  rmSync(to, { recursive: true, force: true });
  for (const it of npmPackages) {
    const { archive } = buildPackage(root, it, to);
    const sum = createHash("sha256").update(readFileSync(archive)).digest("hex");
    process.stdout.write(`${sum}  ${path.relative(root, archive)}\n`);
  }
  return 0;
}

function isAskedForHelp(args: readonly string[]): boolean {
  try {
    const options = { help: { type: "boolean", short: "h", default: false } } as const;
    return readOptions({ args: [...args], options }).values.help;
  } catch (error) {
    throw argumentError(error, "package");
  }
}

if (require.main === module) runCommand(main);
