import { expectAt, oneOf, unjudged } from "../../engine/expect";
import { isUnknown } from "../../../core/property-marks";
import { read } from "../../../core/property-tree";
import { levels, type ResourceRule } from "../../engine/rule";
import { sizeAt, sizePath } from "../../engine/sizes";
import { machineProfile, machineTypes } from "./machine-profile";

export const vmssSpotShape: ResourceRule = {
  id: 27,
  name: "vmss-spot-shape",
  area: "gpu",
  kind: "resource",
  types: machineTypes,
  title: "A spot scale set or VM says what happens on eviction and what it pays at most.",
  why: "Without both, evicted VMs keep billing for disks or the price has no limit anybody chose.",
  remedy: "Set evictionPolicy, and billingProfile.maxPrice to -1 (the on-demand price) or a price up to it.",
  severity: "high",
  levels: levels.always,
  source: "ours",
  check: (resource) => {
    const { type, inputs } = resource;
    const profile = machineProfile(resource);
    const priority = read(inputs, `${profile}priority`);
    if (isUnknown(priority)) return [unjudged(`${profile}priority`)];
    if (priority !== "Spot") return [];
    const cap = sizeAt(inputs, sizePath(type))?.price?.maxUsdPerHour ?? Infinity;
    return [
      ...expectAt(inputs, `${profile}evictionPolicy`, oneOf("Delete", "Deallocate"), "be Delete or Deallocate"),
      ...expectAt(
        inputs,
        `${profile}billingProfile.maxPrice`,
        (it) => it === -1 || (typeof it === "number" && it > 0 && it <= cap),
        `be -1, or more than 0${cap === Infinity ? "" : ` and at most ${cap}, the on-demand price`}`,
      ),
    ];
  },
};
