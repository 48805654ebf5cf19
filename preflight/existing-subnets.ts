import { commandText } from "../core/command-text";
import { list, locate, number, text, texts } from "../core/property-tree";
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
  /** Range that the stack file says, null where it does not name the subnet. */
  readonly range: string | null;
  /** Machines that take one address each. */
  readonly machines: readonly PlannedMachines[];
  /** Resources that take one address each, by ID in lowercase. */
  readonly others: readonly string[];
  /** Service that it must be delegated to, null for none: what is delegated takes nothing else. */
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

/** Subnets of others that the stack file or the plan names: there, as they are said to be, delegated as they must be, with enough free addresses. */
export const existingSubnets: Check<Needs, Answers> = {
  name: "existing subnets",
  needs: ({ subscriptionId, resources, existingSubnets: declared }) => {
    const planned = new Set(resources.map((it) => it.id.toLowerCase()));
    const machines = plannedMachines(resources);
    const subnets = new Map<string, SubnetNeed>();
    const add = (id: unknown, more: Partial<SubnetNeed>): void => {
      if (typeof id !== "string" || !isSubnet.test(id) || planned.has(id.toLowerCase())) return;
      const before = subnets.get(id.toLowerCase());
      subnets.set(id.toLowerCase(), {
        id,
        range: more.range ?? before?.range ?? null,
        machines: [...(before?.machines ?? []), ...(more.machines ?? [])],
        others: [...(before?.others ?? []), ...(more.others ?? [])],
        delegatedTo: more.delegatedTo ?? before?.delegatedTo ?? null,
      });
    };
    for (const { id, ...more } of declared) add(id, more);
    for (const it of machines) add(it.subnetId, { machines: [it] });
    for (const { arm, id, inputs } of resources)
      for (const { at, delegatedTo, takesOne } of uses[arm] ?? [])
        for (const { value } of locate(inputs, at))
          add(value, { delegatedTo, others: takesOne ? [id.toLowerCase()] : [] });
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

/** How a resource uses a subnet. */
interface SubnetUse {
  /** Input that names the subnet. */
  readonly at: string;
  readonly delegatedTo: string | null;
  /** Whether each resource takes one address. What takes more, or nobody says how many, is not counted here. */
  readonly takesOne: boolean;
}

/**
 * Types that name a subnet, beside machines. Sources: MicrosoftDocs/azure-aks-docs:articles/aks/api-server-vnet-integration.md (2026-04-15);
 * MicrosoftDocs/azure-docs:articles/azure-netapp-files/azure-netapp-files-delegate-subnet.md;
 * MicrosoftDocs/azure-compute-docs:articles/virtual-machines/linux/image-builder-json.md (2023-10-03)
 */
const uses: Readonly<Record<string, readonly SubnetUse[]>> = {
  "Microsoft.Network/privateEndpoints": [{ at: "subnet.id", delegatedTo: null, takesOne: true }],
  "Microsoft.Network/networkInterfaces": [{ at: "ipConfigurations[].subnet.id", delegatedTo: null, takesOne: true }],
  "Microsoft.ContainerService/managedClusters": [
    {
      at: "apiServerAccessProfile.subnetId",
      delegatedTo: "Microsoft.ContainerService/managedClusters",
      takesOne: false,
    },
  ],
  // Volumes of a pool may share an address.
  "Microsoft.NetApp/netAppAccounts/capacityPools/volumes": [
    { at: "subnetId", delegatedTo: "Microsoft.NetApp/volumes", takesOne: false },
  ],
  // Whether it is large enough is asked of the service itself.
  "Microsoft.StorageCache/amlFilesystems": [{ at: "filesystemSubnet", delegatedTo: null, takesOne: false }],
  "Microsoft.VirtualMachineImages/imageTemplates": [
    { at: "vmProfile.vnetConfig.subnetId", delegatedTo: null, takesOne: true },
    {
      at: "vmProfile.vnetConfig.containerInstanceSubnetId",
      delegatedTo: "Microsoft.ContainerInstance/containerGroups",
      takesOne: false,
    },
  ],
};

function judgeSubnet(
  { id, range, machines, others, delegatedTo }: SubnetNeed,
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
  const ranges = [
    text(subnet.body, "properties.addressPrefix") ?? [],
    texts(subnet.body, "properties.addressPrefixes"),
  ].flat();
  const wrong =
    range === null || ranges.includes(range)
      ? []
      : [
          missing(
            subject,
            `range ${range}`,
            ranges.join(", ") || "no range",
            "Write what it has in existingNetwork.subnets: firewalls and rules are made of it",
          ),
        ];
  const judged = judgeDelegation({ subject, id, delegatedTo }, delegations);
  const asSaid = [...wrong, ...judged];
  const count = machines.reduce((sum, it) => sum + it.maxNodes + it.surgeNodes, 0) + others.length;
  if (count === 0) return asSaid;
  const need = `${count} free ${count === 1 ? "address" : "addresses"}`;
  if (usages.kind !== "found") return [...asSaid, unanswered(subject, need, usages)];
  const usage = list(usages.body, "value").find((it) => text(it, "id")?.toLowerCase() === id.toLowerCase());
  if (usage === undefined) return [...asSaid, unanswered(subject, need, usages)];
  const mine =
    machines.reduce((sum, it) => sum + (own.nodes.get(it.id.toLowerCase()) ?? 0), 0) +
    others.filter((it) => own.ids.has(it)).length;
  const free = number(usage, "limit") - Math.max(0, number(usage, "currentValue") - mine);
  const have = `${free} of ${number(usage, "limit")} free`;
  if (free >= count) return [...asSaid, ok(subject, need, have)];
  if (own.unknown !== null) return [...asSaid, unanswered(subject, need, own.unknown)];
  return [
    ...asSaid,
    missing(subject, need, have, "Name a larger subnet, ask for fewer nodes, or let its owner free addresses"),
  ];
}

function judgeDelegation(
  { subject, id, delegatedTo }: Pick<SubnetNeed, "id" | "delegatedTo"> & { readonly subject: string },
  delegations: readonly string[],
): Finding[] {
  const update = ["network", "vnet", "subnet", "update", "--ids", id];
  const have = delegations.length === 0 ? "not delegated" : `delegated to ${delegations.join(", ")}`;
  if (delegatedTo === null)
    return delegations.length === 0
      ? []
      : [
          missing(
            subject,
            "not delegated: it would take nothing else",
            have,
            `Name another subnet, or if it is empty: ${commandText([...update, "--remove", "delegations"])}`,
          ),
        ];
  const need = `delegated to ${delegatedTo}`;
  return delegations.some((it) => it.toLowerCase() === delegatedTo.toLowerCase())
    ? [ok(subject, need, "so it is")]
    : [missing(subject, need, have, commandText([...update, "--delegations", delegatedTo]))];
}
