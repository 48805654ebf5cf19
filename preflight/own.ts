import { parseArmId } from "../azure/arm-id";
import { list, number, text } from "../core/property-tree";
import { armVersions } from "./arm-versions";
import type { PlannedMachines } from "./planned-machines";
import type { PlannedAzureResource } from "./preflight-facts";
import { type Answer, type Ask, get, type Unanswered } from "./question";

/** What an earlier `up` of this environment left: it counts as used, and as ours. */
export interface Own {
  /** IDs in lowercase, of everything in the resource groups of the plan. */
  readonly ids: ReadonlySet<string>;
  /** Machines that run now, by the ID of their pool, scale set or machine in lowercase. */
  readonly nodes: ReadonlyMap<string, number>;
  /** Resource groups that are there, in lowercase. */
  readonly groups: ReadonlySet<string>;
  /** Why some of it is not known, null when all is. */
  readonly unknown: Unanswered | null;
}

/** Resource groups that the plan makes something in. What hangs on a thing of somebody else, as a grant does, is not made in its group. */
export function groupsOf(resources: readonly Pick<PlannedAzureResource, "id">[]): string[] {
  const names = resources.flatMap(({ id }) => {
    const { scope = "", resourceGroupName } = parseArmId(id) ?? {};
    return /\/providers\//i.test(scope) ? [] : (resourceGroupName ?? []);
  });
  return [...new Map(names.map((it) => [it.toLowerCase(), it])).values()];
}

/** Asks what is there of a plan, found by the IDs that it would have. */
export async function askOwn(
  subscriptionId: string,
  {
    resources,
    machines,
  }: { readonly resources: readonly PlannedAzureResource[]; readonly machines: readonly PlannedMachines[] },
  ask: Ask,
): Promise<Own> {
  const groups = groupsOf(resources);
  const lists = await Promise.all(groups.map((group) => ask(resourcesOf(subscriptionId, group))));
  const ids = new Set(lists.flatMap((it) => listed(it)));
  const there = machines.filter(({ id }) => ids.has(holderOf(id)));
  const holders = [...new Set(there.map(({ id }) => holderOf(id)))];
  const answers = await Promise.all(holders.map((id) => ask(machinesAt(id))));
  return {
    ids,
    groups: new Set(groups.filter((_, at) => lists[at]?.kind === "found").map((it) => it.toLowerCase())),
    nodes: new Map(holders.flatMap((id, at) => nodesAt(id, answers[at]))),
    unknown: [...lists, ...answers].find((it): it is Unanswered => it.kind === "unanswered") ?? null,
  };
}

function resourcesOf(subscriptionId: string, group: string): ReturnType<typeof get> {
  return get(`/subscriptions/${subscriptionId}/resourceGroups/${group}/resources`, {
    apiVersion: armVersions.resources,
    right: "Microsoft.Resources/subscriptions/resourceGroups/resources/read",
    has: "value",
  });
}

function listed(answer: Answer): string[] {
  return answer.kind === "found" ? list(answer.body, "value").flatMap((it) => text(it, "id")?.toLowerCase() ?? []) : [];
}

/** What the machines are asked of: a pool is told of by its cluster. */
function holderOf(id: string): string {
  return id.toLowerCase().replace(/\/agentpools\/[^/]+$/, "");
}

function machinesAt(id: string): ReturnType<typeof get> {
  const arm = parseArmId(id)?.arm ?? "";
  const aks = arm.startsWith("microsoft.containerservice");
  return get(id, {
    apiVersion: aks ? armVersions.containerService : armVersions.compute,
    right: `${arm}/read`,
    has: "id",
  });
}

function nodesAt(id: string, answer: Answer | undefined): [string, number][] {
  if (answer?.kind !== "found") return [];
  const pools = list(answer.body, "properties.agentPoolProfiles");
  if (pools.length > 0)
    return pools.map((it) => [
      `${id}/agentpools/${(text(it, "name") ?? "").toLowerCase()}`,
      // A stopped pool keeps its count and has no machine.
      text(it, "powerState.code") === "Stopped" ? 0 : number(it, "count"),
    ]);
  return [[id, text(answer.body, "sku.name") === undefined ? 1 : number(answer.body, "sku.capacity")]];
}
