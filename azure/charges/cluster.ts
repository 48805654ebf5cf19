import { offHoursTag, onShareOf } from "../../catalog/off-hours";
import { serviceMeters } from "../../catalog/prices/service-meters";
import { read, text } from "../../core/property-tree";
import type { Props } from "../arm-row";
import { type Charge, hourly, noSourcedPrice } from "../charge";

/** What a cluster bills beside its nodes: its control plane, and what AKS makes for it. */
export function clusterCharges(inputs: Props): readonly Charge[] {
  const outbound = text(inputs, "networkProfile.outboundType") ?? "loadBalancer";
  const advanced = read(inputs, "networkProfile.advancedNetworking");
  return [
    // A cluster that is stopped bills none. Source: https://learn.microsoft.com/rest/api/aks/managed-clusters/stop
    ...controlPlane(text(inputs, "sku.tier"), onShareOf(read(inputs, `tags.${offHoursTag}`))),
    // A balancer with one address, unless the way out is somebody else's.
    ...(outbound === "loadBalancer" ? [hourly(serviceMeters.loadBalancer), hourly(serviceMeters.publicAddress)] : []),
    ...(outbound === "managedNATGateway"
      ? [hourly(serviceMeters.natGateway), hourly(serviceMeters.publicAddress)]
      : []),
    ...(read(advanced, "enabled") === true
      ? [{ what: "Advanced Container Networking Services, each node and hour", because: noSourcedPrice }]
      : []),
  ];
}

function controlPlane(tier: string | undefined, onShare: number): readonly Charge[] {
  if (tier === "Standard") return [hourly(serviceMeters.aksStandard, onShare)];
  return tier === "Premium" ? [hourly(serviceMeters.aksPremium, onShare)] : [];
}
