import { read } from "../../../core/property-tree";
import { expectAt, expectWired } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { types } from "../../engine/types";

export const amlfsHsmContainers: ResourceRule = {
  id: 140,
  name: "amlfs-hsm-containers",
  area: "storage",
  kind: "resource",
  types: [types.lustre],
  title: "A Lustre file system with Blob behind it has one container for data and another one for its log.",
  why: "Azure refuses the file system after a long wait, and Blob cannot be put behind it later.",
  remedy: "Set hsm.settings.container and hsm.settings.loggingContainer to two containers of one account.",
  severity: "medium",
  levels: levels.always,
  source: "MicrosoftDocs/azure-stack-docs azure-managed-lustre/amlfs-prerequisites.md",
  check: ({ inputs }) => {
    if (read(inputs, "hsm") === undefined) return [];
    const data = read(inputs, "hsm.settings.container");
    const wired = [
      ...expectWired(inputs, "hsm.settings.container", "name a container"),
      ...expectWired(inputs, "hsm.settings.loggingContainer", "name a container"),
    ];
    if (wired.length > 0) return wired;
    return expectAt(
      inputs,
      "hsm.settings.loggingContainer",
      (it) => it !== data,
      "be another container than that of the data",
    );
  },
};
