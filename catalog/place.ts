import { Problems } from "../core/problems";
import type { NameParts } from "../core/scope";
import type { DeclaredSizes } from "./declared-figures";
import { findRegion } from "./regions";
import { sizesWith } from "./sizes-with";
import type { VmSizes } from "./vm-size";

/** What a plan must know of where it is made: plain values, so that plans stay pure. */
export interface Place {
  /** Azure region, empty while nobody has said which. */
  readonly location: string;
  /** Zones of the region. Every zone may be right while the region is not known. */
  readonly zones: readonly string[];
  readonly names: NameParts;
  /** ISO date that support of versions is judged on, `null` to judge none by its age. */
  readonly today: string | null;
  /** VM sizes that can be named: those of the catalogue, and those that the user declares. */
  readonly sizes: VmSizes;
}

/**
 * The place of a scope.
 * @param declared Sizes that the catalogue does not have.
 * @throws MisconfiguredError for figures that cannot be
 */
export function placeOf(
  { location, names }: { readonly location: string; readonly names: NameParts },
  today: string | null = null,
  declared: DeclaredSizes = {},
): Place {
  const problems = new Problems();
  const sizes = sizesWith(declared, problems);
  problems.throwIfAny("The declaration of a VM size");
  return { location, names, today, sizes, zones: findRegion(location)?.zones ?? ["1", "2", "3"] };
}
