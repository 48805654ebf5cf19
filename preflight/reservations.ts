import { parseArmId } from "../azure/arm-id";
import { commandText } from "../core/command-text";
import { list, number, text, texts } from "../core/property-tree";
import type { Value } from "../core/property-value";
import { armVersions } from "./arm-versions";
import type { Check } from "./check";
import { type Finding, missing, ok, warning } from "./line";
import { type PlannedMachines, plannedMachines } from "./planned-machines";
import { type Answer, get, type Question, unanswered } from "./question";

/** Machines of one group: they are told by name, and share what is free. */
interface Reserved {
  readonly groupId: string;
  readonly machines: readonly PlannedMachines[];
}

interface Needs {
  readonly subscriptionId: string;
  readonly location: string;
  readonly groups: readonly Reserved[];
}

interface GroupAnswers {
  readonly group: Answer;
  readonly reservations: readonly Answer[];
}

/** Groups of capacity reservations of others that pools name: there, shared, of the size and zone, and how much of them is free. */
export const reservations: Check<Needs, readonly GroupAnswers[]> = {
  name: "reservations",
  needs: ({ subscriptionId, location, resources }) => {
    const groups = new Map<string, Reserved>();
    const own = new Set(resources.map(({ id }) => id.toLowerCase()));
    for (const it of plannedMachines(resources)) {
      if (it.reservationGroupId === null) continue;
      const key = it.reservationGroupId.toLowerCase();
      // One that the same up makes is as it is planned.
      if (own.has(key)) continue;
      const before = groups.get(key)?.machines ?? [];
      groups.set(key, { groupId: it.reservationGroupId, machines: [...before, it] });
    }
    return groups.size === 0 ? null : { subscriptionId, location, groups: [...groups.values()] };
  },
  ask: ({ groups }, ask) =>
    Promise.all(
      groups.map(async ({ groupId }) => {
        const group = await ask(viewOf(groupId, "capacityReservationGroups"));
        const ids =
          group.kind === "found"
            ? list(group.body, "properties.capacityReservations").flatMap((it) => text(it, "id") ?? [])
            : [];
        // Azure writes some of them without the first slash.
        const all = ids.map((id) =>
          ask(viewOf(id.replace(/^\/?/, "/"), "capacityReservationGroups/capacityReservations")),
        );
        return { group, reservations: await Promise.all(all) };
      }),
    ),
  judge: (needs, answers) =>
    needs.groups.flatMap((it, at) => {
      const answer = answers[at];
      return answer === undefined ? [] : judgeGroup(needs, it, answer);
    }),
};

function viewOf(id: string, type: string): Question {
  return get(id, {
    apiVersion: armVersions.compute,
    right: `Microsoft.Compute/${type}/read`,
    has: "location",
    query: { $expand: "instanceView" },
  });
}

function judgeGroup(
  { subscriptionId, location }: Needs,
  { groupId, machines }: Reserved,
  answers: GroupAnswers,
): Finding[] {
  const { group, reservations: listed } = answers;
  const name = groupId.split("/").at(-1) ?? groupId;
  const need = `in ${location}, for ${machines.map((it) => it.name).join(", ")}`;
  if (group.kind === "absent")
    return [
      missing(
        name,
        need,
        "there is no such group",
        commandText(["capacity", "reservation", "group", "list", "--output", "table"]),
      ),
    ];
  if (group.kind !== "found") return [unanswered(name, need, group)];
  const where = text(group.body, "location")?.toLowerCase().replaceAll(" ", "") ?? "";
  if (where !== location)
    return [missing(name, need, `in ${where}`, "Name a group of the region: reservations do not move")];
  const owner = parseArmId(groupId)?.subscriptionId?.toLowerCase() ?? "";
  if (owner !== subscriptionId && !sharedWith(group.body, subscriptionId))
    return [
      missing(
        name,
        need,
        `in subscription ${owner}, which does not share it with this one`,
        commandText([
          "capacity",
          "reservation",
          "group",
          "update",
          "--ids",
          groupId,
          "--sharing-profile",
          `/subscriptions/${subscriptionId}`,
        ]),
      ),
    ];
  const unread = listed.find((it) => it.kind !== "found");
  if (unread !== undefined) return [unanswered(name, need, unread)];
  const sizes = [...new Set(machines.map((it) => it.size))];
  return sizes.map((size) =>
    judgeSize(
      name,
      groupId,
      machines.filter((it) => it.size === size),
      listed.flatMap((it) => (it.kind === "found" ? [it.body] : [])),
    ),
  );
}

function sharedWith(group: Value, subscriptionId: string): boolean {
  return list(group, "properties.sharingProfile.subscriptionIds").some(
    (it) => text(it, "id")?.toLowerCase() === `/subscriptions/${subscriptionId}`,
  );
}

function judgeSize(
  name: string,
  groupId: string,
  machines: readonly PlannedMachines[],
  reserved: readonly Value[],
): Finding {
  const [{ size } = { size: "" }] = machines;
  const zones = [...new Set(machines.flatMap((it) => it.zones))];
  const most = sumOf(machines, (it) => it.maxNodes);
  const least = sumOf(machines, (it) => it.minNodes);
  const subject = `${name}, ${size}`;
  const where = zones.length === 0 ? "" : ` in zone ${zones.join(", ")}`;
  const need = `${most} free${where}`;
  const ofSize = reserved.filter((it) => text(it, "sku.name")?.toLowerCase() === size.toLowerCase());
  const create = (count: number): string =>
    commandText([
      ...["capacity", "reservation", "create", "--resource-group", parseArmId(groupId)?.resourceGroupName ?? ""],
      ...["--capacity-reservation-group", name, "--name", "<name>", "--sku", size, "--capacity", String(count)],
      ...(zones[0] === undefined ? [] : ["--zone", zones[0]]),
    ]);
  if (ofSize.length === 0) return missing(subject, need, "no reservation of that size in it", create(most));
  // A reservation without a zone is used by machines without a zone.
  const fitting = ofSize.filter((it) => fits(texts(it, "zones"), zones));
  if (fitting.length === 0)
    return missing(
      subject,
      need,
      `reserved in zone ${zonesText(ofSize)}`,
      "Put the pool into the zone of the reservation, or reserve in its own",
    );
  const capacity = sumOf(fitting, capacityOf);
  const others = sumOf(fitting, (it) => usedByOthers(it, machines));
  const free = Math.max(0, capacity - others);
  const have = `${free} of ${capacity} free`;
  const [first] = fitting;
  const raise = commandText([
    ...["capacity", "reservation", "update", "--resource-group", parseArmId(groupId)?.resourceGroupName ?? ""],
    ...["--capacity-reservation-group", name, "--name", text(first, "name") ?? ""],
    ...["--capacity", String(first === undefined ? most : capacityOf(first) + most - free)],
  ]);
  if (free >= most) return ok(subject, need, have);
  // More machines than reserved are allowed, and come only where Azure has them.
  return free < Math.max(1, least) ? missing(subject, need, have, raise) : warning(subject, need, have, raise);
}

function sumOf<T>(items: readonly T[], count: (it: T) => number): number {
  return items.map(count).reduce((sum, it) => sum + it, 0);
}

function fits(reserved: readonly string[], zones: readonly string[]): boolean {
  return zones.length === 0 ? reserved.length === 0 : reserved.some((it) => zones.includes(it));
}

function zonesText(reserved: readonly Value[]): string {
  const zones = reserved.flatMap((it) => texts(it, "zones"));
  return zones.length === 0 ? "none" : [...new Set(zones)].join(", ");
}

/** Places that are paid for now, which may be fewer than were asked for. */
function capacityOf(reservation: Value): number {
  const now = number(reservation, "properties.instanceView.utilizationInfo.currentCapacity");
  return now > 0 ? now : number(reservation, "sku.capacity");
}

/** Places that machines take which are not those of the plan. */
function usedByOthers(reservation: Value, machines: readonly PlannedMachines[]): number {
  const mine = machines.map((it) => ownPrefix(it).toLowerCase());
  return list(reservation, "properties.instanceView.utilizationInfo.virtualMachinesAllocated").filter((it) => {
    const id = `${text(it, "id")?.toLowerCase() ?? ""}/`;
    return !mine.some((prefix) => id.startsWith(prefix));
  }).length;
}

/** How the ID of a machine begins. Those of AKS lie in the group of its nodes, in a scale set that AKS names after the pool. */
function ownPrefix({ as, id, name, nodeGroup }: PlannedMachines): string {
  const group = /^\/subscriptions\/[^/]+\/resourceGroups\//i.exec(id)?.[0] ?? "";
  return as === "cluster"
    ? `${group}${nodeGroup}/providers/Microsoft.Compute/virtualMachineScaleSets/aks-${name}-`
    : `${id}/`;
}
