import { record, text } from "../../../core/property-tree";
import type { Props } from "../../../core/property-value";
import type { Cluster } from "../../../simulator/kubernetes/cluster";
import { waitUntil } from "../../../simulator/kubernetes/wait-until";
import { countQuota } from "../kubernetes/counted-quota";

/**
 * Has the quotas among objects count every kind from nothing on. A quota refuses a kind that its controller has not counted yet, which for
 * kinds of CRDs takes minutes.
 */
export async function countQuotas(cluster: Cluster, objects: readonly Props[]): Promise<void> {
  for (const quota of objects.filter((it) => text(it, "kind") === "ResourceQuota")) {
    const counted = await waitUntil("the first count of the quota", async () => {
      const used = record(await cluster.read(quota), "status.used");
      return Object.keys(used).length > 0 ? used : undefined;
    });
    await countQuota(cluster, quota, counted);
  }
}
