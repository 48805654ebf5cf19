import { commandText } from "../core/command-text";
import { list, locate, number, text } from "../core/property-tree";
import { armVersions } from "./arm-versions";
import type { Check } from "./check";
import { type Finding, missing, ok } from "./line";
import { askOwn, type Own } from "./own";
import { type PlannedMachines, plannedMachines } from "./planned-machines";
import type { PlannedAzureResource } from "./preflight-facts";
import { type Answer, get, unanswered } from "./question";

/** A subnet of somebody else that something is put into. */
interface SubnetNeed {
  readonly id: string;
  /** Machines that take one address each. */
  readonly machines: readonly PlannedMachines[];
  /** Resources that take one address each, by ID in lowercase. */
  readonly others: readonly string[];
  /** Service that it must be delegated to, null for none. */
  readonly delegatedTo: string | null;
}

interface Needs {
  readonly subscriptionId: string;
  readonly subnets: readonly SubnetNeed[];
  readonly machines: readonly PlannedMachines[];
  readonly resources: readonly PlannedAzureResource[];
}

interface Answers {
  readonly subnets: readonly { readonly subnet: Answer; readonly usages: Answer }[];
  readonly own: Own;
}

const aks = "Microsoft.ContainerService/managedClusters";

/** Subnets that exist and that the plan puts something into: there, delegated as they must be, with enough free addresses. */
export const existingSubnets: Check<Needs, Answers> = {
  name: "existing subnets",
  needs: ({ subscriptionId, resources }) => {
    const planned = new Set(resources.map((it) => it.id.toLowerCase()));
    const machines = plannedMachines(resources);
    const subnets = new Map<string, SubnetNeed>();
    const add = (id: unknown, more: Partial<SubnetNeed>): void => {
      if (typeof id !== "string" || !isSubnet.test(id) || planned.has(id.toLowerCase())) return;
      const before = subnets.get(id.toLowerCase());
      subnets.set(id.toLowerCase(), {
        id,
        machines: [...(before?.machines ?? []), ...(more.machines ?? [])],
        others: [...(before?.others ?? []), ...(more.others ?? [])],
        delegatedTo: more.delegatedTo ?? before?.delegatedTo ?? null,
      });
    };
    for (const it of machines) add(it.subnetId, { machines: [it] });
    for (const { arm, id, inputs } of resources) {
      for (const path of oneAddress[arm] ?? [])
        for (const { value } of locate(inputs, path)) add(value, { others: [id.toLowerCase()] });
      if (arm === aks) add(text(inputs, "apiServerAccessProfile.subnetId"), { delegatedTo: aks });
    }
    return subnets.size === 0 ? null : { subscriptionId, subnets: [...subnets.values()], machines, resources };
  },
  ask: async ({ subscriptionId, subnets, machines, resources }, ask) => {
    const [own, ...answers] = await Promise.all([
      askOwn(subscriptionId, { resources, machines }, ask),
      ...subnets.map(async ({ id }) => {
        const network = id.replace(/\/subnets\/[^/]+$/i, "");
        const [subnet, usages] = await Promise.all([
          ask(
            get(id, {
              apiVersion: armVersions.network,
              right: "Microsoft.Network/virtualNetworks/subnets/read",
              has: "properties",
            }),
          ),
          ask(
            get(`${network}/usages`, {
              apiVersion: armVersions.network,
              right: "Microsoft.Network/virtualNetworks/usages/read",
              has: "value",
            }),
          ),
        ]);
        return { subnet, usages };
      }),
    ]);
    return { own, subnets: answers };
  },
  judge: ({ subnets }, { subnets: answers, own }) =>
    subnets.flatMap((it, at) => {
      const answer = answers[at];
      return answer === undefined ? [] : judgeSubnet(it, answer, own);
    }),
};

const isSubnet = /\/virtualNetworks\/[^/]+\/subnets\/[^/]+$/i;

/** Where a type says which subnets it takes an address of. */
const oneAddress: Readonly<Record<string, readonly string[]>> = {
  "Microsoft.Network/privateEndpoints": ["subnet.id"],
  "Microsoft.Network/networkInterfaces": ["ipConfigurations[].subnet.id"],
};

function judgeSubnet(
  { id, machines, others, delegatedTo }: SubnetNeed,
  { subnet, usages }: { readonly subnet: Answer; readonly usages: Answer },
  own: Own,
): Finding[] {
  const [network = "", , name = ""] = id.split("/").slice(-3);
  const subject = `${network}/${name}`;
  const show = commandText(["network", "vnet", "subnet", "show", "--ids", id]);
  if (subnet.kind === "absent")
    return [missing(subject, "there", "no such subnet", `Look at existingNetwork.subnets: ${show}`)];
  if (subnet.kind !== "found") return [unanswered(subject, "there", subnet)];
  const delegations = list(subnet.body, "properties.delegations").flatMap(
    (it) => text(it, "properties.serviceName") ?? [],
  );
  const delegated =
    delegatedTo === null
      ? []
      : delegations.some((it) => it.toLowerCase() === delegatedTo.toLowerCase())
        ? [ok(subject, `delegated to ${delegatedTo}`, "so it is")]
        : [
            missing(
              subject,
              `delegated to ${delegatedTo}`,
              delegations.join(", ") || "not delegated",
              commandText(["network", "vnet", "subnet", "update", "--ids", id, "--delegations", delegatedTo]),
            ),
          ];
  const count = machines.reduce((sum, it) => sum + it.maxNodes + it.surgeNodes, 0) + others.length;
  if (count === 0) return delegated;
  const need = `${count} free addresses`;
  if (usages.kind !== "found") return [...delegated, unanswered(subject, need, usages)];
  const usage = list(usages.body, "value").find((it) => text(it, "id")?.toLowerCase() === id.toLowerCase());
  if (usage === undefined) return [...delegated, unanswered(subject, need, usages)];
  const mine =
    machines.reduce((sum, it) => sum + (own.nodes.get(it.id.toLowerCase()) ?? 0), 0) +
    others.filter((it) => own.ids.has(it)).length;
  const free = number(usage, "limit") - Math.max(0, number(usage, "currentValue") - mine);
  const have = `${free} of ${number(usage, "limit")} free`;
  if (free >= count) return [...delegated, ok(subject, need, have)];
  if (own.unknown !== null) return [...delegated, unanswered(subject, need, own.unknown)];
  return [
    ...delegated,
    missing(subject, need, have, "Name a larger subnet, ask for fewer nodes, or let its owner free addresses"),
  ];
}
