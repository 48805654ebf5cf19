import { z } from "zod";
import { modelName, modelServiceShape } from "../../components/inference/model-service/shape";
import { teamQueueShape, type TeamQueueShape } from "../../components/queues/team-queue/shape";
import { type TeamKindName, teamKindNames, teamKinds } from "../../components/tenancy/kinds/team-kinds";
import { teamName, teamNamespaceShape } from "../../components/tenancy/team-namespace/shape";
import { servingWorkload } from "../../catalog/scheduling";
import { tableOf } from "../../core/records";

/** A team of a stack file. Its section says its kind, its key its name. */
const team = z.strictObject({
  /** Key of the GPU pool that the team works on. */
  pool: z.string(),
  ...teamNamespaceShape.omit({ kind: true, team: true }).shape,
});

/** What a team of a kind that mounts shared files says of its home. */
const homeShape = {
  /**
   * GiB of the team's volume on NetApp Files (`storage.netapp`), 50 to 102400. Changed in place. Default: `volumes.sizeGiB` of the pool.
   */
  homeGiB: z.int().exactOptional(),
};

/** A team that people work in. */
const homedTeam = z.strictObject({ ...team.shape, ...homeShape });

/** A team whose jobs queue. */
const queuedTeam = z.strictObject({
  ...team.shape,
  ...homeShape,
  ...teamQueueShape.omit({ gpus: true }).shape,
  /**
   * GiB of one checkpoint of the team's largest job, all processes together: the preview says how often such a job had best save it
   * to Lustre. AdamW in mixed precision keeps 14 bytes for each parameter, so 8 billion are 104 GiB. Source of the bytes:
   * arXiv 1910.02054, section 3.1. Default: 913, 70 billion parameters, which the preview then says.
   */
  checkpointGiB: z.int().min(1, "must be a whole number of GiB from 1").exactOptional(),
});

/** A team that serves models. */
const servingTeam = z.strictObject({
  ...team.shape,
  /**
   * Models that the team serves behind the gateway of the cluster (`platform.inferenceGateway`), by name. With them the API server is
   * reached, too, which whoever picks the server for a request asks for the model's pods.
   */
  models: z.record(modelName, modelServiceShape).exactOptional(),
});

/** Said out loud: by itself the compiler takes one for the other, and forgets words of the second. */
function teamOf(kind: TeamKindName): typeof homedTeam | typeof queuedTeam | typeof servingTeam {
  if (kind === servingWorkload) return servingTeam;
  return teamKinds[kind].queues ? queuedTeam : homedTeam;
}

/** Name of the section that holds the teams of a kind. */
export function teamSectionName<K extends TeamKindName>(kind: K): `${K}Teams` {
  return `${kind}Teams`;
}

/** A section for each kind of team. */
export const teamSections = tableOf(
  teamKindNames.map((kind) => [
    teamSectionName(kind),
    z.record(teamName, teamOf(kind)).describe(teamKinds[kind].description).exactOptional(),
  ]),
);

/** Each kind's section, and the Pod Security level of its teams unless they say another. */
export const teamLevels = teamKindNames.map((kind) => ({
  kind,
  section: teamSectionName(kind),
  podSecurity: teamKinds[kind].podSecurity,
}));

/** A team as a stack file declares it, with what its section and key say. */
export type DeclaredTeam = Readonly<z.output<typeof team>> &
  Readonly<Partial<Pick<z.output<typeof queuedTeam>, "borrow" | "lend" | "checkpointGiB" | "homeGiB">>> &
  Readonly<Partial<Pick<z.output<typeof servingTeam>, "models">>> & {
    readonly kind: TeamKindName;
    readonly team: string;
  };

/** What a team is made of: its namespace, its queue, its models, and the pool of all. */
export interface TeamParts {
  readonly pool: string;
  readonly namespace: Omit<DeclaredTeam, "pool" | "borrow" | "lend" | "checkpointGiB" | "homeGiB" | "models">;
  readonly queue: TeamQueueShape;
  readonly models: NonNullable<DeclaredTeam["models"]>;
}

/** Takes a team apart into the shapes of its components. */
export function partsOf({
  pool,
  borrow,
  lend,
  checkpointGiB: _,
  homeGiB: __,
  models = {},
  ...namespace
}: DeclaredTeam): TeamParts {
  const queue = {
    gpus: namespace.gpus,
    ...(borrow !== undefined && { borrow }),
    ...(lend !== undefined && { lend }),
  };
  if (Object.keys(models).length === 0 || namespace.reach.includes("apiServer"))
    return { pool, namespace, queue, models };
  return { pool, namespace: { ...namespace, reach: [...namespace.reach, "apiServer"] }, queue, models };
}
