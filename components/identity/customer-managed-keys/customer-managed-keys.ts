import { DiskEncryptionSet } from "@pulumi/azure-native/compute/diskEncryptionSet";
import { Key } from "@pulumi/azure-native/keyvault/key";
import { Vault } from "@pulumi/azure-native/keyvault/vault";
import { UserAssignedIdentity } from "@pulumi/azure-native/managedidentity/userAssignedIdentity";
import { all, ComponentResource, type ComponentResourceOptions, type Input, type Output } from "@pulumi/pulumi";
import { placeOf } from "../../../catalog/place";
import { claim } from "../../../core/claim";
import type { Planned } from "../../../core/planned";
import type { Scope } from "../../../core/scope";
import { vaultUri } from "../closed-vault";
import { RoleGrant } from "../role-grant";
import type { OwnKey } from "./own-key-ref";
import { type CustomerManagedKeysPlan, planCustomerManagedKeys } from "./plan";
import { type CustomerManagedKeysShape, type EncryptedKind, encryptedKinds } from "./shape";

/** Its shape, or the plan of it, and where it goes. */
export type CustomerManagedKeysArgs = Planned<CustomerManagedKeysShape, CustomerManagedKeysPlan> & {
  readonly scope: Scope;
  /** Tenant of the subscription, which is that of its managed identities. Changing it replaces the vault. */
  readonly tenantId: Input<string>;
};

/**
 * A vault that holds keys and nothing else, a key for each kind of thing that is encrypted, and for each one identity that may wrap and
 * unwrap with that key alone. Give `protect` in the options: without a key there are no data.
 *
 * Costs by the operation, and with `hardware` each key by the month.
 * @throws MisconfiguredError before anything is registered
 */
export class CustomerManagedKeys extends ComponentResource {
  /** ARM ID of the vault. */
  public readonly vaultResourceId: Output<string>;
  /** ARM ID of the disk encryption set, known once it may use its key. Undefined: disks are not among what is encrypted. */
  public readonly diskEncryptionSetResourceId: Output<string> | undefined;
  readonly #keys: ReadonlyMap<EncryptedKind, OwnKey>;

  public constructor(name: string, args: CustomerManagedKeysArgs, opts?: ComponentResourceOptions) {
    const { scope, tenantId, ...rest } = args;
    const plan =
      rest.plan !== undefined ? rest.plan : planCustomerManagedKeys(name, rest, placeOf(scope), encryptedKinds);
    claim("Key Vault", plan.vault.vaultName);
    super("azure-gpu-cluster:identity:CustomerManagedKeys", name, {}, opts);

    const { resourceGroupName, tags } = scope;
    const properties = { ...plan.vault.properties, tenantId };
    const vault = new Vault(name, { ...plan.vault, properties, resourceGroupName, tags }, { parent: this });
    const keys = new Map<EncryptedKind, OwnKey>();
    let diskEncryptionSetResourceId: Output<string> | undefined;
    for (const { kind, keyName, properties: ofKey, user } of plan.keys) {
      const key = new Key(
        `${name}-${kind}`,
        { resourceGroupName, vaultName: vault.name, keyName, properties: ofKey, tags },
        {
          parent: this,
          // Azure answers a key that is there as it is: a new policy would show as a change that never comes about.
          ignoreChanges: ["properties"],
          // The provider would delete it by the address of the vault, which nobody reaches. It goes with the vault, and comes back with it.
          // Source: pulumi/pulumi-azure-native:provider/pkg/resources/customresources/custom_keyvault.go (3.x)
          retainOnDelete: true,
        },
      );
      const grant = (principalId: Input<string>): RoleGrant =>
        new RoleGrant(
          `${name}-${kind}`,
          {
            scope: key.id,
            principalId,
            role: "Key Vault Crypto Service Encryption User",
            principalType: "ServicePrincipal",
          },
          { parent: this },
        );
      if ("diskEncryptionSet" in user) {
        const set = new DiskEncryptionSet(
          `${name}-${kind}`,
          {
            ...user.diskEncryptionSet,
            resourceGroupName,
            tags,
            activeKey: { keyUrl: key.keyUriWithVersion, sourceVault: { id: vault.id } },
          },
          // It goes to newer versions by itself.
          { parent: this, ignoreChanges: ["activeKey.keyUrl"] },
        );
        const { roleAssignmentResourceId } = grant(set.identity.apply((it) => it?.principalId ?? ""));
        diskEncryptionSetResourceId = all([set.id, roleAssignmentResourceId]).apply(([id]) => id);
        continue;
      }
      const identity = new UserAssignedIdentity(
        `${name}-${kind}`,
        { ...user.identity, resourceGroupName, tags },
        { parent: this },
      );
      const { roleAssignmentResourceId } = grant(identity.principalId);
      // Known once the right is given: a service looks for the key as it is made.
      const granted = all([identity.id, identity.clientId, roleAssignmentResourceId]);
      keys.set(kind, {
        ...{ vaultUri: vaultUri(plan.vault), keyName, vaultResourceId: vault.id },
        ...{ keyUrl: key.keyUri, keyUrlWithVersion: key.keyUriWithVersion },
        identityResourceId: granted.apply(([id]) => id),
        identityClientId: granted.apply(([, clientId]) => clientId),
      });
    }
    this.#keys = keys;
    this.vaultResourceId = vault.id;
    this.diskEncryptionSetResourceId = diskEncryptionSetResourceId;
    this.registerOutputs({ vaultResourceId: this.vaultResourceId });
  }

  /** The key for a kind of thing. Undefined: it is not among what is encrypted. */
  public keyFor(kind: Exclude<EncryptedKind, "disks">): OwnKey | undefined {
    return this.#keys.get(kind);
  }
}
