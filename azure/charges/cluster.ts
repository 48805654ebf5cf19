import { offHoursTag, onShareOf } from "../../catalog/off-hours";
import { serviceMeters } from "../../catalog/prices/service-meters";
import { list, number, read, text } from "../../core/property-tree";
import type { Props } from "../arm-row";
import { type Charge, hourly, noSourcedPrice } from "../charge";
import { balancedTraffic } from "./network";

/** What a cluster bills beside its nodes: its control plane, and what AKS makes for it. */
export function clusterCharges(inputs: Props): readonly Charge[] {
  const automatic = text(inputs, "sku.name") === "Automatic";
  const advanced = read(inputs, "networkProfile.advancedNetworking");
  return [
    // A cluster that is stopped bills none. Source: https://learn.microsoft.com/rest/api/aks/managed-clusters/stop
    ...(automatic
      ? [{ what: "AKS Automatic: its control plane, and each vCPU of its nodes", because: noSourcedPrice }]
      : controlPlane(read(inputs, "sku.tier"), onShareOf(read(inputs, `tags.${offHoursTag}`)))),
    ...(automatic || text(inputs, "nodeProvisioningProfile.mode") === "Auto"
      ? [{ what: "nodes that AKS makes for pods (node auto-provisioning)", because: "pods decide how many there are" }]
      : []),
    ...wayOut(read(inputs, "networkProfile")),
    ...(read(advanced, "enabled") === true
      ? [{ what: "Advanced Container Networking Services, each node and hour", because: noSourcedPrice }]
      : []),
  ];
}

/** What AKS makes for the way out, unless that is somebody else's. */
function wayOut(network: unknown): readonly Charge[] {
  const type = text(network, "outboundType") ?? "loadBalancer";
  if (type === "managedNATGatewayV2") {
    return [{ what: "NAT gateway StandardV2, each hour and gigabyte", because: noSourcedPrice }];
  }
  if (type === "managedNATGateway") {
    const made = number(network, "natGatewayProfile.managedOutboundIPProfile.count");
    return [
      hourly(serviceMeters.natGateway),
      { meter: serviceMeters.natData, use: "natGB" },
      hourly(serviceMeters.publicAddress, made || 1),
    ];
  }
  // Its name is written in several ways, and one that is Basic is free.
  if (type !== "loadBalancer" || text(network, "loadBalancerSku")?.toLowerCase() === "basic") return [];
  const profile = read(network, "loadBalancerProfile");
  const given = ["outboundIPs.publicIPs", "outboundIPPrefixes.publicIPPrefixes"].some(
    (it) => list(profile, it).length > 0,
  );
  const made = number(profile, "managedOutboundIPs.count") || 1;
  return [
    hourly(serviceMeters.loadBalancer),
    // Addresses that are given are resources of their own, and bill as those.
    ...(given ? [] : [hourly(serviceMeters.publicAddress, made)]),
    balancedTraffic,
  ];
}

function controlPlane(tier: unknown, onShare: number): readonly Charge[] {
  if (tier === undefined || tier === "Free") return [];
  // Before 2023 the tier Standard was called Paid.
  if (tier === "Standard" || tier === "Paid") return [hourly(serviceMeters.aksStandard, onShare)];
  if (tier === "Premium") return [hourly(serviceMeters.aksPremium, onShare)];
  return [{ what: "AKS control plane", because: "its tier is not known" }];
}
