import { PrivateZone } from "@pulumi/azure-native/privatedns/privateZone";
import { VirtualNetworkLink } from "@pulumi/azure-native/privatedns/virtualNetworkLink";
import { ComponentResource, type ComponentResourceOptions, type Input, type Output } from "@pulumi/pulumi";
import { claim } from "../../core/claim";
import type { Scope } from "../../core/scope";

export interface ApiServerZoneArgs {
  readonly scope: Scope;
  /** Name of the zone, from the plan of the cluster. */
  readonly privateZoneName: string;
  /**
   * ARM IDs of the VNets that find the API server by its name, by a name for each. The cluster's own is one of them: AKS
   * would link it otherwise, and a zone with a link that nobody knows of cannot be deleted.
   */
  readonly virtualNetworkResourceIds: Readonly<Record<string, Input<string>>>;
}

/**
 * The private DNS zone of one cluster's API server, linked to every network that calls it. It must be there, and the
 * cluster's identity must have its rights on it, before the cluster is made. Costs per zone and query.
 */
export class ApiServerZone extends ComponentResource {
  public readonly resourceId: Output<string>;

  public constructor(name: string, args: ApiServerZoneArgs, opts?: ComponentResourceOptions) {
    const { scope, privateZoneName, virtualNetworkResourceIds } = args;
    const { resourceGroupName, tags } = scope;
    claim("Private DNS zone", privateZoneName);
    super("azure-gpu-cluster:cluster:ApiServerZone", name, {}, opts);

    const common = { resourceGroupName, tags, location: "global" };
    const zone = new PrivateZone(name, { ...common, privateZoneName }, { parent: this });
    for (const [network, id] of Object.entries(virtualNetworkResourceIds)) {
      new VirtualNetworkLink(
        `${name}-${network}`,
        {
          ...common,
          privateZoneName: zone.name,
          virtualNetworkLinkName: network,
          virtualNetwork: { id },
          registrationEnabled: false,
        },
        { parent: this },
      );
    }
    this.resourceId = zone.id;
    this.registerOutputs({ resourceId: this.resourceId });
  }
}
