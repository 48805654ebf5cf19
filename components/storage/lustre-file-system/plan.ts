import type { AmlFilesystemArgs } from "@pulumi/azure-native/storagecache/amlFilesystem";
import type { z } from "zod";
import { nameInId } from "../../../azure/arm-id";
import { checkId } from "../../../azure/check-id";
import { checkName } from "../../../azure/check-name";
import { limits } from "../../../catalog/limits";
import { lustreSubnetPrefixLength, type LustreTier, lustreTiers } from "../../../catalog/lustre-tiers";
import type { Place } from "../../../catalog/place";
import { addressCount } from "../../../core/cidr";
import { closestHint } from "../../../core/closest-names";
import { physicalName, roleOf } from "../../../core/names";
import { Problems } from "../../../core/problems";
import { readShape } from "../../../core/shape";
import type { NetworkUser } from "../../network/subnet-ref";
import { readKey } from "../customer-managed-key";
import type { LustreOffer } from "./choose-size";
import { planSize, type PlannedWish } from "./plan-size";
import { planSquash, type PlannedSquash } from "./root-squash";
import { lustreFileSystemShape, type LustreFileSystemShape } from "./shape";

/** A checked file system: what to ask of Azure, and what it asks of the rest. */
export interface LustreFileSystemPlan extends NetworkUser {
  /** The whole body but for the group, the tags, the subnet and whose root is nobody. */
  readonly fileSystem: Omit<
    AmlFilesystemArgs,
    "resourceGroupName" | "tags" | "filesystemSubnet" | "rootSquashSettings"
  > & {
    readonly amlFilesystemName: string;
    readonly location: string;
  };
  /** Whose root is nobody, but for the nodes, which the network knows. */
  readonly squash: PlannedSquash;
  readonly sizeTiB: number;
  readonly throughputMBps: number;
  /** Tier and size. */
  readonly offer: LustreOffer;
  /** What it is for, and how that was met; null where nobody said it. */
  readonly wish: PlannedWish | null;
  /** Whether Azure is to refuse to delete it. */
  readonly deleteLock: boolean;
}

/**
 * All decisions of one file system.
 * @throws MisconfiguredError with every problem of the shape
 */
export function planLustreFileSystem(
  name: string,
  given: LustreFileSystemShape,
  { location, names, zones }: Place,
): LustreFileSystemPlan {
  const subject = `Lustre file system '${name}'`;
  const shape = readShape(lustreFileSystemShape, given, subject);
  const problems = new Problems();
  const amlFilesystemName = physicalName("amlfs", names, roleOf(name, "lustre"));
  checkName("storagecache:AmlFilesystem", amlFilesystemName, problems);

  const tier = readTier(shape.tier, problems);
  if (shape.sizeTiB !== undefined) {
    if (tier !== undefined) checkSize(tier, shape.sizeTiB, problems);
    else if (shape.tier === undefined) checkSomeSize(shape.sizeTiB, problems);
  }
  const unreadable = problems.list.some(({ path }) => path === "tier" || path === "sizeTiB");
  const chosen = unreadable ? undefined : planSize(shape, tier, location, problems);
  const sizeTiB = chosen?.offer.sizeTiB ?? shape.sizeTiB ?? 0;
  const zoneRule =
    zones.length === 0
      ? "is not possible: Managed Lustre needs a zone, and the catalogue knows none of this region"
      : `must be one of ${zones.join(", ")}`;
  problems.require(zones.includes(shape.zone), "zone", zoneRule, {
    got: shape.zone,
    remedy: zones.length === 0 ? "Leave storage.lustre out" : `Write "${zones[0] ?? ""}" for example`,
  });
  const prefixLength = lustreSubnetPrefixLength(sizeTiB);
  problems.require(
    prefixLength !== null || tier === undefined || sizeTiB <= 0 || sizeTiB > tier.maxTiBOnRequest,
    "sizeTiB",
    `has no subnet that is known to fit: no source says how many addresses ${sizeTiB} TiB of Lustre take`,
    { got: sizeTiB, remedy: "Ask Azure's getRequiredAmlFSSubnetsSize, and split the data over environments" },
  );
  const ownKey = planEncryption(shape, problems);
  const squash = planSquash(shape, problems);
  problems.throwIfAny(subject);
  if (chosen === undefined) throw new Error(`${subject}: the checks let a file system without a size pass`);

  return {
    sizeTiB,
    squash,
    deleteLock: shape.deleteLock,
    throughputMBps: chosen.offer.throughputMBps,
    offer: chosen.offer,
    wish: chosen.wish,
    infiniband: false,
    subnets: [
      {
        role: "lustre",
        addresses: addressCount({ base: 0, prefixLength: prefixLength ?? 32 }) - limits.subnetReservedAddresses.value,
        what: `addresses of ${sizeTiB} TiB of Lustre`,
      },
    ],
    fileSystem: {
      location,
      amlFilesystemName,
      sku: { name: chosen.offer.tier.sku },
      storageCapacityTiB: sizeTiB,
      zones: [shape.zone],
      maintenanceWindow: { dayOfWeek: shape.maintenanceDay, timeOfDayUTC: shape.maintenanceTime },
      ...ownKey,
    },
  };
}

/** The row of a tier, `undefined` where none is written or there is none of that name. */
function readTier(sku: string | undefined, problems: Problems): LustreTier | undefined {
  if (sku === undefined) return undefined;
  const tier = lustreTiers.find((it) => it.sku === sku);
  const tiers = lustreTiers.map((it) => it.sku);
  problems.require(tier !== undefined, "tier", `must be one of ${tiers.join(", ")}`, {
    got: sku,
    remedy: closestHint(sku, tiers, `Write ${tiers[0] ?? ""} for example`),
  });
  return tier;
}

/** Whether Azure makes a size of a tier. */
function checkSize(
  { sku, stepTiB: step, maxTiB, maxTiBOnRequest }: LustreTier,
  sizeTiB: number,
  problems: Problems,
): void {
  const below = Math.max(step, Math.floor(sizeTiB / step) * step);
  const fits = sizeTiB >= step && sizeTiB % step === 0;
  problems.require(fits, "sizeTiB", `must be a multiple of ${step} TiB in tier ${sku}`, {
    got: sizeTiB,
    remedy: below === sizeTiB || !(sizeTiB >= step) ? `Use ${step}` : `Use ${below} or ${below + step}`,
  });
  problems.require(
    sizeTiB <= maxTiBOnRequest,
    "sizeTiB",
    `must be at most ${maxTiBOnRequest} TiB in tier ${sku} (above ${maxTiB} TiB Azure asks for a request)`,
    { got: sizeTiB, remedy: `Use ${maxTiBOnRequest} or less, or a tier that holds more` },
  );
}

/** Whether Azure makes a size in any tier. */
function checkSomeSize(sizeTiB: number, problems: Problems): void {
  const steps = lustreTiers.map(({ stepTiB }) => stepTiB);
  const least = Math.min(...steps);
  problems.require(
    sizeTiB >= least && steps.some((it) => sizeTiB % it === 0),
    "sizeTiB",
    `must be a multiple of the step of a tier: ${steps.join(", ")} TiB`,
    { got: sizeTiB, remedy: `Use ${Math.max(least, Math.ceil(sizeTiB / least) * least)}, or leave it out` },
  );
}

/** What a file system says of a key that is not Microsoft's. */
function planEncryption(
  { customerManagedKey: key }: z.output<typeof lustreFileSystemShape>,
  problems: Problems,
): Pick<AmlFilesystemArgs, "identity" | "encryptionSettings"> {
  if (key === undefined) return {};
  const path = "customerManagedKey";
  const found = readKey(key, path, problems);
  checkId({ token: "keyvault:Vault", what: "Key Vault" }, key.vaultResourceId, `${path}.vaultResourceId`, problems);
  const vault = nameInId(key.vaultResourceId);
  problems.require(
    found?.keyVersion !== undefined || found === undefined,
    `${path}.keyUrl`,
    "must name a version: Lustre follows no new one by itself",
    { got: key.keyUrl, remedy: "az keyvault key show --query key.kid says it" },
  );
  problems.require(
    found === undefined || found.vaultUri === `https://${vault ?? ""}.vault.azure.net`,
    `${path}.vaultResourceId`,
    "must be the vault that keyUrl leads to",
    { got: key.vaultResourceId, remedy: `Write the ID of ${found?.vaultName ?? ""}` },
  );
  return {
    identity: { type: "UserAssigned", userAssignedIdentities: [key.identityResourceId] },
    encryptionSettings: { keyEncryptionKey: { keyUrl: key.keyUrl, sourceVault: { id: key.vaultResourceId } } },
  };
}
