import { sizeHint } from "../../catalog/size-hint";
import type { VmSize, VmSizes } from "../../catalog/vm-size";
import type { Problems } from "../../core/problems";

/** The general-purpose x64 size of a name, and a problem at `path` where there is none. */
export function findGeneralSize(name: string, sizes: VmSizes, path: string, problems: Problems): VmSize | undefined {
  const fits = (it: VmSize): boolean => it.category === "general" && it.architecture === "x64";
  const size = sizes.get(name);
  if (size !== undefined && fits(size)) return size;
  problems.require(false, path, "must be a general-purpose x64 size of the catalogue (docs/sizes.md)", {
    got: name,
    remedy: sizeHint(name, sizes, fits),
  });
  return undefined;
}
