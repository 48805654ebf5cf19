import { UserAssignedIdentity } from "@pulumi/azure-native/managedidentity/userAssignedIdentity";
import { ComponentResource, type ComponentResourceOptions, type Input, type Output } from "@pulumi/pulumi";
import type { RoleName } from "../../catalog/roles";
import { claim } from "../../core/claim";
import { physicalName } from "../../core/names";
import type { Scope } from "../../core/scope";
import { RoleGrant } from "./role-grant";

export interface ClusterIdentityArgs {
  readonly scope: Scope;
  /** ARM IDs of the subnets that AKS writes to, by purpose. */
  readonly subnetResourceIds: Readonly<Record<string, Input<string>>>;
  /**
   * The private DNS zone that AKS writes the API server's name into and links to the VNet: it refuses to make the cluster
   * without rights on both. @default none: AKS makes a zone itself, or needs none
   * Source: MicrosoftDocs/azure-aks-docs:articles/aks/private-clusters.md (2026-08-05)
   */
  readonly apiServerZone?: {
    /** ARM ID of the zone. */
    readonly zoneResourceId: Input<string>;
    /** ARM ID of the VNet that the cluster is in. */
    readonly virtualNetworkResourceId: Input<string>;
  };
  /**
   * ARM ID of a disk encryption set that AKS makes disks with: it may read it. @default none: Microsoft's keys
   * Source: MicrosoftDocs/azure-aks-docs:articles/aks/azure-disk-customer-managed-keys.md (2026-08-21)
   */
  readonly diskEncryptionSetResourceId?: Input<string>;
  /**
   * ARM IDs of capacity reservation groups, by a name for each: AKS asks for Contributor to put a pool into one. The role is given on the
   * group alone, and not on its resource group as the page does. @default none
   * Source: MicrosoftDocs/azure-aks-docs:articles/aks/use-capacity-reservation-groups.md (2026-05-29)
   */
  readonly reservationGroupResourceIds?: Readonly<Record<string, Input<string>>>;
}

/**
 * The identity that AKS acts as: Network Contributor on the subnets it uses and, for an API server in a zone that AKS does
 * not make itself, rights on the zone and on the VNet; with a key of yours for disks, Reader of that; with reserved capacity, Contributor
 * on the groups. On nothing else. Costs nothing.
 */
export class ClusterIdentity extends ComponentResource {
  /** ARM ID of the identity: what a cluster is given. */
  public readonly resourceId: Output<string>;
  /** Object ID of the identity, for further grants. */
  public readonly principalId: Output<string>;
  /** Tenant of the subscription. */
  public readonly tenantId: Output<string>;

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
    const grant = (purpose: string, role: RoleName, scope: Input<string>): void => {
      const { principalId } = identity;
      new RoleGrant(
        `${name}-${purpose}`,
        { scope, principalId, role, principalType: "ServicePrincipal" },
        { parent: this },
      );
    };
    for (const [purpose, scope] of Object.entries(args.subnetResourceIds)) grant(purpose, "Network Contributor", scope);
    if (args.apiServerZone !== undefined) {
      grant("zone", "Private DNS Zone Contributor", args.apiServerZone.zoneResourceId);
      grant("network", "Network Contributor", args.apiServerZone.virtualNetworkResourceId);
    }
    if (args.diskEncryptionSetResourceId !== undefined) grant("disks", "Reader", args.diskEncryptionSetResourceId);
    for (const [of, scope] of Object.entries(args.reservationGroupResourceIds ?? {})) {
      grant(`reserved-${of}`, "Contributor", scope);
    }
    this.resourceId = identity.id;
    this.principalId = identity.principalId;
    this.tenantId = identity.tenantId;
    this.registerOutputs({ resourceId: this.resourceId });
  }
}
