import { isAtLeast, minorOf as minorVersionOf } from "../catalog/kubernetes-versions";
import { operandsOf, type VersionLock, versionsOf } from "../catalog/version-locks";
import { versionRuleOf } from "../catalog/version-set";
import type { ChartVersion } from "../catalog/versions";
import { renewMinutes } from "../components/cluster/agent-pool/upgrade";
import { MisconfiguredError } from "../core/problems";
import { keysOf } from "../core/records";
import { rowOf } from "../azure/rows";
import { nodeCost } from "./node-cost";
import { poolSteps } from "./pool-steps";
import { clusterStack, type UpgradedPool, type UpgradeFacts } from "./upgrade-facts";
import type { FileEdit, UpgradeStep } from "./upgrade-step";

/** A component that runs in another version after the upgrade. */
export interface ChangedVersion {
  readonly component: string;
  readonly from: string;
  readonly to: string;
  readonly source: string;
}

/** The way of an environment from its lock to the next one. */
export interface UpgradePlan {
  readonly environment: string;
  readonly from: string;
  readonly to: string;
  readonly kubernetes: { readonly from: string; readonly to: string };
  readonly changed: readonly ChangedVersion[];
  /** Pool that is upgraded first, null where no pool is. */
  readonly canary: string | null;
  readonly steps: readonly UpgradeStep[];
  /** Pools that stay as they are, and why. */
  readonly stays: readonly { readonly pool: string; readonly because: string }[];
}

/**
 * Plans the steps: control plane minor by minor, the system pool behind it, the add-ons, then the pools, of which the smallest goes first
 * and is measured before the others: of one of several domains one domain. Where the add-ons of the old lock are not known to run on the new Kubernetes, or nothing can be brought up
 * under it because it was retired, those of the new one come before the control plane.
 * @throws MisconfiguredError where neither order works
 */
export function planUpgrade(facts: UpgradeFacts, to: VersionLock): UpgradePlan {
  const { lock: from, kubernetesVersion } = facts;
  const target = isAtLeast(kubernetesVersion, to.kubernetes.version) ? kubernetesVersion : to.kubernetes.version;
  const minors = minorsBetween(kubernetesVersion, target);
  const raised = minors.length > 0;
  const changed = changedVersions(from, to);
  const moves = (pool: UpgradedPool): boolean =>
    !pool.held &&
    pool.kubernetesVersion === null &&
    (raised || changed.some(({ component }) => pool.drivers.some((it) => it === component)));
  const renewed = facts.pools.filter(moves);
  const ordered = inOrder(renewed);
  const canary = ordered.find(({ section }) => section === "gpuPools") ?? ordered[0];
  const pinned = facts.pools.filter((it) => !it.held && it.kubernetesVersion === null);
  const kubernetes = minors.flatMap((minor, at) => [
    controlPlaneStep(facts, pinned, [minors[at - 1] ?? kubernetesVersion, minor], at === 0),
    systemPoolStep(facts, minor),
  ]);
  const addOns = operatorsStep(facts, to, changed);
  const first = operatorsFirst(facts, to, target);
  return {
    environment: facts.environment,
    ...{ from: from.name, to: to.name },
    kubernetes: { from: kubernetesVersion, to: target },
    changed,
    canary: canary?.key ?? null,
    steps: [
      ...(first ? [addOns, ...kubernetes] : [...kubernetes, addOns]),
      ...ordered.flatMap((pool) =>
        poolSteps(facts, pool, { from: kubernetesVersion, to: target, raised }, pool === canary),
      ),
    ],
    stays: facts.pools
      .filter((it) => !moves(it))
      .map((it) => ({
        pool: `${it.section}.${it.key}`,
        because: it.held
          ? "nodeImageSnapshotId holds its node image and Kubernetes version"
          : it.kubernetesVersion !== null
            ? `kubernetesVersion ${it.kubernetesVersion} is written at the pool`
            : "neither Kubernetes nor a driver of its nodes changes",
      })),
  };
}

/** Everything that the two locks have in different versions, in the order of the catalogue. */
export function changedVersions(from: VersionLock, to: VersionLock): ChangedVersion[] {
  const [now, then] = [
    { ...versionsOf(from), ...operandsOf(from) },
    { ...versionsOf(to), ...operandsOf(to) },
  ];
  return keysOf(then)
    .filter((it) => now[it].version !== then[it].version)
    .map((component) => ({
      component,
      from: now[component].version,
      to: then[component].version,
      source: then[component].source,
    }));
}

/** Whether CRDs lie in the chart's own folder for them: Helm installs what is there once, and never renews it. */
function keepsCrds({ crds }: ChartVersion): boolean {
  return crds !== null && "path" in crds && /(^|\/)(helm|charts)\/.*\/crds$/.test(crds.path);
}

/** Minor versions from one, which is not among them, to another. */
function minorsBetween(from: string, to: string): string[] {
  const [major = "1", first = "0"] = minorVersionOf(from).split(".");
  const last = Number(minorVersionOf(to).split(".")[1]);
  return Array.from({ length: Math.max(0, last - Number(first)) }, (_, at) => `${major}.${Number(first) + at + 1}`);
}

/** Whether the new add-ons come before the new Kubernetes. */
function operatorsFirst(
  { lock, retired, kubernetesVersion, environment }: UpgradeFacts,
  to: VersionLock,
  target: string,
): boolean {
  if (!retired && isAtLeast(lock.kubernetes.newest, target)) return false;
  const versions = versionsOf(to);
  const tooNew = keysOf(versions).filter((it) => {
    const since = versionRuleOf(it, versions[it].version)?.kubernetesSince ?? null;
    return since !== null && !isAtLeast(kubernetesVersion, since);
  });
  if (tooNew.length === 0) return true;
  throw new MisconfiguredError(`The upgrade of '${environment}'`, [
    {
      path: "to",
      rule:
        `must be a lock that can be reached: ${retired ? `${lock.name} was retired` : `the add-ons of ${lock.name} are not known to run on Kubernetes ${target}`}, and those of ` +
        `${to.name} do not run on ${kubernetesVersion}: ${tooNew.join(", ")}`,
      remedy: "Write a lock between the two",
    },
  ]);
}

/** The smallest pool of GPUs first, then pools without GPUs, then the other pools of GPUs: the larger, the later. */
function inOrder(pools: readonly UpgradedPool[]): UpgradedPool[] {
  const nodes = ({ aksPools }: UpgradedPool): number => aksPools.reduce((sum, it) => sum + it.nodes, 0);
  const bySize = (a: UpgradedPool, b: UpgradedPool): number =>
    nodes(a) - nodes(b) || (a.usdPerHour ?? 0) - (b.usdPerHour ?? 0);
  const [canary, ...gpu] = pools.filter((it) => it.section === "gpuPools").sort(bySize);
  const cpu = pools.filter((it) => it.section === "cpuPools").sort(bySize);
  return [...(canary === undefined ? [] : [canary]), ...cpu, ...gpu];
}

const controlPlaneToken = "azure-native:containerservice:ManagedCluster";

function up(stack: string): string {
  return `pulumi up --stack ${stack}`;
}

function controlPlaneStep(
  facts: UpgradeFacts,
  pools: readonly UpgradedPool[],
  [from, to]: readonly [string, string],
  pins: boolean,
): UpgradeStep {
  const stack = clusterStack(facts);
  const minutes = updateMinutes(controlPlaneToken);
  return {
    kind: "control-plane",
    title: `control plane from Kubernetes ${from} to ${to}, pools stay`,
    edits: [
      // Without a version of their own they would go with it, all at once.
      ...(pins
        ? pools.map(({ section, key }): FileEdit => ({ stack, path: [section, key, "kubernetesVersion"], value: from }))
        : []),
      { stack, path: ["cluster", "kubernetesVersion"], value: to },
    ],
    // Those that read the cluster take its version into the labels of their namespaces.
    up: facts.stacks.map((it) => it.stack),
    commands: facts.stacks.map((it) => up(it.stack)),
    drain: null,
    minutes: { least: minutes, most: minutes },
    usd: 0,
    back: {
      edits: [],
      commands: [],
      until: "there is no way back: Azure takes no control plane to an older version. Pools may stay behind it",
    },
    gate: false,
  };
}

function systemPoolStep(facts: UpgradeFacts, version: string): UpgradeStep {
  const { name, resourceGroupName } = facts.cluster;
  const nodes = facts.systemNodes;
  const most = nodes * (renewMinutes + systemDrainMinutes);
  return {
    kind: "system-pool",
    title: `system pool to Kubernetes ${version}, one node after the other`,
    edits: [],
    up: [],
    commands: [
      `az aks nodepool upgrade --resource-group ${resourceGroupName} --cluster-name ${name} --name system --kubernetes-version ${version}`,
    ],
    drain: { nodes, gpus: 0, surgeNodes: 1, surgeVcpus: facts.systemVcpus },
    minutes: { least: nodes * renewMinutes, most },
    usd: nodeCost(most, facts.systemUsdPerHour),
    back: {
      edits: [],
      commands: [`az aks nodepool rollback --resource-group ${resourceGroupName} --cluster-name ${name} --name system`],
      until: "seven days, while its version is within the skew of the control plane",
    },
    gate: false,
  };
}

/** As `upgradeOneByOne` has it. */
const systemDrainMinutes = 30;

function operatorsStep(
  { stacks, lock, installed }: UpgradeFacts,
  to: VersionLock,
  all: readonly ChangedVersion[],
): UpgradeStep {
  const line = (value: string): FileEdit[] =>
    stacks.map(({ stack }) => ({ stack, path: ["environment", "versions"], value }));
  const installing = stacks.filter(({ installs }) => installs).map(({ stack }) => stack);
  const locked = versionsOf(to);
  const charts: readonly string[] = keysOf(locked).filter((it) => "chart" in locked[it]);
  // What comes by no chart of its own, an image or a driver, another one brings.
  const changed = all.filter(({ component: it }) => installed.includes(it) || !charts.includes(it));
  const crds = keysOf(locked).flatMap((key) => {
    const row: ChartVersion | object = locked[key];
    if (!changed.some(({ component }) => component === key) || !("chart" in row) || !keepsCrds(row)) return [];
    const repository = row.repository === undefined ? "" : ` --repo ${row.repository}`;
    return [`helm show crds ${row.chart}${repository} --version ${row.version}`];
  });
  const most = 10 * changed.length;
  return {
    kind: "operators",
    title: `add-ons of lock ${to.name}: ${changed.map((it) => `${it.component} ${it.to}`).join(", ") || "none changes"}`,
    edits: line(to.name),
    up: installing,
    commands: [...crds.map((it) => `${it} | kubectl apply --server-side --filename -`), ...installing.map(up)],
    drain: null,
    minutes: { least: Math.min(2, most), most },
    usd: 0,
    back: {
      edits: line(lock.name),
      commands: installing.map(up),
      until: `as long as ${lock.name} is kept: the charts go back, CRDs stay`,
    },
    gate: installing.length > 0,
  };
}

/** What Azure takes for an update, as the row of the type has it. */
function updateMinutes(token: string): number {
  return Math.ceil((rowOf(token).seconds?.update ?? 0) / 60);
}
