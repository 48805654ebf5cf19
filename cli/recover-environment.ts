import { hostname } from "node:os";
import { isRunning } from "../core/is-running";
import { spokenName } from "../core/urn";
import { openStuckStack } from "../delivery/open-stuck-stack";
import {
  type Machine,
  type Recovery,
  recoverStack,
  type RecoverWords,
  type StuckStack,
} from "../delivery/recover-stack";
import { readStackFile } from "../stacks/stack-file";

/** What `npm run recover` is asked for. */
export interface RecoverCommand extends RecoverWords {
  readonly environment: string;
  readonly json: boolean;
}

const here: Machine = { host: hostname(), runs: isRunning };

/**
 * Tells what is in the way of a stack, and takes it away when asked. Returns the exit code.
 * @param open Opens a stack by its name. @default the one in the backend that pulumi is logged in to
 */
export async function recoverEnvironment(
  file: string,
  { json, cancel, settle }: RecoverCommand,
  open: (stack: string, file: string) => Promise<StuckStack> = openStuckStack,
): Promise<number> {
  const { stack: name } = readStackFile(file);
  const recovery = await recoverStack(name, await open(name, file), { cancel, settle }, here);
  process.stdout.write(json ? `${JSON.stringify(recovery, null, 2)}\n` : told(recovery));
  return (recovery.drift === null && recovery.locks !== null) || recovery.pending.length > 0 ? 1 : 0;
}

function told({ stack, locks, last, pending, settled, cancelled, drift }: Recovery): string {
  const changes = Object.entries(drift ?? {}).filter(([kind, count]) => kind !== "same" && (count ?? 0) > 0);
  return [
    ...(locks === null ? [`${stack}: this backend names no holder; look at its console`] : []),
    ...(locks?.length === 0 ? [`${stack} is not locked`] : []),
    ...(locks ?? []).map(
      (it) =>
        `${stack} ${cancelled ? "was" : "is"} held by ${it.user}@${it.host}, process ${it.pid}, since ${it.since}: ${it.alive === "unknown" ? "another machine" : it.alive ? "it runs" : "it is dead"}`,
    ),
    ...(last === null
      ? []
      : [
          `Last apply: ${last.result}, begun ${last.started}, plan ${last.plan ?? "unknown"}, ${last.run ?? "on no pipeline"}`,
        ]),
    ...settled.map(({ urn, there }) => `Settled: ${spokenName(urn)} ${there ? "is there" : "is not there"}`),
    ...pending.map(({ operation, urn }) => `Pending: ${operation} ${spokenName(urn)}`),
    ...(drift === null
      ? []
      : [`A refresh would change ${changes.map(([kind, count]) => `${kind} ${count ?? 0}`).join(", ") || "nothing"}`]),
    ...(drift === null && locks !== null
      ? [`Once that run is dead: npm run recover -- ENVIRONMENT --cancel ${stack}`]
      : []),
    ...(pending.length > 0 && drift !== null
      ? [`To find out how they ended: npm run recover -- ENVIRONMENT --settle ${stack}`]
      : []),
    ...(settled.length > 0 ? ["Make a new plan: the old one is of another state"] : []),
    "",
  ].join("\n");
}
