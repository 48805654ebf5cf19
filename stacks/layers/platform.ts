import type { KubernetesAccess } from "../../components/cluster/kubernetes-access";
import { findVmSize } from "../../catalog/vm-sizes";
import { ScratchDisks } from "../../components/storage/scratch-disks";
import { podSecurityVersion, type InfraHandover, type PlatformHandover } from "../handover";

/** What every team needs inside the cluster. Operators, queues, gateways and health checks will join here. */
export function deployPlatform(infra: InfraHandover, { provider }: KubernetesAccess): PlatformHandover {
  const withNvme = infra.gpuPools.filter(({ size }) => (findVmSize(size)?.nvme ?? null) !== null);
  const scratch =
    withNvme.length === 0
      ? undefined
      : new ScratchDisks(
          "scratch",
          { pools: withNvme.map((it) => it.key), podSecurityVersion: podSecurityVersion(infra.cluster) },
          { providers: [provider] },
        );
  return { schemaVersion: 2, ...(scratch && { scratchStorageClass: scratch.storageClassName }) };
}
