import type { PackagedComponents } from "./packaged-component";
import { clusterRows } from "./rows/cluster";
import { foundationRows } from "./rows/foundation";
import { identityRows } from "./rows/identity";
import { networkRows } from "./rows/network";

/** Every component that other languages can make, by the type that it has in any of them. */
export const packagedComponents: PackagedComponents = {
  ...foundationRows,
  ...networkRows,
  ...identityRows,
  ...clusterRows,
};
