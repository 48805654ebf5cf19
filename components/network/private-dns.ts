import { PrivateZone } from "@pulumi/azure-native/privatedns/privateZone";
import { VirtualNetworkLink } from "@pulumi/azure-native/privatedns/virtualNetworkLink";
import { ComponentResource, type ComponentResourceOptions, type Input, output, type Output } from "@pulumi/pulumi";
import { nameInId } from "../../azure/arm-id";
import { privateDnsZone, type PrivateEndpointGroup } from "../../azure/rows";
import type { Scope } from "../../core/scope";

export interface PrivateDnsArgs {
  readonly scope: Scope;
  /** ARM ID of the VNet that the zones are linked to. */
  readonly virtualNetworkResourceId: Input<string>;
  /** Group IDs of the private endpoints, for example `blob`. */
  readonly services: readonly PrivateEndpointGroup[];
  /**
   * ARM IDs of other networks that need the same names, by a name for each.
   * @default none: a peer has a way to the addresses and no names
   */
  readonly peers?: Readonly<Record<string, Input<string>>>;
  /**
   * ARM IDs of zones that are there and linked already: a service whose zone is among them gets no other.
   * @default none: every zone is made
   */
  readonly existingZones?: readonly string[];
}

/**
 * The private DNS zones of an environment, each linked once to its VNet and to each peer. Azure links no network to two zones
 * of one name: a peer that has such a zone already needs the records in that one. Costs per zone and query.
 */
export class PrivateDns extends ComponentResource {
  readonly #zones = new Map<PrivateEndpointGroup, Output<string>>();

  public constructor(name: string, args: PrivateDnsArgs, opts?: ComponentResourceOptions) {
    super("azure-gpu-cluster:network:PrivateDns", name, {}, opts);
    const { resourceGroupName, tags } = args.scope;

    for (const service of args.services) {
      const existing = args.existingZones?.find((id) => nameInId(id) === privateDnsZone(service));
      if (existing !== undefined) {
        this.#zones.set(service, output(existing));
        continue;
      }
      const zone = new PrivateZone(
        `${name}-${service}`,
        { resourceGroupName, tags, location: "global", privateZoneName: privateDnsZone(service) },
        { parent: this },
      );
      const link = (suffix: string, virtualNetworkLinkName: string, id: Input<string>): VirtualNetworkLink =>
        new VirtualNetworkLink(
          `${name}-${service}${suffix}`,
          {
            resourceGroupName,
            tags,
            location: "global",
            privateZoneName: zone.name,
            virtualNetworkLinkName,
            virtualNetwork: { id },
            registrationEnabled: false,
            // Else every service of others that has a private endpoint somewhere loses its name in the network.
            // Source: https://learn.microsoft.com/azure/dns/private-dns-fallback
            resolutionPolicy: "NxDomainRedirect",
          },
          { parent: this },
        );
      link("", "cluster", args.virtualNetworkResourceId);
      for (const [peer, id] of Object.entries(args.peers ?? {})) link(`-${peer}`, `peer-${peer}`, id);
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
