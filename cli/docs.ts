import { plainCommand } from "./plain-command";
import { runCommand } from "./run-command";
import type * as WriteDocs from "./write-docs";

const help = `Writes every file that is generated: schemas, pages and tables of the documentation. It asks nobody.

  npm run docs

  --help        print this text

Prints each file. CONTRIBUTING.md says after which change to run it.
Exit code: 0 written, 2 bad input.
`;

runCommand(
  plainCommand("docs", help, (root) => {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- import() would pass tsx by
    const { writeDocs } = require("./write-docs") as typeof WriteDocs;
    return writeDocs(root);
  }),
);
