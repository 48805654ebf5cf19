import { prefixLength } from "../../engine/address-ranges";
import { expectAt, isText, unjudged, violation } from "../../engine/expect";
import { isUnknown } from "../../../core/property-marks";
import { items, read } from "../../../core/property-tree";
import { levels, type ResourceRule } from "../../engine/rule";
import { types } from "../../engine/types";

const access = "apiServerAccessProfile";

export const aksApiNotOpen: ResourceRule = {
  id: 41,
  name: "aks-api-not-open",
  area: "cluster",
  kind: "resource",
  types: [types.cluster],
  title: "The API server of a cluster is private, or answers named address ranges only.",
  why: "Otherwise it answers the whole internet, where it is found and tried first.",
  remedy: "Set enablePrivateCluster: true, or authorizedIPRanges to your own ranges, /16 or smaller.",
  severity: "critical",
  levels: levels.always,
  source: "PSRule AZR-000030; CKV_AZURE_6; AZU-0041; CIS AKS 5.4.1",
  check: ({ inputs }) => {
    const isPrivate = read(inputs, `${access}.enablePrivateCluster`);
    if (isPrivate === true) return [];
    if (isUnknown(isPrivate)) return [unjudged(`${access}.enablePrivateCluster`)];
    const ranges = items(inputs, `${access}.authorizedIPRanges`);
    if (ranges.length === 0) {
      return [
        violation(`${access}.authorizedIPRanges`, undefined, "hold a range while enablePrivateCluster is not true"),
      ];
    }
    return ranges.flatMap(({ path }) => expectAt(inputs, path, isNarrow, "be an address or a range of /16 or smaller"));
  },
};

function isNarrow(range: unknown): boolean {
  const parsed = isText(range) ? prefixLength(range) : undefined;
  return parsed !== undefined && parsed.length >= (parsed.family === 4 ? 16 : 32);
}
