import { lustreTiers } from "../catalog/lustre-tiers";
import { read, text } from "../core/property-tree";
import { isList } from "../core/property-value";
import { lustreChoiceOf } from "../stacks/lustre-choice";
import type { Noted } from "./notes";

/** What a person should know of shared storage before `up` and no rule forbids. */
export function storageNotes(noted: Noted): string[] {
  return [
    ...largeLustre(noted),
    ...distantLustre(noted),
    ...squashedRoot(noted),
    ...unprotectedWish(noted),
    ...accountKeys(noted),
    ...keptForGood(noted),
    ...namedUsers(noted),
    ...agingBlobs(noted),
  ];
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

/** Whose users wait for somebody else to make them a directory. */
function squashedRoot(noted: Noted): string[] {
  const { infra } = noted.environment;
  const squashed = ofType("AmlFilesystem", noted).some(
    ({ inputs }) => text(inputs, "rootSquashSettings.mode") === "RootOnly",
  );
  const sets = (infra?.parts ?? []).filter(({ key }) => key === "scaleSets").map(({ name }) => `scaleSets.${name}`);
  if (!squashed || sets.length === 0) return [];
  return [
    `storage.lustre.rootSquash: root of ${sets.join(", ")} is nobody in /lustre: its users get directories there from a machine in storage.lustre.trustedRanges, or from a node of the cluster`,
  ];
}

/** Outside dev `protect` stops a replacement; where nothing does, a wish that changes takes the data along. */
function unprotectedWish({ environment: { infra, protect } }: Noted): string[] {
  const choice = infra && lustreChoiceOf(infra);
  if (choice === null || choice.written || protect) return [];
  return [
    `storage.lustre: it is not protected, and its tier and size follow checkpoint and holdsTiB: when these change, up deletes it with its data and makes another one. Write tier: ${choice.bought.tier} and sizeTiB: ${choice.bought.sizeTiB}`,
  ];
}

/** The one account whose keys are allowed. */
function accountKeys(noted: Noted): string[] {
  return ofType("StorageAccount", noted).flatMap(({ inputs }) => {
    const reason = text(inputs, "tags.accountKeys");
    if (reason === undefined) return [];
    return [
      `storage.blobIntegration: keys of the account ${String(inputs["accountName"])} are allowed (${reason}): whoever reads one may do everything with it, and no log names them. Grants must be known to Azure before the file system is made, which takes up to five minutes: where its creation fails for that, run up again`,
    ];
  });
}

/** What nobody can take back, not even Azure. */
function keptForGood(noted: Noted): string[] {
  return ofType("StorageAccount", noted).flatMap(({ inputs }) => {
    const policy = "immutableStorageWithVersioning.immutabilityPolicy";
    if (text(inputs, `${policy}.state`) !== "Locked") return [];
    const days = Number(read(inputs, `${policy}.immutabilityPeriodSinceCreationInDays`));
    return [
      `storage.archive.immutability: locked: what is written is kept for ${days} days and bills, whoever asks, and no destroy gets past it. Azure takes the word from a policy that is there, so not in the first up`,
    ];
  });
}

/** With NFSv4.1 owners are names. Source: MicrosoftDocs/azure-docs:articles/azure-netapp-files/azure-netapp-files-configure-nfsv41-domain.md (2025-04-12) */
function namedUsers(noted: Noted): string[] {
  const named = ofType("CapacityPoolVolume", noted).some(
    ({ inputs }) => text(inputs, "protocolTypes[0]") === "NFSv4.1",
  );
  return named
    ? [
        "storage.netapp.protocol: with NFSv4.1 owners are names of a domain that nodes of AKS are not set to: look whether files seem to belong to nobody, and write NFSv3 if they do",
      ]
    : [];
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
