import { UserAssignedIdentity } from "@pulumi/azure-native/managedidentity/userAssignedIdentity";
import { ComponentResource, type ComponentResourceOptions, type Input, type Output } from "@pulumi/pulumi";
import { claim } from "../../core/claim";
import { physicalName } from "../../core/names";
import type { Scope } from "../../core/scope";
import { RoleGrant } from "./role-grant";

export interface ClusterIdentityArgs {
  readonly scope: Scope;
  /** ARM IDs of the subnets that AKS writes to, by purpose. */
  readonly subnetResourceIds: Readonly<Record<string, Input<string>>>;
}

/** The identity that AKS acts as, with Network Contributor on the subnets it uses and on nothing else. Costs nothing. */
export class ClusterIdentity extends ComponentResource {
  public readonly resourceId: Output<string>;

  public constructor(name: string, args: ClusterIdentityArgs, opts?: ComponentResourceOptions) {
    const { resourceGroupName, location, names, tags } = args.scope;
    const identityName = physicalName("id", names, name);
    claim("Managed identity", identityName);
    super("azure-gpu-cluster:identity:ClusterIdentity", name, {}, opts);

    const identity = new UserAssignedIdentity(
      name,
      { resourceGroupName, location, tags, resourceName: identityName },
      { parent: this },
    );
    for (const [purpose, scope] of Object.entries(args.subnetResourceIds)) {
      new RoleGrant(
        `${name}-${purpose}`,
        { scope, principalId: identity.principalId, role: "Network Contributor", principalType: "ServicePrincipal" },
        { parent: this },
      );
    }
    this.resourceId = identity.id;
    this.registerOutputs({ resourceId: this.resourceId });
  }
}
