import { lustreTiers } from "../catalog/lustre-tiers";
import { read, text } from "../core/property-tree";
import { isList } from "../core/property-value";
import type { Noted } from "./notes";

/** What a person should know of shared storage before `up` and no rule forbids. */
export function storageNotes(noted: Noted): string[] {
  return [...largeLustre(noted), ...distantLustre(noted), ...agingBlobs(noted)];
}

function ofType(name: string, { resources }: Noted): Noted["resources"] {
  return resources.filter((it) => it.type.endsWith(`:${name}`));
}

/** A size that Azure gives to nobody who has not asked. */
function largeLustre(noted: Noted): string[] {
  return ofType("AmlFilesystem", noted).flatMap(({ inputs }) => {
    const tier = lustreTiers.find((it) => it.sku === text(inputs, "sku.name"));
    const sizeTiB = Number(read(inputs, "storageCapacityTiB"));
    if (tier === undefined || sizeTiB <= tier.maxTiB) return [];
    return [
      `storage.lustre.sizeTiB: ${sizeTiB} TiB are more than the ${tier.maxTiB} that Azure gives in tier ${tier.sku} without a support request; file it before up, which waits for no answer`,
    ];
  });
}

/** A file system is in one zone. Azure's zones are up to about 2 ms apart there and back. Source: https://learn.microsoft.com/azure/reliability/availability-zones-overview */
function distantLustre(noted: Noted): string[] {
  const { infra } = noted.environment;
  const [zone] = ofType("AmlFilesystem", noted).flatMap(({ inputs }) => zonesOf(inputs["zones"]));
  if (infra === null || zone === undefined) return [];
  const elsewhere = [
    ...infra.gpuPools.map(({ key, agentPools }) => ({
      path: `gpuPools.${key}`,
      zones: agentPools.flatMap(({ body }) => zonesOf(body.availabilityZones)),
    })),
    ...infra.parts
      .filter(({ key }) => key === "scaleSets")
      .map(({ name }) => ({
        path: `scaleSets.${name}`,
        zones: ofType("VirtualMachineScaleSet", noted)
          .filter((it) => it.name === name)
          .flatMap(({ inputs }) => zonesOf(inputs["zones"])),
      })),
  ].filter(({ zones }) => zones.length === 0 || zones.some((it) => it !== zone));
  if (elsewhere.length === 0) return [];
  const places = elsewhere.map(({ path, zones }) => `${path} (${zones.length === 0 ? "any" : zones.join(", ")})`);
  return [
    `storage.lustre.zone: Lustre is in zone ${zone}, and Azure may put nodes of ${places.join(", ")} into another: each request then takes up to 2 ms more. Write zone: "${zone}" where Azure has the capacity there`,
  ];
}

function zonesOf(zones: unknown): string[] {
  return isList(zones) ? zones.map(String) : [];
}

/** Blobs that nobody writes are deleted without being asked for, checkpoints and weights as well. */
function agingBlobs(noted: Noted): string[] {
  return ofType("ManagementPolicy", noted).flatMap(({ inputs }) => {
    const days = read(inputs, "policy.rules[0].definition.actions.baseBlob.delete.daysAfterModificationGreaterThan");
    if (days === undefined) return [];
    return [
      `storage.blob.deleteAfterDays: whatever no one has written for ${Number(days)} days is deleted, checkpoints, weights and data sets of every team, read or not; softDeleteDays is the time to bring it back`,
    ];
  });
}
