import { absentOr, expectAt, isCount, isText, oneOf, unjudged } from "../../engine/expect";
import { read } from "../../../core/property-tree";
import { isUnknown } from "../../../core/property-marks";
import { levels, type ResourceRule } from "../../engine/rule";
import { types } from "../../engine/types";

export const amlfsRootSquash: ResourceRule = {
  id: 138,
  name: "amlfs-root-squash",
  area: "storage",
  kind: "resource",
  types: [types.lustre],
  title: "A Lustre file system says what root of a node may do there, and trusts named machines only.",
  why: "Root of any node that mounts it owns the files of every team, and nobody decided that.",
  remedy:
    "Set rootSquashSettings.mode: RootOnly or All with squashUID and squashGID above 0 and single addresses in noSquashNidLists, or mode None where nodes run no root of teams.",
  severity: "high",
  levels: levels.advisoryInDev,
  source: "Azure/bicep-types-az storagecache",
  check: ({ inputs }) => {
    const mode = read(inputs, "rootSquashSettings.mode");
    if (mode === "None") return [];
    if (isUnknown(mode)) return [unjudged("rootSquashSettings.mode")];
    return [
      ...expectAt(inputs, "rootSquashSettings.mode", oneOf("RootOnly", "All"), "be RootOnly, All or None"),
      ...(mode === undefined
        ? []
        : ["squashUID", "squashGID"].flatMap((it) =>
            expectAt(inputs, `rootSquashSettings.${it}`, (id) => isCount(id, 1, 2 ** 32 - 1), "be above 0"),
          )),
      ...expectAt(
        inputs,
        "rootSquashSettings.noSquashNidLists",
        absentOr((it) => isText(it) && it.split(";").every(isNarrow)),
        "name machines, and no range of a whole network",
      ),
    ];
  },
};

/** A list is as narrow as its last byte at most: `10.0.0.[4-9]@tcp`. A star or a range before it is a whole network. */
function isNarrow(nids: string): boolean {
  return /^((\d{1,3}\.){3}(\d{1,3}|\[\d{1,3}(-\d{1,3})?\]))?(@.*)?$/.test(nids.trim());
}
