import { z } from "zod";
import { nodesOfPools } from "../../catalog/scheduling";
import { versions } from "../../catalog/versions";
import { findVmSize } from "../../catalog/vm-sizes";
import type { AddOn, PlatformFacts } from "./add-on";

/** Choices for scratch volumes. */
const settings = z.strictObject({
  /** Name of the storage class that pods ask for. Another one is a new class: pods that ask for the old one stay pending. */
  storageClass: z
    .string()
    .regex(
      /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/,
      "must be 1 to 63 lowercase letters, digits or hyphens, and neither start nor end with a hyphen",
    )
    .default("scratch-nvme"),
  /**
   * Keys of the GPU pools whose disks the driver takes. Leave a pool out to use its disks in another way. Without this key:
   * all pools with local NVMe disks.
   */
  pools: z.array(z.string()).min(1, "must name at least one pool").exactOptional(),
});

/**
 * Local NVMe disks of GPU nodes as scratch volumes: AKS leaves them raw. A pod asks for one with a generic ephemeral
 * volume of the storage class; the data is gone with the pod. Costs nothing beyond the nodes.
 */
export const scratchDisks: AddOn<typeof settings> = {
  name: "scratch",
  gives: "local NVMe disks of GPU nodes as ephemeral volumes",
  verify: "kubectl get storageclass,csidriver; kubectl --namespace scratch get pods",
  wanted: { when: "a GPU pool has local NVMe disks", holds: (facts) => poolsWithDisks(facts).length > 0 },
  needs: [],
  after: [],
  // The driver makes file systems on the node's disks, which needs a privileged pod.
  // The API server asks its webhooks on their target port. Source: Azure/local-csi-driver:charts/latest/values.yaml (0.3.0).
  namespace: { name: "scratch", podSecurity: "privileged", ingressPorts: [9443] },
  release: { name: "local-csi-driver", chart: versions.localCsiDriver, timeoutSeconds: 600 },
  generalCpus: 0,
  manifest: null,
  aliases: [{ type: "azure-gpu-cluster:storage:ScratchDisks" }],
  settings,
  contents({ settings: { storageClass, pools }, facts }, problems) {
    const withDisks = poolsWithDisks(facts);
    const such = withDisks.length === 0 ? "none" : withDisks.join(", ");
    problems.require(withDisks.length > 0, "", "is not possible: no GPU pool has local NVMe disks", {
      remedy: "Leave it out, or declare a pool of a size with such disks (docs/sizes.md)",
    });
    for (const [at, pool] of (pools ?? []).entries()) {
      problems.require(withDisks.includes(pool), `pools[${at}]`, "must be a GPU pool with local NVMe disks", {
        got: pool,
        remedy: `Such pools: ${such}`,
      });
    }
    return {
      values: {
        daemonset: {
          nodeAffinity: nodesOfPools(pools ?? withDisks),
        },
      },
      crds: null,
      objects: {
        scratch: {
          apiVersion: "storage.k8s.io/v1",
          kind: "StorageClass",
          metadata: { name: storageClass },
          provisioner: "localdisk.csi.acstor.io",
          reclaimPolicy: "Delete",
          volumeBindingMode: "WaitForFirstConsumer",
          allowVolumeExpansion: true,
        },
      },
      handsOver: { scratchStorageClass: storageClass },
    };
  },
};

/** Keys of the pools whose nodes have local NVMe disks. */
function poolsWithDisks({ pools }: PlatformFacts): string[] {
  return pools.filter(({ size, figures }) => (findVmSize(size, figures)?.nvme ?? null) !== null).map(({ key }) => key);
}
