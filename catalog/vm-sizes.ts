import { generalSizes } from "./sizes/general";
import { hpcSizes } from "./sizes/hb-hx";
import { ncA100Sizes } from "./sizes/nc-a100";
import { ncH100Sizes } from "./sizes/nc-h100";
import { ncRtxPro6000Sizes } from "./sizes/nc-rtx-pro-6000";
import { ncT4Sizes } from "./sizes/nc-t4";
import { ndA100Sizes } from "./sizes/nd-a100";
import { graceBlackwellSizes } from "./sizes/nd-grace-blackwell";
import { hopperSizes } from "./sizes/nd-hopper";
import { mi300xSizes } from "./sizes/nd-mi300x";
import { ndV100Sizes } from "./sizes/nd-v100";
import { nvA10Sizes } from "./sizes/nv-a10";
import { nvV710Sizes } from "./sizes/nv-v710";
import type { DeclaredFigures } from "./declared-figures";
import { declaredSize } from "./declared-size";
import { listPrice } from "./prices/list-price";
import type { SizeFacts, VmSize, VmSizes } from "./vm-size";

export { closestNames } from "../core/closest-names";

const rows: readonly SizeFacts[] = [
  ...graceBlackwellSizes,
  ...hopperSizes,
  ...mi300xSizes,
  ...ndA100Sizes,
  ...ndV100Sizes,
  ...ncH100Sizes,
  ...ncA100Sizes,
  ...ncRtxPro6000Sizes,
  ...ncT4Sizes,
  ...nvA10Sizes,
  ...nvV710Sizes,
  ...hpcSizes,
  ...generalSizes,
];

/** All sizes by exact Azure name. */
export const vmSizes: VmSizes = new Map(rows.map((row) => [row.name, { ...row, price: listPrice(row.name) }]));

/**
 * The row of a size. Exact, case included: a name that differs by one letter is another size (`ND96is` has no
 * InfiniBand), so near misses go through `closestNames` and back to the user.
 * @param declared Figures that came with the name, because the catalogue does not have the size.
 */
export function findVmSize(name: string, declared?: DeclaredFigures): VmSize | undefined {
  return vmSizes.get(name) ?? (declared && declaredSize(name, declared));
}

const byLowerCase: ReadonlyMap<string, VmSize> = new Map([...vmSizes].map(([name, it]) => [name.toLowerCase(), it]));

/** The row of a size as Azure reads its name: letter case does not count. What users write for this project is exact: see `findVmSize`. */
export function findSizeInAzure(name: string): VmSize | undefined {
  return vmSizes.get(name) ?? byLowerCase.get(name.toLowerCase());
}

/** GPUs that a VM is worth: the count, the part of one, or `null` when it has none or no source tells. */
export function gpuEquivalent({ gpu }: VmSize): number | null {
  return gpu === null ? null : (gpu.count ?? gpu.fraction);
}
