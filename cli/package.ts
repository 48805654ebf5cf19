import type * as BuildPackages from "./build-packages";
import { plainCommand } from "./plain-command";
import { runCommand } from "./run-command";

const help = `Builds the packages for npm: for each an archive, and its bill of materials in CycloneDX.

  npm run package

  --help     print this text

Writes dist/packages anew, and prints each archive with its SHA-256. The same sources make the same bytes.
Exit code: 0 built, 2 bad input
`;

/** Runs the command and returns its exit code. */
export const main = plainCommand("package", help, (root) => {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- import() would pass tsx by
  const { buildPackages } = require("./build-packages") as typeof BuildPackages;
  return buildPackages(root);
});

if (require.main === module) runCommand(main);
