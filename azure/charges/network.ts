import { serviceMeters } from "../../catalog/prices/service-meters";
import { number, text } from "../../core/property-tree";
import type { Props } from "../arm-row";
import { type Charge, hourly, monthly } from "../charge";

/** Its hours, and each gigabyte that passes, in or out. */
export function natGatewayCharges(): readonly Charge[] {
  return [hourly(serviceMeters.natGateway), { meter: serviceMeters.natData, use: "natGB" }];
}

/** An address bills from the time it is there, used or not. */
export function publicAddressCharges(inputs: Props): readonly Charge[] {
  // Addresses of a prefix bill as parts of it, and those of version 6 not at all.
  const free = text(inputs, "publicIPPrefix.id") !== undefined || text(inputs, "publicIPAddressVersion") === "IPv6";
  return free ? [] : [hourly(serviceMeters.publicAddress)];
}

/** All addresses of a prefix bill, used or not. */
export function publicPrefixCharges(inputs: Props): readonly Charge[] {
  const bits = number(inputs, "prefixLength");
  if (text(inputs, "publicIPAddressVersion") === "IPv6") return [];
  if (bits < 1 || bits > 32) return [{ what: "public prefix", because: "its length is not known" }];
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
