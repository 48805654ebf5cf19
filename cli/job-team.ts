import { nodePrice } from "../catalog/prices/node-price";
import type { VmSize } from "../catalog/vm-size";
import type { GpuPoolPlan } from "../components/cluster/gpu-pool/plan";
import type { ImageChoices } from "../components/platform/team-fence/image-rules";
import { teamKindNames, teamKinds, teamNamespaceName } from "../components/tenancy/kinds/team-kinds";
import { closestHint } from "../core/closest-names";
import { MisconfiguredError } from "../core/problems";
import { noCluster } from "../stacks/no-cluster";
import { type DeclaredTeam, teamSectionName } from "../stacks/config/teams";
import type { Environment } from "../stacks/environment";
import { loadEnvironment } from "../stacks/load-environment";
import { stacksOf } from "../stacks/stacks-of";

/** A team that trains, as the stack files of its environment say it: what its jobs may have, and what that costs. */
export interface JobTeam {
  readonly name: string;
  readonly namespace: string;
  /** Name of the cluster, which the current context must have. */
  readonly clusterName: string;
  /** GPUs that are its own, and that it may borrow. */
  readonly gpus: number;
  readonly borrow: number;
  readonly pool: GpuPoolPlan["ref"];
  readonly size: VmSize;
  /** USD for a node and hour, null when the catalogue has no price. */
  readonly usdPerNodeHour: number | null;
  /** Images that its pods may run, as the fence says. */
  readonly images: ImageChoices;
  /** Secrets that its pods may mount. */
  readonly secrets: readonly string[];
}

/**
 * Finds a team in the stack files of an environment. What they say is read and not planned as a whole: a command that somebody waits for
 * has no time for that.
 * @throws MisconfiguredError for a stack file that is wrong, and for a team that is not there
 */
export function jobTeam(file: string, name: string, today: string): JobTeam {
  const environments = stacksOf(file).map((it) => loadEnvironment(it, today).environment);
  const { infra, location } = environments.find((it) => it.infra !== null) ?? { infra: null, location: "" };
  if (infra === null) throw problem(noCluster);
  const teams = environments.flatMap((it) => it.teams).filter(({ kind }) => teamKinds[kind].queues);
  const team = teams.find((it) => it.team === name);
  if (team === undefined)
    throw problem({
      path: "--team",
      rule: "must be a team of the environment whose jobs queue",
      got: name,
      remedy: hint(name, teams),
    });
  const pool = infra.gpuPools.find(({ key }) => key === team.pool);
  if (pool === undefined)
    throw problem({
      path: "--team",
      rule: `must be a team of a GPU pool of the environment; ${name} is one of ${team.pool}`,
      remedy: "Plan the environment: npm run preview says what is wrong",
    });
  const fence = environments.flatMap(({ platform }) => platform.teamFence ?? [])[0];
  const namespace = teamNamespaceName(team.kind, team.team);
  return {
    name,
    namespace,
    clusterName: infra.cluster.managedCluster.resourceName,
    gpus: team.gpus,
    borrow: team.borrow ?? 0,
    pool: pool.ref,
    size: pool.size,
    usdPerNodeHour: priceOf(pool, location),
    images: imagesOf(fence, namespace),
    secrets: team.secrets,
  };
}

function problem(it: MisconfiguredError["problems"][number]): MisconfiguredError {
  return new MisconfiguredError("The command", [it]);
}

function hint(name: string, teams: readonly DeclaredTeam[]): string {
  const names = teams.map((it) => it.team);
  return names.length === 0
    ? `There is none: add one to ${teamKindNames
        .filter((it) => teamKinds[it].queues)
        .map(teamSectionName)
        .join(" or ")}`
    : closestHint(name, names, `Known: ${names.join(", ")}`);
}

/** List price in the region of the cluster: on demand, or that of Spot where the pool is of it. */
function priceOf({ size, agentPools }: GpuPoolPlan, location: string): number | null {
  const spot = agentPools.some(({ body }) => body.scaleSetPriority === "Spot");
  return nodePrice(size, spot ? "spot" : "onDemand", location)?.usd ?? null;
}

/** What the fence asks of images in a namespace: what an exception lets pass it does not ask. */
function imagesOf(fence: Environment["platform"]["teamFence"], namespace: string): ImageChoices {
  const { registries = [], digests = false } = fence?.images ?? {};
  const free = (fence?.exceptions ?? []).filter((it) => it.namespace === namespace).map(({ rule }) => rule);
  return {
    registries: free.includes("image-registries") ? [] : registries,
    digests: digests && !free.includes("image-digests"),
  };
}
