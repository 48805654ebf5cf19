import { plainCommand } from "./plain-command";
import { runCommand } from "./run-command";
import type * as TakeScreenshots from "./take-screenshots";

const help = `Takes the pictures in docs/images anew, in the Chromium of this machine.

  npm run screenshots

  --help        print this text

Prints each picture.
Exit code: 0 taken, 2 bad input, or there is no Chromium.
`;

runCommand(
  plainCommand("screenshots", help, (root) => {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- import() would pass tsx by
    const { takeScreenshots } = require("./take-screenshots") as typeof TakeScreenshots;
    return takeScreenshots(root);
  }),
);
