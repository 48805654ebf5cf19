import { expectAt, isText } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { settingOf, type Setting } from "../../engine/setting";
import { isList } from "../../../core/property-value";
import { hpcImages } from "../../../catalog/hpc-images";
import { machineTypes } from "./machine-profile";
import { imagePathOf } from "./hpc-image-version";

/** Publishers whose marketplace images may be used. @default that of the HPC images, and that of Ubuntu */
const imagePublishers: Setting<readonly string[]> = {
  name: "imagePublishers",
  schema: { type: "array", items: { type: "string" }, description: "Publishers whose marketplace images may be used." },
  default: [...new Set(Object.values(hpcImages).map(({ publisher }) => publisher)), "Canonical"],
  accepts: (given): given is readonly string[] => isList(given) && given.every(isText),
};

export const vmssImageAllowlist: ResourceRule = {
  id: 22,
  name: "vmss-image-allowlist",
  area: "gpu",
  kind: "resource",
  types: machineTypes,
  title: "A marketplace image comes from a publisher that this environment trusts.",
  why: "An image of a look-alike, or one that nobody tried, brings its own kernel, driver and accounts to every node.",
  remedy:
    "Take an image of microsoft-dsvm or Canonical, build one in your gallery, or name the publisher in imagePublishers of this rule.",
  severity: "medium",
  levels: levels.advisoryInDev,
  source: "ours",
  settings: [imagePublishers],
  check: (resource, { settings }) => {
    const publishers = settingOf(imagePublishers, settings);
    // A gallery image has an ID: who may write to the gallery is decided there.
    return expectAt(
      resource.inputs,
      `${imagePathOf(resource)}.publisher`,
      (it) => it === undefined || (isText(it) && publishers.some((one) => one.toLowerCase() === it.toLowerCase())),
      `be one of imagePublishers: ${publishers.join(", ")}`,
    );
  },
};
