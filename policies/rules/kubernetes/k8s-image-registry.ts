import { absentOr, expectAt, isText } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { podHolders, runningContainers } from "./pods";
import { settingOf } from "../../engine/setting";
import { allowedRegistries, imageParts, isFrom } from "./images";

export const k8sImageRegistry: ResourceRule = {
  id: 186,
  name: "k8s-image-registry",
  area: "kubernetes",
  kind: "resource",
  types: podHolders,
  title: "An image names its registry, and it is one of those that are allowed.",
  why: "A name without a registry comes from Docker Hub, where anybody may publish under a name that looks right.",
  remedy:
    "Write the registry before the image, as in mcr.microsoft.com/NAME, and mirror what comes from elsewhere (allowedRegistries).",
  severity: "high",
  levels: levels.advisoryInDev,
  source: "KSV-0125, 0032; Azure Policy febd0533; CIS AKS 5.1.4",
  settings: [allowedRegistries],
  check: (resource, { settings }) => {
    const allowed = settingOf(allowedRegistries, settings);
    const fits = (it: unknown): boolean =>
      isText(it) && imageParts(it) !== undefined && (allowed === null || isFrom(it, allowed));
    const must =
      allowed === null ? "name its registry: HOST/NAME:TAG" : `come from ${allowed.join(", ")}, by its full name`;
    return runningContainers(resource).flatMap(({ path }) =>
      expectAt(resource.inputs, `${path}.image`, absentOr(fits), must),
    );
  },
};
