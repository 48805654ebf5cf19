import { PrivateZone } from "@pulumi/azure-native/privatedns/privateZone";
import { VirtualNetworkLink } from "@pulumi/azure-native/privatedns/virtualNetworkLink";
import { ComponentResource, type ComponentResourceOptions, type Input, type Output } from "@pulumi/pulumi";
import type { Scope } from "../../core/scope";

/** Services with private endpoints, and the DNS zone of each. Source: https://learn.microsoft.com/azure/private-link/private-endpoint-dns (public cloud) */
const zones = { blob: "privatelink.blob.core.windows.net", dfs: "privatelink.dfs.core.windows.net" } as const;
export type PrivateDnsService = keyof typeof zones;

export interface PrivateDnsArgs {
  readonly scope: Scope;
  readonly virtualNetworkResourceId: Input<string>;
  readonly services: readonly PrivateDnsService[];
}

/** The private DNS zones of an environment, each linked to its VNet once. Costs per zone and query. */
export class PrivateDns extends ComponentResource {
  readonly #zones = new Map<PrivateDnsService, Output<string>>();

  public constructor(name: string, args: PrivateDnsArgs, opts?: ComponentResourceOptions) {
    super("azure-gpu-cluster:network:PrivateDns", name, {}, opts);
    const { resourceGroupName, tags } = args.scope;

    for (const service of args.services) {
      const zone = new PrivateZone(
        `${name}-${service}`,
        { resourceGroupName, tags, location: "global", privateZoneName: zones[service] },
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
  public zoneResourceId(service: PrivateDnsService): Output<string> {
    const id = this.#zones.get(service);
    if (id === undefined) throw new Error(`No private DNS zone was made for ${service}.`);
    return id;
  }
}
