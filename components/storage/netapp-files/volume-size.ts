import { netAppLimits, netAppThroughputMiBps } from "../../../catalog/netapp-levels";
import type { Problems } from "../../../core/problems";
import type { NetAppRef } from "./netapp-ref";

/** What a pool says of its volumes. */
export type PoolOfVolume = Pick<NetAppRef, "serviceLevel" | "qos" | "sizeTiB">;

/** Checks the size and the throughput of one volume against its pool. */
export function checkVolume(
  { serviceLevel, qos, sizeTiB }: PoolOfVolume,
  { sizeGiB, throughputMiBps }: { readonly sizeGiB: number; readonly throughputMiBps?: number },
  path: { readonly size: string; readonly throughput: string },
  problems: Problems,
): void {
  problems.requireWhole(path.size, sizeGiB, netAppLimits.volumeGiB);
  problems.require(
    sizeGiB <= sizeTiB * 1024,
    path.size,
    `must be at most the size of the pool, ${sizeTiB * 1024} GiB`,
    { got: sizeGiB, remedy: `Use less, or sizeTiB: ${Math.ceil(sizeGiB / 1024)}` },
  );
  problems.require(
    (qos === "manual") === (throughputMiBps !== undefined),
    path.throughput,
    qos === "manual"
      ? "must be given with qos: manual"
      : "must be left out with qos: auto: the size of a volume decides",
    { got: throughputMiBps, remedy: qos === "manual" ? "Write 64 for example" : "Leave it out, or write qos: manual" },
  );
  if (qos === "auto" || throughputMiBps === undefined) return;
  problems.requireWhole(path.throughput, throughputMiBps, netAppLimits.volumeMiBps);
  const most = netAppThroughputMiBps(serviceLevel, sizeTiB);
  problems.require(
    throughputMiBps <= most,
    path.throughput,
    `must be at most what the pool gives: ${sizeTiB} TiB of ${serviceLevel} are ${most} MiB/s`,
    { got: throughputMiBps, remedy: "Use less, a larger pool or a higher serviceLevel" },
  );
}

/** Throughput of a volume in MiB/s. */
export function volumeMiBps(pool: PoolOfVolume & Pick<NetAppRef, "volumeMiBps">, sizeGiB: number): number {
  return pool.volumeMiBps ?? netAppThroughputMiBps(pool.serviceLevel, sizeGiB / 1024);
}

/** Checks that volumes fit into their pool together: in size, in throughput where each has its own, and in number. */
export function checkVolumesTogether(
  pool: PoolOfVolume & Pick<NetAppRef, "volumeMiBps">,
  sizesGiB: readonly number[],
  path: string,
  problems: Problems,
): void {
  const sumGiB = sizesGiB.reduce((sum, it) => sum + it, 0);
  const volumes = `${sizesGiB.length} volumes`;
  problems.require(
    sumGiB <= pool.sizeTiB * 1024,
    `${path}.sizeTiB`,
    `must hold the volumes of all teams and scale sets: ${volumes} take ${sumGiB} GiB, and the pool has ${pool.sizeTiB * 1024}`,
    { got: pool.sizeTiB, remedy: `Use ${Math.ceil(sumGiB / 1024)}, or smaller volumes` },
  );
  const most = netAppThroughputMiBps(pool.serviceLevel, pool.sizeTiB);
  const sumMiBps = (pool.volumeMiBps ?? 0) * sizesGiB.length;
  problems.require(
    pool.qos === "auto" || sumMiBps <= most,
    `${path}.volumes.throughputMiBps`,
    `must be at most what the pool gives together: ${volumes} are ${sumMiBps} MiB/s, and ${pool.sizeTiB} TiB of ${pool.serviceLevel} are ${most}`,
    {
      got: pool.volumeMiBps,
      remedy: `Use ${Math.floor(most / Math.max(1, sizesGiB.length))} or less, or a larger pool`,
    },
  );
  problems.require(
    sizesGiB.length <= netAppLimits.volumesPerPool,
    `${path}.volumes`,
    `must be at most ${netAppLimits.volumesPerPool} volumes, one for each team and scale set`,
    { got: sizesGiB.length, remedy: "Split the teams over environments" },
  );
}
