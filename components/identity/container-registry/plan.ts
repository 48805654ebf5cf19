import type { CacheRuleArgs } from "@pulumi/azure-native/containerregistry/cacheRule";
import type { RegistryArgs } from "@pulumi/azure-native/containerregistry/registry";
import { checkName } from "../../../azure/check-name";
import { containerregistry } from "../../../azure/containerregistry";
import type { Place } from "../../../catalog/place";
import { cacheableHosts, registryUpstreams } from "../../../catalog/registry-upstreams";
import { closestHint } from "../../../core/closest-names";
import { globalName, isUuid, roleOf } from "../../../core/names";
import { Problems } from "../../../core/problems";
import { readShape } from "../../../core/shape";
import type { NetworkUser } from "../../network/subnet-ref";
import { containerRegistryShape, type ContainerRegistryShape } from "./shape";

/** A checked registry: what to ask of Azure, and what it asks of the rest. */
export interface ContainerRegistryPlan extends NetworkUser {
  /** The whole registry but for the group, the tags and a key of ours. */
  readonly registry: Omit<RegistryArgs, "resourceGroupName" | "tags"> & { readonly registryName: string };
  readonly cacheRules: readonly (Omit<CacheRuleArgs, "resourceGroupName" | "registryName"> & {
    readonly cacheRuleName: string;
  })[];
  /** Host that images are pulled from. */
  readonly loginServer: string;
  /** Hosts of public registries that it pulls from and keeps. */
  readonly caches: readonly string[];
  readonly pushGroupObjectIds: readonly string[];
}

/**
 * All decisions about a registry of ours.
 * @throws MisconfiguredError
 */
export function planContainerRegistry(
  name: string,
  given: ContainerRegistryShape,
  { location, names, zones }: Place,
): ContainerRegistryPlan {
  const subject = `Container registry '${name}'`;
  const shape = readShape(containerRegistryShape, given, subject);
  const { caches, deleteUntaggedAfterDays: days, pushGroupObjectIds } = shape;
  const problems = new Problems();
  const registryName = globalName("cr", names, containerregistry.Registry.worldName, roleOf(name, "own-images"));
  checkName("containerregistry:Registry", registryName, problems);
  caches.forEach((host, at) => {
    checkCached(host, `caches[${at}]`, problems);
  });
  problems.requireDistinct("caches", caches, "Leave one out");
  pushGroupObjectIds.forEach((id, at) => {
    problems.require(
      isUuid(id),
      `pushGroupObjectIds[${at}]`,
      "must be the object ID of an Entra group, which is a UUID",
      { got: id, remedy: "az ad group show --group <name> --query id says it" },
    );
  });
  problems.requireDistinct("pushGroupObjectIds", pushGroupObjectIds, "Leave one out");
  problems.throwIfAny(subject);
  return {
    loginServer: `${registryName}.azurecr.io`,
    caches,
    pushGroupObjectIds,
    infiniband: false,
    // Its login, and its layers in the one region that it is in.
    // Source: https://learn.microsoft.com/azure/container-registry/container-registry-private-link
    subnets: [{ role: "endpoints", addresses: 2, what: "private endpoints of registries" }],
    registry: {
      location,
      registryName,
      // The one tier that has private endpoints. Source: MicrosoftDocs/azure-management-docs:articles/container-registry/container-registry-skus.md (2026-03-25)
      sku: { name: "Premium" },
      adminUserEnabled: false,
      anonymousPullEnabled: false,
      publicNetworkAccess: "Disabled",
      networkRuleSet: { defaultAction: "Deny" },
      // `az acr import` is one of them, by which images get in that are not cached; each still needs a role.
      networkRuleBypassOptions: "AzureServices",
      // Layers come from a host of the registry's own, and not from one that all storage of Azure shares.
      dataEndpointEnabled: true,
      // Azure makes it so by itself where a region has zones, in every tier; what is said here changes nothing any more.
      // Source: MicrosoftDocs/azure-management-docs:articles/container-registry/zone-redundancy.md (2026-03-25)
      zoneRedundancy: zones.length > 0 ? "Enabled" : "Disabled",
      policies: {
        // Nobody copies images out to another registry; it needs the public address to be off.
        exportPolicy: { status: "disabled" },
        retentionPolicy: days === undefined ? { status: "disabled" } : { status: "enabled", days },
        // A preview that excludes cache rules, copies in other regions and the policy above.
        // Source: MicrosoftDocs/azure-management-docs:articles/container-registry/container-registry-soft-delete-policy.md (2026-03-25)
        softDeletePolicy: { status: "disabled" },
        // Images would stay hidden until a scanner of yours says otherwise, those of the cache as well.
        quarantinePolicy: { status: "disabled" },
        // Azure removes it on 2028-03-31, new registries cannot have it any more, and it excludes a key of yours.
        // Sources: MicrosoftDocs/azure-management-docs:articles/container-registry/container-registry-content-trust-deprecation.md (2024-02-07),
        // container-registry-content-trust.md (2023-10-31), tutorial-customer-managed-keys.md (2023-10-31)
        trustPolicy: { type: "Notary", status: "disabled" },
        // Nodes trade a token of Resource Manager for one of the registry.
        azureADAuthenticationAsArmPolicy: { status: "enabled" },
      },
    },
    cacheRules: caches.map((host) => ({
      cacheRuleName: host.replaceAll(".", "-"),
      sourceRepository: `${host}/*`,
      targetRepository: `${host}/*`,
    })),
  };
}

function checkCached(host: string, path: string, problems: Problems): void {
  if (cacheableHosts.includes(host)) return;
  const because = registryUpstreams.find((it) => it.host === host)?.refusal;
  problems.require(false, path, `must be one of ${cacheableHosts.join(", ")}${because == null ? "" : `: ${because}`}`, {
    got: host,
    remedy:
      because == null
        ? closestHint(host, cacheableHosts, "Leave it out")
        : `Leave it out, and bring its images in: az acr import --source ${host}/<repository>:<tag>`,
  });
}
