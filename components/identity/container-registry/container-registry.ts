import { CacheRule } from "@pulumi/azure-native/containerregistry/cacheRule";
import { Registry, type RegistryArgs } from "@pulumi/azure-native/containerregistry/registry";
import { ComponentResource, type ComponentResourceOptions, output } from "@pulumi/pulumi";
import { containerregistry } from "../../../azure/containerregistry";
import { replaceOnChanges } from "../../../azure/fixed-property";
import { placeOf } from "../../../catalog/place";
import { claim } from "../../../core/claim";
import type { Planned } from "../../../core/planned";
import type { Scope } from "../../../core/scope";
import type { Wired } from "../../../core/wired";
import type { OwnKey } from "../customer-managed-keys/own-key-ref";
import type { ContainerRegistryRef } from "./container-registry-ref";
import { type ContainerRegistryPlan, planContainerRegistry } from "./plan";
import type { ContainerRegistryShape } from "./shape";

/** Its shape, or the plan of it, and what connects it. */
export type ContainerRegistryArgs = Planned<ContainerRegistryShape, ContainerRegistryPlan> & {
  readonly scope: Scope;
  /** Key that images are encrypted with. Taking one, or taking it away, replaces the registry. @default Microsoft's */
  readonly ownKey?: OwnKey;
};

/**
 * A container registry of tier Premium that keeps what it pulls from public ones: no public address, no admin user, no anonymous reader.
 * Reach it through a private endpoint for `registry`. Whoever pulls needs the role AcrPull. Give `protect` in the options.
 *
 * Costs its tier by the day, and images beyond what that includes by the gigabyte.
 * @throws MisconfiguredError before anything is registered
 */
export class ContainerRegistry extends ComponentResource {
  /** What nodes, mirrors and private endpoints have to know of it. */
  public readonly ref: Wired<ContainerRegistryRef, "resourceId">;

  public constructor(name: string, args: ContainerRegistryArgs, opts?: ComponentResourceOptions) {
    const { scope, ownKey, ...rest } = args;
    const plan = rest.plan !== undefined ? rest.plan : planContainerRegistry(name, rest, placeOf(scope));
    claim("Container registry", plan.registry.registryName);
    super("azure-gpu-cluster:identity:ContainerRegistry", name, {}, opts);

    const { resourceGroupName, tags } = scope;
    const registry = new Registry(
      name,
      {
        ...plan.registry,
        resourceGroupName,
        tags,
        // Said either way: to take a key later is then a change that Pulumi knows to be another registry.
        encryption: { status: "disabled" },
        ...(ownKey !== undefined && encryptedWith(ownKey)),
      },
      // The new registry has the old one's name.
      { parent: this, replaceOnChanges: replaceOnChanges(containerregistry.Registry), deleteBeforeReplace: true },
    );
    for (const rule of plan.cacheRules) {
      new CacheRule(
        `${name}-${rule.cacheRuleName}`,
        { ...rule, resourceGroupName, registryName: registry.name },
        // The next `up` makes it again.
        {
          parent: this,
          protect: false,
          replaceOnChanges: replaceOnChanges(containerregistry.CacheRule),
          deleteBeforeReplace: true,
        },
      );
    }
    this.ref = { resourceId: registry.id, loginServer: plan.loginServer, caches: [...plan.caches] };
    this.registerOutputs({ resourceId: registry.id, loginServer: plan.loginServer });
  }
}

/** Without a version: the registry follows new ones. */
function encryptedWith(key: OwnKey): Pick<RegistryArgs, "identity" | "encryption"> {
  return {
    identity: {
      type: "UserAssigned",
      // By its ID, which is a key of this table and no value.
      userAssignedIdentities: output(key.identityResourceId).apply((id) => ({ [id]: {} })),
    },
    encryption: {
      status: "enabled",
      keyVaultProperties: { keyIdentifier: key.keyUrl, identity: key.identityClientId },
    },
  };
}
