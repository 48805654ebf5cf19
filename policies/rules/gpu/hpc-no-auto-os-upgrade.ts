import { expectAt, notTrue, oneOf } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { onJobNodes, scaleSetSize } from "../../engine/sizes";
import { types } from "../../engine/types";

export const hpcNoAutoOsUpgrade: ResourceRule = {
  id: 23,
  name: "hpc-no-auto-os-upgrade",
  area: "gpu",
  kind: "resource",
  types: [types.scaleSet],
  title: "Nobody but the owner upgrades VMs with GPUs or InfiniBand.",
  why: "An automatic upgrade reimages a node in the middle of a run and stops the whole job.",
  remedy: "Set upgradePolicy.mode to Manual and leave enableAutomaticOSUpgrade off; roll images out on drained nodes.",
  severity: "high",
  levels: levels.advisoryInDev,
  source: "ours; the opposite of CKV_AZURE_95, which fits stateless services",
  check: ({ inputs }) =>
    onJobNodes(inputs, scaleSetSize, () => [
      ...expectAt(inputs, "upgradePolicy.mode", oneOf("Manual"), 'be "Manual"'),
      ...expectAt(inputs, "upgradePolicy.automaticOSUpgradePolicy.enableAutomaticOSUpgrade", notTrue, "not be true"),
    ]),
};
