import type { z } from "zod";
import { checkId } from "../../../azure/check-id";
import { capacityKinds } from "../../../catalog/capacity";
import { limits } from "../../../catalog/limits";
import type { VmSize, VmSizes } from "../../../catalog/vm-size";
import { isUuid } from "../../../core/names";
import { Problems } from "../../../core/problems";
import type { gpuPoolShape } from "./shape";
import { kindsOf, type Variant } from "./variants";

type Shape = z.output<typeof gpuPoolShape>;

/** Notes a problem for a ladder that cannot be: what its rungs are, and what stands beside them. */
export function checkCapacity(shape: Shape, size: VmSize, sizes: VmSizes, problems: Problems): void {
  const { capacity } = shape;
  if (capacity === undefined) return;
  problems.require(
    size.infiniband === null,
    "capacity",
    `must be absent: ${size.name} has InfiniBand, whose domain is one scale set in one placement group, which no reservation on demand holds, and of which one eviction stops the job`,
    { remedy: "Write nodes or maxNodes: such nodes come on demand alone" },
  );
  for (const key of ["nodes", "minNodes", "maxNodes", "spot"] as const) {
    problems.require(shape[key] === undefined, key, "must be absent beside capacity, whose rungs say it each", {
      got: shape[key],
      remedy: "Move it into a rung of capacity",
    });
  }
  problems.require(
    shape.spareNodes === 0,
    "spareNodes",
    "must be 0 beside capacity: the rung behind stands in for a lost node",
    { got: shape.spareNodes, remedy: "Leave it out" },
  );
  const words = capacityKinds.join(", ");
  const before = new Set<string>();
  capacity.forEach((rung, at) => {
    const path = `capacity[${at}]`;
    const [kind, ...more] = kindsOf(rung);
    problems.require(kind !== undefined && more.length === 0, path, `must have exactly one of ${words}`, {
      got: Object.keys(rung),
      remedy: "Write a rung for each",
    });
    if (kind === undefined || more.length > 0) return;
    const again = kind === "reserved" ? "Put reservations of one size into one group" : "Raise the bounds of the first";
    problems.require(!before.has(kind), path, `must not name ${kind} twice`, { remedy: again });
    before.add(kind);
    if (rung.reserved !== undefined) checkReserved(rung.reserved, `${path}.reserved`, { size, sizes }, problems);
  });
}

/** Source: MicrosoftDocs/azure-compute-docs:articles/virtual-machines/capacity-reservation-overview.md (2026-02-17) */
function checkReserved(
  { groupResourceId, grant, shareWith }: NonNullable<NonNullable<Shape["capacity"]>[number]["reserved"]>,
  path: string,
  { size, sizes }: { readonly size: VmSize; readonly sizes: VmSizes },
  problems: Problems,
): void {
  const others = [...sizes.values()].filter((it) => it.gpu !== null && it.aks !== null && it.onDemandReservation);
  problems.require(
    size.onDemandReservation !== false,
    path,
    `is not possible: Azure takes no reservation on demand of ${size.series} sizes, and the provider's API version knows no block reservations`,
    { remedy: `Leave the rung out, or choose a size of ${[...new Set(others.map((it) => it.series))].join(", ")}` },
  );
  const ours = groupResourceId === undefined;
  if (!ours) {
    checkId(
      { token: "compute:CapacityReservationGroup", what: "capacity reservation group" },
      groupResourceId,
      `${path}.groupResourceId`,
      problems,
    );
  }
  problems.require(
    grant === undefined || !ours,
    `${path}.grant`,
    "must be absent without groupResourceId: the group that is made here needs the grant",
    { got: grant, remedy: "Leave it out" },
  );
  if (shareWith === undefined) return;
  problems.require(ours, `${path}.shareWith`, "must be absent beside groupResourceId: its owner shares that group", {
    remedy: "Leave it out: az capacity reservation group update --sharing-profile is the owner's command",
  });
  const most = limits.capacityReservationSharedWith.value;
  problems.require(shareWith.length <= most, `${path}.shareWith`, `must be at most ${most} subscriptions`, {
    got: shareWith.length,
    remedy: "Make a group for each part of them",
  });
  problems.requireDistinct(`${path}.shareWith`, shareWith);
  shareWith.forEach((id, at) => {
    problems.require(isUuid(id), `${path}.shareWith[${at}]`, "must be the ID (a UUID) of a subscription", {
      got: id,
      remedy: 'az account list --query "[].{name:name, id:id}" lists yours',
    });
  });
}

/** Which paths of a shape belong to the rung where there is one; all others are the pool's. */
const ofRung = /^(nodes|minNodes|maxNodes|spot)\b(?:\.)?/;

/** Runs the checks of one AKS pool, and tells what they find where it was written. */
export function checkVariant(
  { shape, rung }: Variant,
  check: (shape: Shape, problems: Problems) => void,
  into: Problems,
): void {
  const own = new Problems();
  check(shape, own);
  for (const it of own.list) {
    const path = rung === null ? it.path : it.path.replace(ofRung, (part) => placeIn(rung.path, part));
    const told = into.list.some((other) => other.path === path && other.rule === it.rule);
    // What is wrong with the pool all of its rungs would say.
    if (!told) into.add({ ...it, path });
  }
}

/** `spot.` of a pool is what its rung of that name has itself. */
function placeIn(rung: string, part: string): string {
  if (part.startsWith("spot")) return part.endsWith(".") ? `${rung}.` : rung;
  return `${rung}.${part}`;
}
