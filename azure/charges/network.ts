import { serviceMeters } from "../../catalog/prices/service-meters";
import { isUnknown } from "../../core/property-marks";
import { list, number, read, text } from "../../core/property-tree";
import type { Props } from "../arm-row";
import { type Charge, hourly, monthly, noSourcedPrice } from "../charge";

/**
 * What a thing is sold as when its SKU is not Standard, which the meters here are of. What says no SKU counts as Standard: of addresses and
 * balancers Basic was the other one, and can be made no more.
 * Source: MicrosoftDocs/azure-docs:articles/load-balancer/skus.md, articles/virtual-network/ip-services/public-ip-basic-upgrade-guidance.md
 */
function otherSku(inputs: Props): string | undefined {
  const name = text(inputs, "sku.name") ?? "Standard";
  if (name.toLowerCase() !== "standard") return name;
  return text(inputs, "sku.tier") === "Global" ? "Global" : undefined;
}

/** Rules that the hours of a balancer include. */
const includedRules = 5;

/**
 * Its hours with the first rules, each other rule, and each gigabyte. Without a rule it bills nothing, and one that is Basic never does.
 * Rules of inbound NAT are free. Source: https://azure.microsoft.com/pricing/details/load-balancer/
 */
export function loadBalancerCharges(inputs: Props): readonly Charge[] {
  const sku = otherSku(inputs);
  if (sku?.toLowerCase() === "basic") return [];
  if (sku !== undefined)
    return [{ what: `load balancer ${sku}, each hour and what it bills besides`, because: noSourcedPrice }];
  const kinds = ["loadBalancingRules", "outboundRules"];
  if (kinds.some((it) => isUnknown(read(inputs, it)))) {
    return [{ what: serviceMeters.loadBalancer.what, because: "its rules are not known yet" }];
  }
  const rules = kinds.reduce((sum, it) => sum + list(inputs, it).length, 0);
  if (rules === 0) return [];
  return [
    hourly(serviceMeters.loadBalancer),
    ...(rules > includedRules ? [hourly(serviceMeters.loadBalancerRule, rules - includedRules)] : []),
    balancedTraffic,
  ];
}

/** What passes a balancer: only the use decides it. */
export const balancedTraffic: Charge = {
  what: "traffic through load balancers, each gigabyte",
  because: "nothing declares how much there is",
};

/** Its hours, and each gigabyte that passes, in or out. */
export function natGatewayCharges(inputs: Props): readonly Charge[] {
  const sku = otherSku(inputs);
  if (sku !== undefined) return [{ what: `NAT gateway ${sku}, each hour and gigabyte`, because: noSourcedPrice }];
  return [hourly(serviceMeters.natGateway), { meter: serviceMeters.natData, use: "natGB" }];
}

/** An address bills from the time it is there, used or not. */
export function publicAddressCharges(inputs: Props): readonly Charge[] {
  // Addresses of a prefix bill as parts of it, and those of version 6 not at all.
  const free = text(inputs, "publicIPPrefix.id") !== undefined || text(inputs, "publicIPAddressVersion") === "IPv6";
  if (free) return [];
  const sku = otherSku(inputs);
  return [
    sku === undefined
      ? hourly(serviceMeters.publicAddress)
      : { what: `public address ${sku}, each hour`, because: noSourcedPrice },
  ];
}

/** All addresses of a prefix bill, used or not. */
export function publicPrefixCharges(inputs: Props): readonly Charge[] {
  const bits = number(inputs, "prefixLength");
  if (text(inputs, "publicIPAddressVersion") === "IPv6") return [];
  if (bits < 1 || bits > 32) return [{ what: "public prefix", because: "its length is not known" }];
  const sku = otherSku(inputs);
  if (sku !== undefined) return [{ what: `public prefix ${sku}, each address and hour`, because: noSourcedPrice }];
  return [hourly(serviceMeters.publicPrefix, 2 ** (32 - bits))];
}

/** Its hours, and each gigabyte in and out of it. */
export function privateEndpointCharges(): readonly Charge[] {
  return [
    hourly(serviceMeters.privateEndpoint),
    { meter: serviceMeters.privateEndpointData, use: "privateEndpointGB" },
  ];
}

/** A zone for a month. A million queries are less than that. */
export function privateZoneCharges(): readonly Charge[] {
  return [monthly(serviceMeters.privateZone)];
}
