import { absentOr, expectAt, isText } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { settingOf, type Setting } from "../../engine/setting";
import { text } from "../../../core/property-tree";
import { findRegion, normaliseRegion } from "../../../catalog/regions";
import { isList } from "../../../core/property-value";

/** Regions that resources may lie in, as Azure names them. @default `null`, any */
const allowedRegions: Setting<readonly string[] | null> = {
  name: "allowedRegions",
  schema: {
    type: "array",
    items: { type: "string", minLength: 1 },
    description: "Regions that resources may lie in, such as eastus2.",
  },
  default: null,
  accepts: (given): given is readonly string[] => isList(given) && given.every((it) => isText(it) && it !== ""),
};

export const govAllowedRegions: ResourceRule = {
  id: 173,
  name: "gov-allowed-regions",
  area: "cost",
  kind: "resource",
  types: ["azure-native:*"],
  title: "What Azure makes lies in one of the regions that are allowed, in a zone that the region has.",
  why: "Data leaves the country that it was promised to stay in, and quota of another region is not there.",
  remedy: "Set location to an allowed region (allowedRegions), and zones to zones of it.",
  severity: "high",
  levels: levels.always,
  source: "PSRule Azure.Resource.AllowedRegions; Azure Policy e56962a6",
  settings: [allowedRegions],
  check: ({ inputs }, { settings }) => {
    const allowed = settingOf(allowedRegions, settings)?.map(normaliseRegion);
    const region = findRegion(text(inputs, "location") ?? "");
    return [
      ...(allowed === undefined
        ? []
        : expectAt(
            inputs,
            "location",
            absentOr((it) => isText(it) && [...allowed, "global"].includes(normaliseRegion(it))),
            `be one of ${allowed.join(", ")}`,
          )),
      ...(region?.zonesKnown === true
        ? ["zones[]", "agentPoolProfiles[].availabilityZones[]"].flatMap((path) =>
            expectAt(
              inputs,
              path,
              (it) => isText(it) && region.zones.includes(it),
              region.zones.length === 0 ? `be absent: ${region.name} has no zones` : `be a zone of ${region.name}`,
            ),
          )
        : []),
    ];
  },
};
