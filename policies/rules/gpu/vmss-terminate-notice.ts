import { expectAt, oneOf, unjudged } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { isUnknown } from "../../../core/property-marks";
import { read } from "../../../core/property-tree";
import { machineProfile, machineTypes } from "./machine-profile";

export const vmssTerminateNotice: ResourceRule = {
  id: 33,
  name: "vmss-terminate-notice",
  area: "gpu",
  kind: "resource",
  types: machineTypes,
  title: "A spot machine is told before it ends.",
  why: "Without the notice a job has no time to save a checkpoint.",
  remedy: "Set scheduledEventsProfile.terminateNotificationProfile.enable: true and let the job listen.",
  severity: "low",
  levels: levels.advised,
  source:
    "MicrosoftDocs/azure-compute-docs:articles/virtual-machine-scale-sets/virtual-machine-scale-sets-terminate-notification.md",
  check: (resource) => {
    const profile = machineProfile(resource);
    const priority = read(resource.inputs, `${profile}priority`);
    if (isUnknown(priority)) return [unjudged(`${profile}priority`)];
    return priority === "Spot"
      ? expectAt(
          resource.inputs,
          `${profile}scheduledEventsProfile.terminateNotificationProfile.enable`,
          oneOf(true),
          "be true",
        )
      : [];
  },
};
