import { Vault } from "@pulumi/azure-native/keyvault/vault";
import { ComponentResource, type ComponentResourceOptions, type Input } from "@pulumi/pulumi";
import { placeOf } from "../../../catalog/place";
import { claim } from "../../../core/claim";
import type { Planned } from "../../../core/planned";
import { MisconfiguredError } from "../../../core/problems";
import type { Scope } from "../../../core/scope";
import type { Wired } from "../../../core/wired";
import type { KeyVaultRef } from "./key-vault-ref";
import { type KeyVaultPlan, planKeyVault } from "./plan";
import type { KeyVaultShape } from "./shape";

/** Its shape, or the plan of it, and where it goes. */
export type KeyVaultArgs = Planned<KeyVaultShape, KeyVaultPlan> & {
  readonly scope: Scope;
  /** Tenant of the subscription, which is that of its managed identities. Changing it replaces the vault. */
  readonly tenantId: Input<string>;
};

/**
 * A vault for secrets of teams: no public address, roles instead of access policies, nothing in it purged before 90 days are over. Reach it
 * through a private endpoint for `vault`. Give `protect` in the options.
 *
 * Costs by the operation.
 * @throws MisconfiguredError before anything is registered, as for a shape that names somebody else's
 */
export class KeyVault extends ComponentResource {
  /** What those who mount its secrets have to know of it. */
  public readonly ref: Wired<KeyVaultRef, "resourceId">;

  public constructor(name: string, args: KeyVaultArgs, opts?: ComponentResourceOptions) {
    const { scope, tenantId, ...rest } = args;
    const { vault: planned } = rest.plan !== undefined ? rest.plan : planKeyVault(name, rest, placeOf(scope));
    if ("theirs" in planned) {
      throw new MisconfiguredError(`Key Vault '${name}'`, [
        {
          path: "resourceId",
          rule: "must be left out: a vault of somebody else's is not made",
          remedy: "Pass the ID on to those who mount its secrets",
        },
      ]);
    }
    claim("Key Vault", planned.ours.vaultName);
    super("azure-gpu-cluster:identity:KeyVault", name, {}, opts);

    const { resourceGroupName, tags } = scope;
    const properties = { ...planned.ours.properties, tenantId };
    const vault = new Vault(name, { ...planned.ours, properties, resourceGroupName, tags }, { parent: this });
    this.ref = { resourceId: vault.id, name: planned.ours.vaultName };
    this.registerOutputs({ resourceId: vault.id });
  }
}
