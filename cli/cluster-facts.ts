import path from "node:path";
import { lustreThroughputMBps, lustreTiers } from "../catalog/lustre-tiers";
import { csiDrivers } from "../catalog/storage-classes";
import type { ControllerConfig } from "../components/platform/node-health/controller-config";
import { nodeHealth } from "../components/platform/node-health/node-health";
import type { ImageMirrors } from "../components/platform/image-mirrors";
import { teamKinds } from "../components/tenancy/kinds/team-kinds";
import { volumeMiBps } from "../components/storage/netapp-files/volume-size";
import { type VolumeKindName, volumeKindNames } from "../components/tenancy/volumes/volume-kinds";
import type { PlannedResource } from "../core/planned-resource";
import { MisconfiguredError, Problems } from "../core/problems";
import { number, read, text } from "../core/property-tree";
import { preview } from "../preview/preview";
import type { ReplacementFacts } from "../replacement/replacement-facts";
import { noCluster } from "../stacks/no-cluster";
import type { DeclaredTeam } from "../stacks/config/teams";
import type { Environment, EnvironmentKind } from "../stacks/environment";
import { type Handovers, handovers } from "../stacks/handover";
import { ownMirrors } from "../stacks/own-mirrors";
import { stacksOf } from "../stacks/stacks-of";
import type { VolumeTeam } from "../verification/plan-team-volumes";
import type { ClusterFacts } from "../verification/plan-verification";

/** What the stack files of an environment say of its cluster. */
export interface StackFacts extends ClusterFacts {
  readonly clusterName: string;
  /** Of the stack that was named. */
  readonly kind: EnvironmentKind;
  readonly resourceGroupName: string;
  /** AKS node pools of each GPU pool, by its key. */
  readonly agentPools: ReplacementFacts["agentPools"];
  /** What the add-on nodeHealth goes by, null without it. */
  readonly nodeHealth: ControllerConfig | null;
}

/**
 * Reads what is known of a cluster from the stack files of its environment: of all its stacks, because one may make the pools and another
 * the storage classes and the teams.
 * @throws MisconfiguredError when a stack file does not plan
 */
export async function clusterFacts(file: string, today: string): Promise<StackFacts> {
  let infra: Handovers["infra"] | undefined;
  let kind: EnvironmentKind | undefined;
  let scratch: ClusterFacts["scratch"] = null;
  let queues = false;
  let imageMirrors: ImageMirrors = {};
  let lustreMBps: number | null = null;
  let agentPools: StackFacts["agentPools"] = {};
  let driversThere: ClusterFacts["csiDrivers"] = [];
  let checks: StackFacts["nodeHealth"] = null;
  const teams: VolumeTeam[] = [];
  const homesGiB: number[] = [];
  for (const it of stacksOf(file)) {
    const { plan, environment } = await preview(it, { today });
    if (path.resolve(it) === path.resolve(file)) ({ kind } = environment);
    const { infra: made, platform } = plan.outputs;
    if (made !== undefined) infra = handovers.shape.infra.parse(made);
    if (platform !== undefined) {
      const { scratchStorageClass, queues: made } = handovers.shape.platform.parse(platform);
      if (scratchStorageClass !== undefined)
        scratch = { storageClass: scratchStorageClass, pools: scratchPoolsOf(environment) };
      queues ||= made !== undefined;
      imageMirrors = environment.platform.imageMirrors ?? imageMirrors;
    }
    lustreMBps ??= lustreThroughputOf(plan.resources);
    if (environment.infra !== null) {
      agentPools = agentPoolsOf(environment.infra);
      driversThere = csiDriversOf(environment.infra);
    }
    checks ??= checksOf(plan.resources);
    teams.push(...environment.teams.map(volumeTeam));
    homesGiB.push(...environment.teams.flatMap(({ homeGiB }) => homeGiB ?? []));
  }
  if (infra === undefined || kind === undefined) throw new MisconfiguredError("The command", [noCluster]);
  const handed = infra;
  const homesMBps = handed.netapp === undefined ? null : homesThroughputOf(handed.netapp, homesGiB);
  // Of what is bought by its throughput alone somebody promises how fast it is.
  const bought: Partial<Record<VolumeKindName, number | null>> = { lustre: lustreMBps, netapp: homesMBps };
  const stores = volumeKindNames.flatMap((kind) =>
    handed[kind] === undefined ? [] : [[kind, { boughtMBps: bought[kind] ?? null }] as const],
  );
  return {
    clusterName: infra.cluster.name,
    kind,
    resourceGroupName: infra.cluster.resourceGroupName,
    agentPools,
    nodeHealth: checks,
    pools: infra.gpuPools,
    cpuPools: infra.cpuPools,
    csiDrivers: driversThere,
    scratch,
    queues,
    imageMirrors: ownMirrors(imageMirrors, handed.containerRegistry, new Problems()),
    teams,
    stores: Object.fromEntries(stores),
  };
}

function scratchPoolsOf({ platform }: Environment): readonly string[] | null {
  const { scratchDisks } = platform;
  return typeof scratchDisks === "object" ? (scratchDisks.pools ?? null) : null;
}

function agentPoolsOf({ gpuPools }: NonNullable<Environment["infra"]>): StackFacts["agentPools"] {
  return Object.fromEntries(
    gpuPools.map(({ key, agentPools }) => [
      key,
      agentPools.map(({ name, body }) => ({
        name,
        count: read(body, "enableAutoScaling") === true ? null : number(body, "count"),
      })),
    ]),
  );
}

function csiDriversOf({ cluster }: NonNullable<Environment["infra"]>): ClusterFacts["csiDrivers"] {
  return csiDrivers.filter((it) => read(cluster.managedCluster, `storageProfile.${it}CSIDriver.enabled`) === true);
}

/** What the controller of the checks is told, null where no stack makes it. */
function checksOf(resources: readonly PlannedResource[]): ControllerConfig | null {
  const [json] = resources.flatMap(({ inputs }) =>
    text(inputs, "metadata.name") === nodeHealth.name ? (text(inputs, 'data["config.json"]') ?? []) : [],
  );
  return json === undefined ? null : (JSON.parse(json) as ControllerConfig);
}

/** What a file system that a stack makes was bought for, null where it makes none. */
function lustreThroughputOf(resources: readonly PlannedResource[]): number | null {
  const inputs = resources.find((it) => it.type.endsWith(":AmlFilesystem"))?.inputs;
  const tier = lustreTiers.find((it) => it.sku === text(inputs, "sku.name"));
  return tier === undefined ? null : lustreThroughputMBps(tier, number(inputs, "storageCapacityTiB"));
}

/** What the smallest volume of a team was bought for: which of them is measured, the plan of the measures decides. */
function homesThroughputOf(pool: NonNullable<Handovers["infra"]["netapp"]>, homesGiB: readonly number[]): number {
  const mibps = volumeMiBps(pool, Math.min(pool.volumeGiB, ...homesGiB));
  return (mibps * 2 ** 20) / 1e6;
}

function volumeTeam({ kind, team, pool, podSecurity }: DeclaredTeam): VolumeTeam {
  const level = typeof podSecurity === "object" ? podSecurity.level : podSecurity;
  return { kind, team, pool, podSecurity: level ?? teamKinds[kind].podSecurity };
}
