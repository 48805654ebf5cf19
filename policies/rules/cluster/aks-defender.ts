import { expectAt, expectWired, oneOf } from "../../engine/expect";
import { read } from "../../../core/property-tree";
import { levels, type ResourceRule } from "../../engine/rule";
import { settingOf, type Setting } from "../../engine/setting";
import { types } from "../../engine/types";

/** Whether clusters must have Defender, which bills by the core. @default false */
const requireDefender: Setting<boolean> = {
  name: "requireDefender",
  schema: {
    type: "boolean",
    description: "Whether clusters must have Defender for Containers, which bills by the core.",
  },
  default: false,
  accepts: (given) => typeof given === "boolean",
};

const profile = "securityProfile.defender";

export const aksDefender: ResourceRule = {
  id: 58,
  name: "aks-defender",
  area: "cluster",
  kind: "resource",
  types: [types.cluster],
  title: "Defender, where a cluster has it or must have it, watches what runs and has a place for what it finds.",
  why: "A profile alone turns nothing on: nobody hears of a miner that runs on GPUs.",
  remedy:
    "Set securityProfile.defender.securityMonitoring.enabled to true and logAnalyticsWorkspaceResourceId to a workspace, or remove the profile.",
  severity: "medium",
  levels: levels.rising,
  source: "PSRule AZR-000370; Azure Policy a1840de2; CIS AKS 5.1.1",
  settings: [requireDefender],
  check: ({ inputs }, { settings }) =>
    read(inputs, profile) === undefined && !settingOf(requireDefender, settings)
      ? []
      : [
          ...expectAt(inputs, `${profile}.securityMonitoring.enabled`, oneOf(true), "be true"),
          ...expectWired(inputs, `${profile}.logAnalyticsWorkspaceResourceId`, "be the ARM ID of a workspace"),
        ],
};
