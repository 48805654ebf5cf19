import { findArmType } from "../azure/arm-types";
import { findRegion, normaliseRegion } from "../catalog/regions";
import { serviceRegions } from "../catalog/service-regions";
import { text } from "../core/property-tree";
import type { Noted } from "./notes";

/** What Azure may not have where it is asked for. The lists of regions grow, so none of them forbids anything. */
export function regionNotes({ environment: { location }, resources }: Noted): string[] {
  const placed = resources.map(({ type, inputs }) => ({
    arm: findArmType(type)?.arm ?? "",
    sku: text(inputs, "sku.name") ?? "",
    region: normaliseRegion(text(inputs, "location") ?? location),
  }));
  return [...new Set(placed.flatMap((it) => [...notOffered(it), ...unknownPair(it)]))];
}

interface Placed {
  readonly arm: string;
  readonly sku: string;
  readonly region: string;
}

function notOffered({ arm, region }: Placed): string[] {
  const found = serviceRegions[arm];
  if (found === undefined || found.regions.has(region)) return [];
  return [
    `azure-native:location: by Azure's list of ${found.asOf}, which has ${found.regions.size} regions, ${region} has no ${found.service}; npm run preflight asks for the list of today: az provider show --namespace ${arm.split("/")[0] ?? ""}`,
  ];
}

/** Copies in a second region, where no source tells whether there is one. */
function unknownPair({ arm, sku, region }: Placed): string[] {
  if (arm !== "Microsoft.Storage/storageAccounts" || !/_(RA)?GZ?RS$/.test(sku)) return [];
  if (findRegion(region)?.paired !== null) return [];
  return [
    `azure-native:location: no source tells whether ${region} has a pair, and without one Azure makes no account of ${sku}: az account list-locations --query "[?name=='${region}'].metadata.pairedRegion"`,
  ];
}
