import { writeFileSync } from "node:fs";
import path from "node:path";
import type * as Crds from "../simulator/kubernetes/crds";
import type * as GatewayApiKindsFile from "./gateway-api-kinds-file";
import { plainCommand } from "./plain-command";
import { runCommand } from "./run-command";

const help = `Writes components/platform/gateway-api/kinds.json: the kinds of the Gateway API at the version of the catalogue.
It needs Go, and a network the first time.

  npm run gateway-api-kinds

  --help        print this text

Exit code: 0 written, 2 bad input.
`;

runCommand(
  plainCommand("gateway-api-kinds", help, async (root) => {
    /* eslint-disable @typescript-eslint/no-require-imports -- import() would pass tsx by */
    const { loadCrds } = require("../simulator/kubernetes/crds") as typeof Crds;
    const { gatewayApiKindsFile } = require("./gateway-api-kinds-file") as typeof GatewayApiKindsFile;
    /* eslint-enable @typescript-eslint/no-require-imports */
    const file = path.join(root, "components", "platform", "gateway-api", "kinds.json");
    writeFileSync(file, gatewayApiKindsFile(await loadCrds("gatewayApi")));
    return 0;
  }),
);
