import { isOff, offTimes } from "../catalog/off-hours";
import type { OffHoursShape } from "../catalog/off-hours-shape";
import type { Problems } from "../core/problems";
import type { LayerName } from "./config/layers";
import type { Sections } from "./config/sections";
import type { EnvironmentKind } from "./environment";

/** What an environment with hours must not have, and must not be. */
export function checkHours(
  off: OffHoursShape,
  { gpuPools = {}, scaleSets = {} }: { readonly [K in "gpuPools" | "scaleSets"]?: Sections[K] | undefined },
  { kind, protect, layers }: { kind: EnvironmentKind; protect: boolean; layers: readonly LayerName[] },
  problems: Problems,
): void {
  const path = "environment.off";
  problems.require(
    layers.includes("infra"),
    path,
    "belongs to the stack that makes infra: what it switches is made there",
    {
      remedy: "Move it to that stack's file",
    },
  );
  problems.require(kind !== "prod", path, "is not possible in prod: users rely on it at any hour", {
    remedy: "Leave it out; pools with maxNodes alone cost nothing while nobody works",
  });
  // Source: MicrosoftDocs/azure-aks-docs:articles/aks/start-stop-cluster.md (2026-07-21)
  problems.require(
    kind === "prod" || !protect,
    path,
    "is not possible where protect is on: what is stopped gives its capacity back, and Azure may have none when it is started",
    { remedy: "Write protect: false, or leave off out; pools with maxNodes alone cost nothing while nobody works" },
  );
  for (const [key, pool] of Object.entries(gpuPools)) {
    if (pool.off !== undefined) checkPool(`gpuPools.${key}.off`, pool.off, off, problems);
  }
  for (const [name, { osDisk }] of Object.entries(scaleSets)) {
    problems.require(
      osDisk !== "ephemeral",
      `scaleSets.${name}.osDisk`,
      "must be managed while environment.off is there: Azure deallocates no machine whose OS disk is ephemeral",
      // Source: https://learn.microsoft.com/azure/virtual-machines/ephemeral-os-disks
      { got: osDisk, remedy: "Write osDisk: managed, or leave environment.off out" },
    );
  }
}

/** What switches a pool runs in the cluster: it misses its time while that is stopped. */
function checkPool(path: string, pool: OffHoursShape, environment: OffHoursShape, problems: Problems): void {
  const { timeZone } = environment;
  const remedy =
    "Let the pool's hours begin before those of the environment and end after them, or leave one of the two out";
  problems.require(pool.timeZone === timeZone, `${path}.timeZone`, `must be that of environment.off (${timeZone})`, {
    got: pool.timeZone,
    remedy: `Write ${timeZone}`,
  });
  const { begin, end } = offTimes(pool);
  for (const [which, { days, ...time }] of Object.entries({ begin, end })) {
    const missed = days.filter((day) => isOff(environment, day, time));
    problems.require(
      pool.timeZone !== timeZone || missed.length === 0,
      path,
      `must ${which} while the environment is on: what switches the pool runs in the cluster`,
      { got: `${missed.join(", ")} at ${clock(time)}`, remedy },
    );
  }
}

function clock({ hour, minute }: { readonly hour: number; readonly minute: number }): string {
  return [hour, minute].map((it) => String(it).padStart(2, "0")).join(":");
}
