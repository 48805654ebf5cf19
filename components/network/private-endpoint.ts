import { PrivateDnsZoneGroup } from "@pulumi/azure-native/network/privateDnsZoneGroup";
import { PrivateEndpoint as AzurePrivateEndpoint } from "@pulumi/azure-native/network/privateEndpoint";
import { ComponentResource, type ComponentResourceOptions, type Input, type Output } from "@pulumi/pulumi";
import { replaceOnChanges } from "../../azure/fixed-property";
import { network } from "../../azure/network";
import type { Scope } from "../../core/scope";
import { privateEndpointName } from "./private-endpoint-name";

export interface PrivateEndpointArgs {
  readonly scope: Scope;
  /** ARM ID of the subnet that gets the address. Changing it replaces the endpoint. */
  readonly subnetResourceId: Input<string>;
  /** ARM ID of the service behind the endpoint. Changing it replaces the endpoint. */
  readonly targetResourceId: Input<string>;
  /** Part of the service, in Azure's words the group ID, for example `blob`. Changing it replaces the endpoint. */
  readonly groupId: string;
  /**
   * Who lets it in: whoever makes it, who must have the right, or the owner of the service, later. Changing it replaces the
   * endpoint. @default automatic
   */
  readonly approval?: "automatic" | "manual";
  /** ARM ID of the private DNS zone that answers with the private address. */
  readonly privateDnsZoneResourceId: Input<string>;
}

/** A private address for one service, known to DNS inside the VNet. Costs by the hour and by the gigabyte. */
export class PrivateEndpoint extends ComponentResource {
  /** ARM ID of the endpoint. */
  public readonly endpointResourceId: Output<string>;

  public constructor(name: string, args: PrivateEndpointArgs, opts?: ComponentResourceOptions) {
    super("azure-gpu-cluster:network:PrivateEndpoint", name, {}, opts);
    const { resourceGroupName, location, names, tags } = args.scope;

    const endpointName = privateEndpointName(names, name);
    const connection = { name: args.groupId, privateLinkServiceId: args.targetResourceId, groupIds: [args.groupId] };
    const endpoint = new AzurePrivateEndpoint(
      name,
      {
        resourceGroupName,
        location,
        tags,
        privateEndpointName: endpointName,
        // The SDK would add "Disabled" to the reference, against what the subnet says; Azure reads the ID alone.
        subnet: { id: args.subnetResourceId, privateEndpointNetworkPolicies: "Enabled" },
        ...(args.approval === "manual"
          ? {
              manualPrivateLinkServiceConnections: [
                // What the owner of the service reads beside the request.
                { ...connection, requestMessage: `For ${names.workload} ${names.environment}: ${endpointName}` },
              ],
            }
          : { privateLinkServiceConnections: [connection] }),
      },
      // The provider replaces an endpoint for a new subnet only; the service behind it Azure would refuse to change. The
      // new endpoint has the old one's name.
      { parent: this, replaceOnChanges: replaceOnChanges(network.PrivateEndpoint), deleteBeforeReplace: true },
    );
    new PrivateDnsZoneGroup(
      name,
      {
        resourceGroupName,
        privateEndpointName: endpoint.name,
        privateDnsZoneGroupName: "default",
        privateDnsZoneConfigs: [{ name: args.groupId, privateDnsZoneId: args.privateDnsZoneResourceId }],
      },
      // An endpoint has room for one group: a replacement must make way first.
      { parent: this, deleteBeforeReplace: true },
    );
    this.endpointResourceId = endpoint.id;
    this.registerOutputs({ endpointResourceId: this.endpointResourceId });
  }
}
