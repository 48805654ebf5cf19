import { expectAt, unjudged } from "../../engine/expect";
import { read } from "../../../core/property-tree";
import { isUnknown } from "../../../core/property-marks";
import { levels, type ResourceRule } from "../../engine/rule";
import { types } from "../../engine/types";
import { isList } from "../../../core/property-value";

export const anfProtocol: ResourceRule = {
  id: 147,
  name: "anf-protocol",
  area: "storage",
  kind: "resource",
  types: [types.netAppVolume],
  title: "Rules of an export policy speak the protocols that the volume has.",
  why: "Azure refuses the volume late otherwise, or nobody can mount it.",
  remedy: "Set nfsv3 and nfsv41 of each rule as protocolTypes says.",
  severity: "low",
  levels: levels.always,
  source: "ours",
  check: ({ inputs }) => {
    const protocols = read(inputs, "protocolTypes");
    if (isUnknown(protocols)) return [unjudged("protocolTypes")];
    // Without a list Azure makes a volume of NFS 3.
    const has = (name: string): boolean => (isList(protocols) ? protocols.includes(name) : name === "NFSv3");
    return [["nfsv3", "NFSv3"] as const, ["nfsv41", "NFSv4.1"] as const].flatMap(([flag, name]) =>
      expectAt(
        inputs,
        `exportPolicy.rules[].${flag}`,
        (it) => it !== !has(name),
        `not be ${String(!has(name))}: protocolTypes ${has(name) ? "has" : "lacks"} ${name}`,
      ),
    );
  },
};
