import { PrivateZone } from "@pulumi/azure-native/privatedns/privateZone";
import { VirtualNetworkLink } from "@pulumi/azure-native/privatedns/virtualNetworkLink";
import { ComponentResource, type ComponentResourceOptions, type Input, type Output } from "@pulumi/pulumi";
import { privateDnsZone, type PrivateEndpointGroup } from "../../azure/rows";
import type { Scope } from "../../core/scope";

export interface PrivateDnsArgs {
  readonly scope: Scope;
  readonly virtualNetworkResourceId: Input<string>;
  /** Group IDs of the private endpoints, for example `blob`. */
  readonly services: readonly PrivateEndpointGroup[];
}

/** The private DNS zones of an environment, each linked to its VNet once. Costs per zone and query. */
export class PrivateDns extends ComponentResource {
  readonly #zones = new Map<PrivateEndpointGroup, Output<string>>();

  public constructor(name: string, args: PrivateDnsArgs, opts?: ComponentResourceOptions) {
    super("azure-gpu-cluster:network:PrivateDns", name, {}, opts);
    const { resourceGroupName, tags } = args.scope;

    for (const service of args.services) {
      const zone = new PrivateZone(
        `${name}-${service}`,
        { resourceGroupName, tags, location: "global", privateZoneName: privateDnsZone(service) },
        { parent: this },
      );
      new VirtualNetworkLink(
        `${name}-${service}`,
        {
          resourceGroupName,
          tags,
          location: "global",
          privateZoneName: zone.name,
          virtualNetworkLinkName: "cluster",
          virtualNetwork: { id: args.virtualNetworkResourceId },
          registrationEnabled: false,
        },
        { parent: this },
      );
      this.#zones.set(service, zone.id);
    }
    this.registerOutputs({});
  }

  /** ARM ID of the zone of a service. Asking for one that was not made is a bug of the caller. */
  public zoneResourceId(service: PrivateEndpointGroup): Output<string> {
    const id = this.#zones.get(service);
    if (id === undefined) throw new Error(`No private DNS zone was made for ${service}.`);
    return id;
  }
}
