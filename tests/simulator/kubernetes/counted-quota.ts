import { record } from "../../../core/property-tree";
import { type Props, toProps } from "../../../core/property-value";
import type { Cluster } from "../../../simulator/kubernetes/cluster";
import { waitUntil } from "../../../simulator/kubernetes/wait-until";

/**
 * Has a quota count what its controller does not, from nothing on. Admission reads the status of a quota from a watch, so it may know it a
 * moment after the server took it: waits until it does.
 * @param counted What a controller has counted. @default nothing: there is none
 */
export async function countQuota(cluster: Cluster, quota: Props, counted: Props = {}): Promise<void> {
  const hard = record(quota, "spec.hard");
  const used = { ...Object.fromEntries(Object.keys(hard).map((key) => [key, "0"])), ...counted };
  await cluster.merge(quota, toProps({ status: { hard, used } }), "/status");
  const { namespace = null } = record(quota, "metadata");
  const probe = toProps({ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "counted", namespace } });
  await waitUntil("a quota that admission counts by", async () => {
    try {
      return await cluster.apply(probe, { manager: "test", dryRun: true });
    } catch (error) {
      if (error instanceof Error && error.message.includes("status unknown for quota")) return undefined;
      throw error;
    }
  });
}
