import { type ReservedRange, reservedRanges } from "../../catalog/reserved-ranges";
import { overlaps, parseCidr, type Cidr } from "../../core/cidr";
import { isText, violation } from "./expect";
import type { Outcome } from "./rule";

/** Whether a text names the whole internet, in one of Azure's spellings. */
export function isAnywhere(range: string): boolean {
  return ["*", "any", "internet", "0.0.0.0/0", "::/0"].includes(range.trim().toLowerCase());
}

/** Prefix length of an IPv4 or IPv6 range; of a single address the longest. `undefined` when the text is neither. */
export function prefixLength(range: string): { readonly family: 4 | 6; readonly length: number } | undefined {
  const [, address, given] = /^([0-9a-f.:]+)(?:\/(\d{1,3}))?$/i.exec(range.trim()) ?? [];
  if (address === undefined) return undefined;
  const family = address.includes(":") ? 6 : 4;
  if (family === 4 && !/^(\d{1,3}\.){3}\d{1,3}$/.test(address)) return undefined;
  const longest = family === 4 ? 32 : 128;
  const length = given === undefined ? longest : Number(given);
  return length <= longest ? { family, length } : undefined;
}

/** Whether a source lets more than a handful of networks in: the internet, or a range wider than /8 (IPv6: /16). */
export function isOpen(range: string): boolean {
  const parsed = prefixLength(range);
  return isAnywhere(range) || (parsed !== undefined && parsed.length < (parsed.family === 4 ? 8 : 16));
}

/** What `isRange` asks for, to follow the word "must". */
export const rangeForm = "be an IPv4 range with all host bits zero";

/** Whether a value is an IPv4 range whose host bits are zero. */
export function isRange(value: unknown): boolean {
  return isText(value) && parseCidr(value) !== undefined;
}

/** Who keeps ranges for itself: every cluster, InfiniBand, or machines that AKS does not make. */
export type Keeper = ReservedRange["appliesTo"];

/** A violation where the range at a path meets one that somebody keeps. */
export function expectUnreserved(
  path: string,
  range: Cidr,
  text: string,
  keepers: readonly Keeper[] = ["aks"],
): Outcome[] {
  const kept = reservedRanges
    .filter((it) => keepers.includes(it.appliesTo))
    .find(({ cidr }) => {
      const reserved = parseCidr(cidr);
      return reserved !== undefined && overlaps(reserved, range);
    });
  return kept === undefined ? [] : [violation(path, text, `not overlap ${kept.cidr} (${kept.reason})`)];
}
