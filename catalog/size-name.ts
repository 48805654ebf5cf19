/** What the name of a VM size says. */
export interface SizeName {
  /** Capital letters in front: `ND`, `HB`, `D`. */
  readonly family: string;
  /** vCPUs of the machine, and of them the ones that the VM gets (`HB176-48rs_v4` has 48). */
  readonly machineVcpus: number;
  readonly vcpus: number;
  /** Small letters behind: `r` is InfiniBand, `p` an Arm processor. */
  readonly features: string;
  /** Name of the GPU where the size carries it, for example `H100`. */
  readonly accelerator: string | null;
  /** Generation, `null` for the first. */
  readonly version: string | null;
}

/**
 * Reads a name, `undefined` when it is none. Sizes of the first generations, whose number is no count of vCPUs (`DS3_v2` has 4),
 * cannot be read so.
 * Source: MicrosoftDocs/azure-compute-docs:articles/virtual-machines/vm-naming-conventions.md (2026)
 */
export function parseSizeName(name: string): SizeName | undefined {
  const match = /^Standard_([A-Z]+)(\d+)(?:-(\d+))?([a-z]*)((?:_[A-Za-z0-9]+)*?)(?:_(v\d+))?$/.exec(name);
  if (match === null || /^Standard_(D|DS|G|GS)\d+(-\d+)?(_v2)?(_Promo)?$/.test(name)) return undefined;
  const [, family = "", machine = "", constrained, features = "", accelerator = "", version] = match;
  return {
    family,
    machineVcpus: Number(machine),
    vcpus: Number(constrained ?? machine),
    features,
    accelerator: accelerator === "" ? null : accelerator.slice(1),
    version: version ?? null,
  };
}
