import type { Environment } from "../stacks/environment";
import type { PlannedMachines } from "../stacks/infra-part";

/** Pools and what else has machines. */
export function machinesOf({ infra }: Pick<Environment, "infra">): readonly PlannedMachines[] {
  return infra === null ? [] : [...infra.gpuPools, ...infra.cpuPools, ...infra.parts.flatMap((it) => it.machines)];
}
