import { expectAt, isText } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { types } from "../../engine/types";

export const anfExportNotOpen: ResourceRule = {
  id: 142,
  name: "anf-export-not-open",
  area: "storage",
  kind: "resource",
  types: [types.netAppVolume],
  title: "An NFS volume names the machines that may mount it.",
  why: "NFS has no other gate: whoever reaches the address is whoever it says.",
  remedy: "Set allowedClients of each rule of the exportPolicy to the ranges of the nodes.",
  severity: "critical",
  levels: levels.always,
  source: "MicrosoftDocs/azure-docs articles/azure-netapp-files/azure-netapp-files-configure-export-policy.md",
  check: ({ inputs }) =>
    expectAt(
      inputs,
      "exportPolicy.rules[].allowedClients",
      (it) => isText(it) && isClosed(it),
      "name ranges, and not all addresses",
    ),
};

function isClosed(clients: string): boolean {
  const ranges = clients.split(",").map((it) => it.trim());
  return ranges.every((it) => it !== "" && !/\/0$/.test(it));
}
