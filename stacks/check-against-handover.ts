import { physicalName } from "../core/names";
import { Problems } from "../core/problems";
import { checkHomes } from "./check-homes";
import { checkTeams } from "./check-teams";
import type { Environment } from "./environment";
import type { Handovers } from "./handover";

/** What is plain in a handover of layer infra. */
type Read = Pick<
  Handovers["infra"],
  "location" | "resourceGroupName" | "gpuPools" | "cpuPools" | "keyVault" | "cluster" | "netapp"
>;

/**
 * Checks a stack against the one that it reads, of which nothing was known until now: all stacks of an environment are in
 * one region and of one workload, or they would call and tag their parts of it differently; and teams need pools that it made.
 * @throws MisconfiguredError with everything that is wrong
 */
export function checkAgainstHandover(environment: Environment, read: Read): void {
  const { stack, handover, location, names, teams } = environment;
  const { gpuPools, cpuPools, keyVault, cluster, netapp } = read;
  const fqdnPolicies = cluster.fqdnPolicies === true;
  const problems = new Problems();
  const there = location.toLowerCase() === read.location.toLowerCase();
  problems.require(there, "azure-native:location", `must be that of the stack that it reads, ${read.location}`, {
    got: location,
    remedy: `Write ${read.location}`,
  });
  const group = physicalName("rg", names);
  // In another region it is called otherwise anyway.
  problems.require(
    !there || group === read.resourceGroupName,
    "environment.workload",
    "must be that of the stack that it reads",
    {
      got: names.workload,
      remedy: `Write the workload whose resource group is ${read.resourceGroupName}`,
    },
  );
  const declared = { gpuPools: gpuPools.map((it) => it.key), cpuPools: cpuPools.map((it) => it.key) };
  checkTeams(teams, { gpuPools, cpuPools, declared, fqdnPolicies, ...(keyVault && { keyVault }) }, problems);
  const beside = { declared: netapp !== undefined, otherVolumes: netapp?.otherVolumes ?? 0 };
  checkHomes(teams, netapp, beside, problems);
  problems.throwIfAny(`Stack '${stack}', with what '${handover ?? ""}' made,`);
}
