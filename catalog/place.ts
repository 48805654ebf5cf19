import type { NameParts } from "../core/scope";
import { findRegion } from "./regions";

/** What a plan must know of where it is made: plain values, so that plans stay pure. */
export interface Place {
  /** Azure region, empty while nobody has said which. */
  readonly location: string;
  /** Zones of the region. Every zone may be right while the region is not known. */
  readonly zones: readonly string[];
  readonly names: NameParts;
  /** ISO date that support of versions is judged on, `null` to judge none by its age. */
  readonly today: string | null;
}

/** The place of a scope. */
export function placeOf(
  { location, names }: { readonly location: string; readonly names: NameParts },
  today: string | null = null,
): Place {
  return { location, names, today, zones: findRegion(location)?.zones ?? ["1", "2", "3"] };
}
