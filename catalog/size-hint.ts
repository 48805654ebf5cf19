import { closestHint } from "../core/closest-names";
import type { VmSize, VmSizes } from "./vm-size";

/** What to do about a size that does not fit: the nearest that do, and for one that nobody knows the way to use it all the same. */
export function sizeHint(name: string, sizes: VmSizes, fits: (size: VmSize) => boolean): string {
  const names = [...sizes.values()].filter(fits).map((it) => it.name);
  const near = closestHint(name, names, "docs/sizes.md lists them");
  return sizes.has(name) ? near : `${near}. If Azure has it, declare it with its figures (vmSizes)`;
}
