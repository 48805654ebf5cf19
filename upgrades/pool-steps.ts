import { renewMinutes } from "../components/cluster/agent-pool/upgrade";
import { nodeCost } from "./node-cost";
import { type AksPool, clusterStack, type UpgradedPool, type UpgradeFacts } from "./upgrade-facts";
import type { FileEdit, UpgradeStep } from "./upgrade-step";

/** Kubernetes versions of a pool before and after, and whether they differ. */
interface PoolVersion {
  readonly from: string;
  readonly to: string;
  readonly raised: boolean;
}

/** The steps that renew a pool: one, or two where it is the canary and has several domains. */
export function poolSteps(
  facts: UpgradeFacts,
  pool: UpgradedPool,
  version: PoolVersion,
  canary: boolean,
): UpgradeStep[] {
  return partsOf(pool, canary).map((part) => poolStep(facts, part, version));
}

/** AKS pools of a pool that are renewed in one step. */
interface PoolPart {
  readonly pool: UpgradedPool;
  readonly aksPools: readonly AksPool[];
  readonly canary: boolean;
  /** Whether the pool is whole after it: only then its line of the stack file is changed. */
  readonly last: boolean;
}

/** The canary is no more than one AKS pool, the smallest: a pool may be the whole cluster. */
function partsOf(pool: UpgradedPool, canary: boolean): PoolPart[] {
  const { aksPools } = pool;
  if (!canary || aksPools.length === 1) return [{ pool, aksPools, canary, last: true }];
  const first = [...aksPools].sort((a, b) => a.nodes - b.nodes).slice(0, 1);
  return [
    { pool, aksPools: first, canary: true, last: false },
    { pool, aksPools: aksPools.filter((it) => !first.includes(it)), canary: false, last: true },
  ];
}

function poolStep(facts: UpgradeFacts, { pool, aksPools, canary, last }: PoolPart, version: PoolVersion): UpgradeStep {
  const { section, key, vcpus, gpusPerNode, usdPerHour } = pool;
  const stack = clusterStack(facts);
  const up = `pulumi up --stack ${stack}`;
  const { name, resourceGroupName } = facts.cluster;
  const where = (own: AksPool): string =>
    `--resource-group ${resourceGroupName} --cluster-name ${name} --name ${own.name}`;
  const nodes = sum(aksPools, (it) => it.nodes);
  const surgeNodes = Math.max(0, ...aksPools.map((it) => it.surgeNodes));
  const times = aksPools.map((it) => ({ nodes: it.nodes, surge: it.surgeNodes, ...minutesOf(it) }));
  const most = sum(times, (it) => it.most);
  const idle = gpusPerNode > 0 ? sum(times, (it) => it.nodes * it.most) : 0;
  const beside = sum(times, (it) => it.surge * it.most);
  const written = version.raised && last;
  const line = (value: string | null): FileEdit[] =>
    written ? [{ stack, path: [section, key, "kubernetesVersion"], value }] : [];
  const drained = aksPools.map((it) => `kubectl cordon --selector agentpool=${it.name}`);
  return {
    kind: "pool",
    title: `${canary ? "canary: " : ""}${section}.${key}, ${amountOf(aksPools, pool)} of ${pool.size}`,
    pool: `${section}.${key}`,
    ...(canary && { canary: true as const }),
    edits: line(null),
    up: written ? [stack] : [],
    commands: [
      ...(section === "gpuPools" ? drained : []),
      ...(version.raised
        ? // One domain after the other: `up` alone would take all of them at once.
          pool.aksPools.length === 1
          ? [up]
          : [
              ...aksPools.map((it) => `az aks nodepool upgrade ${where(it)} --kubernetes-version ${version.to}`),
              ...(last ? [`pulumi refresh --stack ${stack}`, up] : []),
            ]
        : aksPools.map((it) => `az aks nodepool upgrade ${where(it)} --node-image-only`)),
      ...(section === "gpuPools" ? drained.map((it) => it.replace("cordon", "uncordon")) : []),
    ],
    drain: { nodes, gpus: nodes * gpusPerNode, surgeNodes, surgeVcpus: surgeNodes * vcpus },
    minutes: { least: sum(times, (it) => it.least), most },
    usd: nodeCost(idle + beside, usdPerHour),
    back: {
      edits: line(version.from),
      commands: [
        // The file has one version for all of them: the canary goes back with the others.
        ...(last ? pool.aksPools : aksPools).map((it) => `az aks nodepool rollback ${where(it)}`),
        ...(last ? [`pulumi refresh --stack ${stack}`] : []),
      ],
      until: "seven days after the upgrade, once; every node is replaced again",
    },
    gate: section === "gpuPools",
  };
}

function amountOf(part: readonly AksPool[], { aksPools }: UpgradedPool): string {
  if (part.length > 1) return `${part.length} AKS pools`;
  return aksPools.length === 1 ? "one AKS pool" : `AKS pool ${part.map(({ name }) => name).join()}`;
}

/** In rounds, each of what is renewed at once. */
function minutesOf({ nodes, atOnce, drainMinutes }: AksPool): { readonly least: number; readonly most: number } {
  const rounds = Math.ceil(nodes / Math.max(1, atOnce));
  return { least: rounds * renewMinutes, most: rounds * (renewMinutes + drainMinutes) };
}

function sum<T>(all: readonly T[], of: (it: T) => number): number {
  return all.reduce((total, it) => total + of(it), 0);
}
