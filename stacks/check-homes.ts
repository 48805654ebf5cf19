import type { NetAppRef } from "../components/storage/netapp-files/netapp-ref";
import { checkVolume, checkVolumesTogether, type PoolOfVolume } from "../components/storage/netapp-files/volume-size";
import { teamKinds } from "../components/tenancy/kinds/team-kinds";
import { netapp } from "../components/tenancy/volumes/netapp";
import { type VolumeKindName, volumeKinds } from "../components/tenancy/volumes/volume-kinds";
import { keysOf } from "../core/records";
import type { Problems } from "../core/problems";
import { type DeclaredTeam, teamSectionName } from "./config/teams";

/** A pool that volumes are made in, as far as its size goes. */
export type HomesPool = PoolOfVolume & Pick<NetAppRef, "volumeGiB" | "volumeMiBps">;

/** The claim of a volume of NetApp Files. */
const claim: VolumeKindName | undefined = keysOf(volumeKinds).find((it) => volumeKinds[it] === netapp);

/**
 * Checks the volumes of all teams and of what else has one, alone and together.
 * @param pool `undefined`: there is none, or it has problems of its own.
 * @param declared Whether somebody wrote one.
 */
export function checkHomes(
  teams: readonly DeclaredTeam[],
  pool: HomesPool | undefined,
  { declared, otherVolumes }: { readonly declared: boolean; readonly otherVolumes: number },
  problems: Problems,
): void {
  for (const { kind, team, homeGiB } of teams) {
    const path = `${teamSectionName(kind)}.${team}.homeGiB`;
    problems.require(homeGiB === undefined || declared, path, "must be left out: there is no storage.netapp", {
      got: homeGiB,
      remedy: "Write storage: { netapp: { sizeTiB: 2 } } where the layer infra is, or leave it out",
    });
    if (homeGiB === undefined || pool === undefined) continue;
    const { volumeMiBps: throughputMiBps } = pool;
    const volume = { sizeGiB: homeGiB, ...(throughputMiBps !== undefined && { throughputMiBps }) };
    checkVolume(pool, volume, { size: path, throughput: "storage.netapp.volumes.throughputMiBps" }, problems);
  }
  if (pool === undefined) return;
  const homes = teams
    .filter(({ kind }) => teamKinds[kind].volumes.some((it) => it === claim))
    .map(({ homeGiB }) => homeGiB ?? pool.volumeGiB);
  const others = Array.from({ length: otherVolumes }, () => pool.volumeGiB);
  checkVolumesTogether(pool, [...others, ...homes], "storage.netapp", problems);
}
