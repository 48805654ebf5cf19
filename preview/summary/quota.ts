import type { NodeGroup } from "./node-groups";

/** vCPUs that must be granted before `up`: Azure checks the family and the region. */
export interface QuotaNeed {
  /** Family as the usage API names it, `null` when no source tells. */
  readonly family: string | null;
  readonly region: string;
  readonly vcpus: number;
  /** Spot has a quota of its own. */
  readonly spot: boolean;
}

/** vCPU quota for all nodes at most, surge included. */
export function quotaNeeds(groups: readonly NodeGroup[]): QuotaNeed[] {
  const needs = new Map<string, QuotaNeed>();
  for (const { size, maxNodes, surgeNodes, spot, region } of groups) {
    const key = `${spot ? "spot" : ""}${size.quotaFamily ?? size.series} ${region}`;
    const before = needs.get(key)?.vcpus ?? 0;
    const vcpus = before + (maxNodes + surgeNodes) * size.vcpus;
    needs.set(key, { family: spot ? "lowPriorityCores" : size.quotaFamily, region, vcpus, spot });
  }
  return [...needs.values()].sort((a, b) => b.vcpus - a.vcpus);
}
