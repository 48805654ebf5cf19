import { gpuResource } from "../../../catalog/scheduling";
import { isUnknown } from "../../../core/property-marks";
import { number, read } from "../../../core/property-tree";
import { stackUrnOf } from "../../../core/urn";
import { about, unjudged, violation } from "../../engine/expect";
import { mostNodesPath } from "../../engine/pool-nodes";
import { levels, sameType, type StackOutcome, type StackRule, type Subject } from "../../engine/rule";
import { settingOf, type Setting } from "../../engine/setting";
import { nodePools, sizeAt } from "../../engine/sizes";
import { types } from "../../engine/types";

/** Times the GPUs of full pools that all quotas may promise together. @default `null`, any */
const gpuOversubscription: Setting<number | null> = {
  name: "gpuOversubscription",
  schema: {
    type: "number",
    minimum: 1,
    description: "How many times the GPUs of full pools the quotas of all namespaces may promise together.",
  },
  default: null,
  accepts: (given): given is number => typeof given === "number" && given >= 1 && Number.isFinite(given),
};

export const k8sQuotaWithinPools: StackRule = {
  id: 195,
  name: "k8s-quota-within-pools",
  area: "kubernetes",
  kind: "stack",
  types: [types.resourceQuota, types.nodePool, types.cluster],
  title:
    "No namespace is promised more GPUs than the full pools of the stack have, nor all together more than is allowed.",
  why: "A team plans with GPUs that no node will ever have, and its jobs wait for ever.",
  remedy: "Lower the quota or raise maxCount. What all quotas may promise together is gpuOversubscription.",
  severity: "medium",
  levels: levels.mandatoryInProd,
  source: "ours",
  settings: [gpuOversubscription],
  check: (resources, { settings }) => {
    const quotas = resources.filter(({ type }) => sameType(type, types.resourceQuota));
    const pools = resources.filter((it) => !quotas.includes(it)).flatMap(gpusOf);
    const times = settingOf(gpuOversubscription, settings);
    return [...new Set(pools.map(({ resource }) => resource))].flatMap((resource) =>
      judge(
        quotas,
        pools.filter((it) => it.resource === resource),
        `spec.hard["requests.${resource}"]`,
        times,
      ),
    );
  },
};

/** GPUs of a full pool. */
interface Gpus {
  readonly owner: Subject;
  readonly path: string;
  /** By what Kubernetes counts them. */
  readonly resource: string;
  /** `undefined` while that is not known, and where they are cut into instances, which a device plugin counts in its own way. */
  readonly count: number | undefined;
}

function gpusOf(owner: Subject): readonly Gpus[] {
  const { inputs } = owner;
  return nodePools(owner).flatMap((pool) => {
    const gpu = sizeAt(inputs, `${pool}vmSize`)?.gpu ?? null;
    if (gpu === null) return [];
    const path = mostNodesPath(inputs, pool);
    const countable = !isUnknown(read(inputs, path)) && read(inputs, `${pool}gpuInstanceProfile`) === undefined;
    return [
      {
        owner,
        path,
        resource: gpuResource(gpu),
        count: countable ? number(inputs, path) * (gpu.count ?? 1) : undefined,
      },
    ];
  });
}

function judge(
  quotas: readonly Subject[],
  pools: readonly Gpus[],
  path: string,
  times: number | null,
): readonly StackOutcome[] {
  const there = pools.reduce((all, { count = 0 }) => all + count, 0);
  const open = pools.find(({ count }) => count === undefined);
  const promised = quotas.map((it) => ({ quota: it, gpus: number(it.inputs, path) }));
  const all = promised.reduce((sum, { gpus }) => sum + gpus, 0);
  const above = promised.filter(({ gpus }) => gpus > there);
  const [first] = quotas;
  const most = times === null ? Infinity : Math.floor(times * there);
  if (open !== undefined) return above.length === 0 && all <= most ? [] : about(open.owner, [unjudged(open.path)]);
  return [
    ...above.flatMap(({ quota, gpus }) =>
      about(quota, [violation(path, gpus, `be at most ${there}, the GPUs of the full pools`)]),
    ),
    ...quotas.flatMap((it) => (isUnknown(read(it.inputs, path)) ? about(it, [unjudged(path)]) : [])),
    ...(all <= most || first === undefined
      ? []
      : [{ urn: stackUrnOf(first.urn), ...violation(`the sum of ${path}`, all, `be at most ${most}`) }]),
  ];
}
