import {
  aksOsDiskGiB,
  aksOsDiskSku,
  billsOperations,
  diskMeter,
  diskTierMeter,
} from "../../catalog/prices/disk-meters";
import { isUnknown } from "../../core/property-marks";
import { list, number, read, text } from "../../core/property-tree";
import type { Machines, Props } from "../arm-row";
import { type Charge, noSourcedPrice } from "../charge";

/** Machines that have a disk each. */
type Having = Pick<Machines, "minNodes" | "maxNodes"> & { readonly name?: string };

/** A managed disk that is a resource of its own. */
export function managedDisk(inputs: Props): readonly Charge[] {
  const sku = text(inputs, "sku.name");
  const of = sku ?? "of a kind that is not written";
  return [
    ...diskOf(sku, number(inputs, "diskSizeGB"), { minNodes: 1, maxNodes: 1 }, read(inputs, "tier")),
    ...(read(inputs, "burstingEnabled") === true
      ? [{ what: `bursting on demand of managed disks ${of}, each month and each operation`, because: noSourcedPrice }]
      : []),
    ...(number(inputs, "maxShares") > 1
      ? [{ what: `mounts of shared disks ${of}`, because: "nothing declares how many machines mount them" }]
      : []),
  ];
}

/** OS disk and data disks of each machine that a body describes: of a virtual machine, or of all of a scale set. */
export function machineDisks(storageProfile: unknown, machines: Having): readonly Charge[] {
  const local = text(storageProfile, "osDisk.diffDiskSettings.option") === "Local";
  const osDisk = read(storageProfile, "osDisk");
  // An attached disk is a resource of its own, and bills as that.
  const own = list(storageProfile, "dataDisks").filter((it) => text(it, "createOption") !== "Attach");
  return [...(local || osDisk === undefined ? [] : [osDisk]), ...own].flatMap((it) =>
    diskOf(text(it, "managedDisk.storageAccountType"), number(it, "diskSizeGB"), machines),
  );
}

/** OS disks of the nodes of a pool that are not on their hosts. */
export function poolDisks(pool: unknown, machines: Machines): readonly Charge[] {
  const { vmSize } = machines;
  const type = text(pool, "osDiskType") ?? (vmSize?.ephemeralOsDisk === true ? "Ephemeral" : "Managed");
  if (type === "Ephemeral") return [];
  const given = number(pool, "osDiskSizeGB");
  // Zero is how a program asks for what AKS takes by itself.
  const gib = given > 0 ? given : vmSize === null ? 0 : aksOsDiskGiB(vmSize.vcpus);
  return diskOf(aksOsDiskSku, gib, machines);
}

/** @param tier Performance tier, by which a disk bills where it is not the one of its size. */
function diskOf(
  sku: string | undefined,
  gib: number,
  { minNodes, maxNodes, name }: Having,
  tier?: unknown,
): readonly Charge[] {
  if (sku === undefined) return [{ what: "managed disks", because: "their kind is not written" }];
  const what = `managed disks ${sku}`;
  if (isUnknown(tier)) return [{ what, because: "their performance tier is not known yet" }];
  if (typeof tier !== "string" && gib <= 0) {
    return [{ what, because: "their size is not known: it may follow from an image" }];
  }
  const meter = typeof tier === "string" ? diskTierMeter(sku, tier) : diskMeter(sku, gib);
  if (meter === undefined) {
    const because =
      typeof tier === "string"
        ? `there is no performance tier ${tier} of them`
        : "their size alone does not decide the price";
    return [{ what, because }];
  }
  return [
    { meter, idle: minNodes, full: maxNodes, ...(name !== undefined && { pool: name }) },
    ...(billsOperations(sku)
      ? [{ what: `operations of ${what}`, because: "nothing declares how many there are" }]
      : []),
  ];
}
