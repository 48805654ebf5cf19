import { addressText } from "../components/inference/model-service/address";
import { pickerName } from "../components/inference/model-service/labels";
import { pickerRequests } from "../components/inference/model-service/picker";
import {
  type ModelServicePlan,
  type ModelSurroundings,
  planModelService,
} from "../components/inference/model-service/plan";
import { servingWorkload } from "../catalog/scheduling";
import type { GpuPoolRef } from "../components/cluster/gpu-pool/gpu-pool-ref";
import { teamNamespaceName } from "../components/tenancy/kinds/team-kinds";
import { planCpuShares, type TeamCpuPool } from "../components/tenancy/team-namespace/cpu-shares";
import { Problems, showKey } from "../core/problems";
import { type DeclaredTeam, partsOf, teamSectionName } from "./config/teams";

/** What an environment has for models of its teams. */
export interface ModelMeans extends Pick<
  ModelSurroundings,
  "gateway" | "blob" | "keda" | "metrics" | "scratchStorageClass"
> {
  readonly gpuPools: readonly GpuPoolRef[];
  readonly cpuPools: readonly TeamCpuPool[];
  /** Whether models may be spread over several nodes: LeaderWorkerSets are not left out. */
  readonly groups: boolean;
}

/**
 * Plans the models of all teams, and notes what is wrong with one, with those of a team, and with all together. A model with problems is
 * not among those that are returned.
 */
export function planModels(
  teams: readonly DeclaredTeam[],
  means: ModelMeans,
  problems: Problems,
): readonly { readonly team: DeclaredTeam; readonly plans: readonly ModelServicePlan[] }[] {
  checkTeamNames(teams, means, problems);
  const takenBy = new Map<string, string>();
  const madeFor = new Map<string, string>();
  return teams.flatMap((team) => {
    const path = `${teamSectionName(team.kind)}.${team.team}`;
    const { models } = partsOf(team);
    const pool = means.gpuPools.find((it) => it.key === team.pool);
    // A team without a pool has a problem of its own.
    if (pool === undefined || Object.keys(models).length === 0) return [];
    const surroundings: ModelSurroundings = {
      ...means,
      team: team.team,
      namespace: teamNamespaceName(team.kind, team.team),
      pool,
      gpus: team.gpus,
      egress: team.egress,
      secrets: team.secrets,
    };
    const plans = Object.entries(models).flatMap(([name, shape]) => {
      const at = `${path}.models.${showKey(name)}`;
      const plan = problems.attempt(at, () => planModelService(name, shape, surroundings));
      if (plan === undefined) return [];
      const address = addressText(plan.address);
      const other = takenBy.get(address);
      problems.require(
        other === undefined,
        at,
        `must have an address of its own: ${address} is that of ${other ?? ""}`,
        {
          remedy: "Rename one of the two models",
        },
      );
      takenBy.set(address, at);
      const deployments = plan.servers.flatMap((it) => [
        it.name,
        pickerName(it),
        ...(it.prefill === null ? [] : [it.prefill.name]),
      ]);
      for (const it of deployments) {
        const deployment = `${plan.namespace}/${it}`;
        const first = madeFor.get(deployment);
        problems.require(first === undefined, at, `must have Deployments of its own: ${it} is one of ${first ?? ""}`, {
          remedy: "Rename one of the two models",
        });
        madeFor.set(deployment, at);
      }
      problems.require(
        means.groups || plan.servers.every((it) => it.fit.pipeline === 1),
        at,
        "needs LeaderWorkerSets, since no node holds it: platform.leaderWorkerSet is false",
        { remedy: "Remove leaderWorkerSet: false from the section platform" },
      );
      return [plan];
    });
    checkTogether(team, path, plans, means, problems);
    return [{ team, plans }];
  });
}

/**
 * Notes teams whose names do not set their addresses apart from those of others. Below a wildcard a model is `<model>-<team>`, behind one name
 * `/<team>/<model>`, where KServe has `/<namespace>/<model>` and `/publishers/<namespace>/`; what a team's own routes may answer begins or
 * ends so.
 */
function checkTeamNames(
  teams: readonly DeclaredTeam[],
  { gateway }: Pick<ModelMeans, "gateway">,
  problems: Problems,
): void {
  if (gateway === null) return;
  const serving = teams.filter(({ kind }) => kind === servingWorkload);
  const below = gateway.hostName.startsWith("*.");
  const namespaces = serving.map(({ kind, team }) => teamNamespaceName(kind, team));
  for (const { kind, team } of serving) {
    const other = serving.find((it) => team.endsWith(`-${it.team}`))?.team;
    const path = `${teamSectionName(kind)}.${team}`;
    problems.require(
      !below || other === undefined,
      path,
      `must not have a name that ends in -${other ?? ""}, after another team: ${gateway.hostName} gives both the same host names`,
      { remedy: "Rename one of the two teams" },
    );
    problems.require(
      below || !["publishers", ...namespaces].includes(team),
      path,
      `must not be called ${team}: at ${gateway.hostName} the path /${team}/ is that of others`,
      { remedy: "Rename the team" },
    );
  }
}

/** Models of one team share its GPUs, and what its pods may ask for beside them. */
function checkTogether(
  team: DeclaredTeam,
  path: string,
  plans: readonly ModelServicePlan[],
  { cpuPools }: ModelMeans,
  problems: Problems,
): void {
  const sum = plans.reduce((total, { gpus }) => total + gpus, 0);
  // One that is too large by itself was told.
  problems.require(
    sum <= team.gpus || plans.some(({ gpus }) => gpus > team.gpus),
    `${path}.models`,
    `must leave all models within the ${team.gpus} GPUs of the team`,
    {
      got: sum,
      remedy: `Lower maxReplicas of ${plans.map((it) => it.name).join(", ")}, or raise gpus of the team to ${sum}`,
    },
  );
  // Shares that are wrong have problems of their own.
  const beside = new Problems().attempt("", () => planCpuShares(team.cpuShares, cpuPools));
  const pickers = plans.reduce((total, { servers }) => total + servers.length, 0);
  const needed = pickers * pickerRequests.cpu;
  problems.require(
    beside === undefined || needed <= beside.cpu,
    `${path}.cpuShares`,
    `must leave ${needed} CPUs for the pickers of its models, which run on general nodes`,
    { got: beside?.cpu, remedy: "For example { general: 1 }, a node of the pool general of cpuPools" },
  );
}
