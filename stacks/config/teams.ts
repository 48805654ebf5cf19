import { z } from "zod";
import { teamQueueShape, type TeamQueueShape } from "../../components/queues/team-queue/shape";
import { type TeamKindName, teamKindNames, teamKinds } from "../../components/tenancy/kinds/team-kinds";
import { teamName, teamNamespaceShape } from "../../components/tenancy/team-namespace/shape";
import { tableOf } from "../../core/records";

/** A team of a stack file. Its section says its kind, its key its name. */
const team = z.strictObject({
  /** Key of the GPU pool that the team works on. */
  pool: z.string(),
  ...teamNamespaceShape.omit({ kind: true, team: true }).shape,
});

/** A team whose jobs queue. */
const queuedTeam = z.strictObject({
  ...team.shape,
  ...teamQueueShape.omit({ gpus: true }).shape,
  /**
   * GiB of one checkpoint of the team's largest job, all processes together: the preview says how often such a job had best save it
   * to Lustre. AdamW in mixed precision keeps 14 bytes for each parameter, so 8 billion are 104 GiB. Source of the bytes:
   * arXiv 1910.02054, section 3.1. Default: 913, 70 billion parameters, which the preview then says.
   */
  checkpointGiB: z.int().min(1, "must be a whole number of GiB from 1").exactOptional(),
});

/** Said out loud: by itself the compiler takes one for the other, and forgets words of the second. */
function teamOf(kind: TeamKindName): typeof team | typeof queuedTeam {
  return teamKinds[kind].queues ? queuedTeam : team;
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
  Readonly<Partial<Pick<z.output<typeof queuedTeam>, "borrow" | "lend" | "checkpointGiB">>> & {
    readonly kind: TeamKindName;
    readonly team: string;
  };

/** What a team is made of: its namespace, its queue, and the pool of both. */
export interface TeamParts {
  readonly pool: string;
  readonly namespace: Omit<DeclaredTeam, "pool" | "borrow" | "lend" | "checkpointGiB">;
  readonly queue: TeamQueueShape;
}

/** Takes a team apart into the shapes of its components. */
export function partsOf({ pool, borrow, lend, checkpointGiB: _, ...namespace }: DeclaredTeam): TeamParts {
  const queue = {
    gpus: namespace.gpus,
    ...(borrow !== undefined && { borrow }),
    ...(lend !== undefined && { lend }),
  };
  return { pool, namespace, queue };
}
