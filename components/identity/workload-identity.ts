import { FederatedIdentityCredential } from "@pulumi/azure-native/managedidentity/federatedIdentityCredential";
import { UserAssignedIdentity } from "@pulumi/azure-native/managedidentity/userAssignedIdentity";
import { ComponentResource, type ComponentResourceOptions, type Input, type Output } from "@pulumi/pulumi";
import { tokenExchangeAudience } from "../../catalog/entra";
import { claim } from "../../core/claim";
import { physicalName } from "../../core/names";
import type { Scope } from "../../core/scope";

export interface WorkloadIdentityArgs {
  readonly scope: Scope;
  /** OIDC issuer of the cluster. */
  readonly oidcIssuerUrl: Input<string>;
  /** Namespace whose service account may act as this identity: exactly one, never a pattern. */
  readonly namespace: string;
  /** Service account that may act as this identity: exactly one, never a pattern. */
  readonly serviceAccount: string;
  /** Part of its name in Azure. Changing it replaces the identity. @default the namespace */
  readonly purpose?: string;
}

/**
 * A managed identity that one Kubernetes service account may act as, without any secret.
 * One identity per namespace: Azure allows 20 federated credentials each and refuses to write two at once. Costs nothing.
 */
export class WorkloadIdentity extends ComponentResource {
  /** For the service account's annotation `azure.workload.identity/client-id`. */
  public readonly clientId: Output<string>;
  /** For role grants. */
  public readonly principalId: Output<string>;
  /** Entra tenant that it signs in to. */
  public readonly tenantId: Output<string>;

  public constructor(name: string, args: WorkloadIdentityArgs, opts?: ComponentResourceOptions) {
    const { resourceGroupName, location, names, tags } = args.scope;
    const identityName = physicalName("id", names, args.purpose ?? args.namespace);
    claim("Managed identity", identityName);
    super("azure-gpu-cluster:identity:WorkloadIdentity", name, {}, opts);

    const identity = new UserAssignedIdentity(
      name,
      { resourceGroupName, location, tags, resourceName: identityName },
      { parent: this },
    );
    new FederatedIdentityCredential(
      name,
      {
        resourceGroupName,
        resourceName: identity.name,
        federatedIdentityCredentialResourceName: args.serviceAccount,
        issuer: args.oidcIssuerUrl,
        subject: `system:serviceaccount:${args.namespace}:${args.serviceAccount}`,
        audiences: [tokenExchangeAudience],
      },
      { parent: this },
    );
    this.clientId = identity.clientId;
    this.principalId = identity.principalId;
    this.tenantId = identity.tenantId;
    this.registerOutputs({ clientId: this.clientId, principalId: this.principalId });
  }
}
