import { FederatedIdentityCredential } from "@pulumi/azure-native/managedidentity/federatedIdentityCredential";
import { UserAssignedIdentity } from "@pulumi/azure-native/managedidentity/userAssignedIdentity";
import { ComponentResource, type ComponentResourceOptions, type Output } from "@pulumi/pulumi";
import { tokenExchangeAudience } from "../../../catalog/entra";
import { placeOf } from "../../../catalog/place";
import { claim } from "../../../core/claim";
import type { Planned } from "../../../core/planned";
import type { Scope } from "../../../core/scope";
import { planPipelineIdentity, type PipelineIdentityPlan, type PipelineIdentityShape } from "./plan";

/** Its shape, or the plan of it, and where it goes. */
export type PipelineIdentityArgs = Planned<PipelineIdentityShape, PipelineIdentityPlan> & { readonly scope: Scope };

/**
 * A managed identity that the jobs of one gate of one pipeline may act as, without any secret: one GitHub environment, one service connection
 * of Azure DevOps, one branch of GitLab, or the pods of each stack that an operator runs. It has no right by itself. Costs nothing.
 * @throws MisconfiguredError before anything is registered
 */
export class PipelineIdentity extends ComponentResource {
  /** What a job logs in as. */
  public readonly clientId: Output<string>;
  /** For role grants. */
  public readonly principalId: Output<string>;
  /** Entra tenant that it signs in to. */
  public readonly tenantId: Output<string>;

  public constructor(name: string, args: PipelineIdentityArgs, opts?: ComponentResourceOptions) {
    const { scope, ...rest } = args;
    const plan = rest.plan !== undefined ? rest.plan : planPipelineIdentity(rest, placeOf(scope));
    claim("Managed identity", plan.identityName);
    super("azure-gpu-cluster:identity:PipelineIdentity", name, {}, opts);

    const { resourceGroupName, location, tags } = scope;
    const { identityName: resourceName, credentials } = plan;
    const identity = new UserAssignedIdentity(
      name,
      { resourceGroupName, location, tags, resourceName },
      { parent: this },
    );
    const made: FederatedIdentityCredential[] = [];
    for (const { name: credentialName, issuer, subject } of credentials) {
      const credential = new FederatedIdentityCredential(
        made.length === 0 ? name : `${name}-${credentialName}`,
        {
          resourceGroupName,
          resourceName: identity.name,
          federatedIdentityCredentialResourceName: credentialName,
          issuer,
          subject,
          audiences: [tokenExchangeAudience],
        },
        // Taken away and given anew at once, without a lock in between. Azure refuses two writes for one identity at a time.
        { parent: this, protect: false, dependsOn: made.slice(-1) },
      );
      made.push(credential);
    }
    this.clientId = identity.clientId;
    this.principalId = identity.principalId;
    this.tenantId = identity.tenantId;
    this.registerOutputs({ clientId: this.clientId, principalId: this.principalId });
  }
}
