import { absentOr, expectAt, isText } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { podHolders, runningContainers } from "./pods";
import { hasDigest, hasLastingTag } from "./images";

export const k8sImagePinned: ResourceRule = {
  id: 187,
  name: "k8s-image-pinned",
  area: "kubernetes",
  kind: "resource",
  types: podHolders,
  title: "An image has a tag that stays, or a digest.",
  why: "Under latest, or no tag, tomorrow's pod runs another program than today's, and nobody reviewed it.",
  remedy: "Write a version as the tag, or @sha256: and the digest.",
  severity: "high",
  levels: levels.advisoryInDev,
  source: "CKV_K8S_14; KSV-0013; kube-linter latest-tag",
  check: (resource) =>
    runningContainers(resource).flatMap(({ path }) =>
      expectAt(
        resource.inputs,
        `${path}.image`,
        absentOr((it) => isText(it) && (hasDigest(it) || hasLastingTag(it))),
        "have a tag other than latest, or a digest",
      ),
    ),
};
