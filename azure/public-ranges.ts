import { limits } from "../catalog/limits";
import { formatAddress, nearestCidr, overlaps, parseCidr, privateRanges } from "../core/cidr";
import type { Problems } from "../core/problems";

/**
 * Public ranges as the firewalls of storage and Key Vault take them: a single address stands without its length, and one of two addresses is
 * two of them. Notes what is none, and what is private: those firewalls see no private address.
 * Sources: https://learn.microsoft.com/azure/storage/common/storage-network-security-limitations and
 * MicrosoftDocs/azure-security-docs:articles/key-vault/general/network-security.md, both of IP network rules
 */
export function publicRanges(given: readonly string[], path: string, problems: Problems): string[] {
  problems.requireDistinct(path, given, "Leave one out");
  const ranges = given.flatMap((text, at) => {
    const range = parseCidr(text);
    const near = nearestCidr(text);
    const here = `${path}[${at}]`;
    if (range === undefined) {
      problems.require(false, here, "must be an IPv4 range such as 198.51.100.0/28", {
        got: text,
        remedy: near === undefined ? "Write address and length; a single address ends in /32" : `Write ${near}`,
      });
      return [];
    }
    problems.require(
      !privateRanges.some((it) => overlaps(it, range)),
      here,
      "must be public: a firewall of Azure never sees a private address",
      { got: text, remedy: "Name the address that the network has on the internet, or use endpoints" },
    );
    problems.require(range.prefixLength >= 8, here, "must not be wider than /8", {
      got: text,
      remedy: "Name the addresses that pipelines have",
    });
    if (range.prefixLength === 32) return [formatAddress(range.base)];
    if (range.prefixLength === 31) return [formatAddress(range.base), formatAddress(range.base + 1)];
    return [text];
  });
  const { value: most } = limits.firewallRanges;
  problems.require(ranges.length <= most, path, `must be at most ${most} ranges and addresses`, {
    got: ranges.length,
    remedy: "Name wider ranges, or use endpoints",
  });
  return ranges;
}
