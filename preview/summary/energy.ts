import { hoursPerMonth } from "../../catalog/hours-per-month";
import { defaultPue, kgCo2PerHour, nodePowerW } from "../../catalog/energy";
import { findRegion } from "../../catalog/regions";
import type { NodeGroup } from "./node-groups";

/** Power of the GPU nodes at full load, losses of the data centre included. An estimate from board power. */
export interface Energy {
  readonly idleKW: number;
  readonly fullKW: number;
  /** Energy of a month at full load, without the hours in which a schedule has them off. */
  readonly fullKWhPerMonth: number;
  /** Power usage effectiveness used. */
  readonly pue: number;
  readonly fullKgCo2PerHour: number | null;
  /** Sizes left out, because no source gives their power. */
  readonly unknown: readonly string[];
}

/** Adds up board power, host and data centre for all GPU nodes. */
export function energy(groups: readonly NodeGroup[], location: string): Energy {
  const region = findRegion(location);
  const pue = region?.pue ?? defaultPue.value;
  const gpuGroups = groups.filter(({ size }) => size.gpu !== null);
  const watts = (nodes: (group: NodeGroup) => number): number =>
    gpuGroups.reduce((sum, group) => sum + (nodePowerW(group.size) ?? 0) * nodes(group), 0);
  const kWOnAverage = watts((it) => it.maxNodes * it.onShare) / 1000;
  const itKW = watts((it) => it.maxNodes) / 1000;
  const carbon = region === undefined ? null : kgCo2PerHour(itKW, region);
  return {
    idleKW: tenth((watts((it) => it.minNodes) / 1000) * pue),
    fullKW: tenth(itKW * pue),
    fullKWhPerMonth: Math.round(kWOnAverage * pue * hoursPerMonth),
    pue,
    fullKgCo2PerHour: carbon === null ? null : tenth(carbon),
    unknown: [...new Set(groups.filter(({ size }) => nodePowerW(size) === null).map(({ size }) => size.name))],
  };
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}
