import { absent, expectAt, notTrue } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { types } from "../../engine/types";

export const nicNoPublicIp: ResourceRule = {
  id: 116,
  name: "nic-no-public-ip",
  area: "network",
  kind: "resource",
  types: [types.networkInterface],
  title: "A network interface has no public address and forwards no packets of others.",
  why: "Its VM would be on the internet, or could route traffic around the network's rules.",
  remedy: "Remove publicIPAddress and enableIPForwarding.",
  severity: "critical",
  levels: levels.always,
  source: "CKV_AZURE_118, CKV_AZURE_119; AZU-0075, AZU-0076",
  check: ({ inputs }) => [
    ...expectAt(inputs, "ipConfigurations[].publicIPAddress", absent, "be absent"),
    ...expectAt(inputs, "enableIPForwarding", notTrue, "not be true"),
  ],
};
