import { about, isCount, matches, unjudged, violation } from "../../engine/expect";
import { locate, read } from "../../../core/property-tree";
import { isUnknown } from "../../../core/property-marks";
import { levels, sameType, type Outcome, type StackRule, type Subject } from "../../engine/rule";
import { settingOf, type Setting } from "../../engine/setting";
import { mostNodesPath, surgeOf } from "../../engine/pool-nodes";
import { jobFamily, nodePools, sizeAt, sizePath } from "../../engine/sizes";
import { stackUrnOf } from "../../../core/urn";
import { show } from "../../../core/problems";
import { types } from "../../engine/types";

const machineTypes = [types.scaleSet, types.virtualMachine, types.nodePool, types.cluster, types.capacityReservation];

/** GPUs that all pools may have together. @default `null`, no bound */
const maxGpus: Setting<number | null> = {
  name: "maxGpus",
  schema: {
    type: "integer",
    minimum: 0,
    description: "GPUs that all pools of the stack may have together when they are full.",
  },
  default: null,
  accepts: (given) => isCount(given, 0, Number.MAX_SAFE_INTEGER),
};

export const finMaxGpus: StackRule = {
  id: 164,
  name: "fin-max-gpus",
  area: "cost",
  kind: "stack",
  types: machineTypes,
  title: "A stack has no more GPUs, when every pool is full and upgrades bring nodes on top, than somebody allowed.",
  why: "A zero too many is the largest bill that this program can cause.",
  remedy: "Declare fewer nodes, or raise the number with whoever pays (maxGpus).",
  severity: "critical",
  levels: levels.always,
  source: "ours",
  settings: [maxGpus],
  check: (resources, { settings }) => {
    const most = settingOf(maxGpus, settings);
    if (most === null) return [];
    const counted = resources.flatMap((it) => countIn(it));
    const [hidden, first] = [counted.find(({ gpus }) => gpus === undefined), resources[0]];
    const sum = counted.reduce((all, { gpus = 0 }) => all + gpus, 0);
    const unsized = resources.flatMap((it) => about(it, expectFigures(it.inputs, sizePath(it.type))));
    if (sum > most && first !== undefined)
      return [
        ...unsized,
        {
          urn: stackUrnOf(first.urn),
          path: "the number of GPUs of all full pools",
          is: show(sum),
          must: `be at most ${show(most)}`,
        },
      ];
    return [...unsized, ...(hidden === undefined ? [] : [{ urn: hidden.urn, ...unjudged(hidden.path) }])];
  },
};

const isJobSize = matches(jobFamily);

/** GPUs of a size that nobody knows cannot be counted. */
function expectFigures(inputs: unknown, path: string): Outcome[] {
  return locate(inputs, path).flatMap(({ path: at, value }) =>
    isJobSize(value) && sizeAt(inputs, at) === undefined
      ? [violation(at, value, "be a size whose GPUs are known: of the catalogue, or declared by tags")]
      : [],
  );
}

interface Counted {
  readonly urn: string;
  readonly path: string;
  /** `undefined` while it is not known. */
  readonly gpus: number | undefined;
}

/** GPUs of the machines of a resource. Machines that run in a reservation are counted with both: the reservation bills without them. */
function countIn(it: Subject): readonly Counted[] {
  const { type, urn, inputs } = it;
  const inPools = sameType(type, types.nodePool) || sameType(type, types.cluster);
  const places = inPools
    ? nodePools(it).map((pool) => ({ size: `${pool}vmSize`, count: mostNodesPath(inputs, pool), pool }))
    : [{ size: sizePath(type), count: sameType(type, types.virtualMachine) ? undefined : "sku.capacity", pool: null }];
  return places.flatMap(({ size, count, pool }): Counted[] => {
    if (isUnknown(read(inputs, size))) return [{ urn, path: size, gpus: undefined }];
    const gpus = sizeAt(inputs, size)?.gpu?.count ?? 0;
    if (gpus === 0) return [];
    const nodes = count === undefined ? 1 : read(inputs, count);
    const path = count ?? size;
    if (isUnknown(nodes)) return [{ urn, path, gpus: undefined }];
    if (typeof nodes !== "number") return [];
    const surge = pool === null ? 0 : surgeOf(inputs, pool, nodes);
    return surge === undefined
      ? [{ urn, path: `${pool ?? ""}upgradeSettings.maxSurge`, gpus: undefined }]
      : [{ urn, path, gpus: (nodes + surge) * gpus }];
  });
}
