import { Key } from "@pulumi/azure-native/keyvault/key";
import { Vault } from "@pulumi/azure-native/keyvault/vault";
import { ComponentResource, type ComponentResourceOptions, type Input, type Output } from "@pulumi/pulumi";
import { placeOf } from "../../../catalog/place";
import { claim } from "../../../core/claim";
import type { Planned } from "../../../core/planned";
import type { Scope } from "../../../core/scope";
import { planSecretsKey, type SecretsKeyPlan } from "./plan";
import type { SecretsKeyShape } from "./shape";

/** Its shape, or the plan of it, and where it goes. */
export type SecretsKeyArgs = Planned<SecretsKeyShape, SecretsKeyPlan> & {
  readonly scope: Scope;
  /** Tenant of the subscription. Changing it replaces the vault. */
  readonly tenantId: Input<string>;
};

/**
 * A vault with one key, with which Pulumi encrypts what is secret in a state: nobody purges it before 90 days are over. Give `protect` in the
 * options: without the key such a state cannot be read.
 *
 * Costs by the operation.
 * @throws MisconfiguredError before anything is registered
 */
export class SecretsKey extends ComponentResource {
  /** ARM ID of the vault, for private endpoints. */
  public readonly vaultResourceId: Output<string>;
  /** ARM ID of the key, the scope for role grants. */
  public readonly keyResourceId: Output<string>;
  /** What `pulumi stack init --secrets-provider` is given: with the version, since Pulumi decrypts with no other. */
  public readonly secretsProvider: Output<string>;

  public constructor(name: string, args: SecretsKeyArgs, opts?: ComponentResourceOptions) {
    const { scope, tenantId, ...rest } = args;
    const plan = rest.plan !== undefined ? rest.plan : planSecretsKey(name, rest, placeOf(scope));
    claim("Key Vault", plan.vault.vaultName);
    super("azure-gpu-cluster:identity:SecretsKey", name, {}, opts);

    const { resourceGroupName, tags } = scope;
    const vault = new Vault(
      name,
      { ...plan.vault, properties: { ...plan.vault.properties, tenantId }, resourceGroupName, tags },
      { parent: this },
    );
    const key = new Key(
      name,
      { resourceGroupName, vaultName: vault.name, keyName: plan.keyName, properties: plan.properties, tags },
      {
        parent: this,
        // Azure answers a key that is there as it is.
        ignoreChanges: ["properties"],
        // The provider would delete it by the address of the vault, which it may not reach. It goes with the vault, and comes back with it.
        retainOnDelete: true,
      },
    );
    this.vaultResourceId = vault.id;
    this.keyResourceId = key.id;
    this.secretsProvider = key.keyUriWithVersion.apply((uri) => uri.replace(/^https:/, "azurekeyvault:"));
    this.registerOutputs({ vaultResourceId: vault.id });
  }
}
