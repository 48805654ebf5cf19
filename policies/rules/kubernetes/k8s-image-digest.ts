import { absentOr, expectAt, isText } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { podHolders, runningContainers } from "./pods";
import { hasDigest, needsNoDigest } from "./images";

export const k8sImageDigest: ResourceRule = {
  id: 262,
  name: "k8s-image-digest",
  area: "kubernetes",
  kind: "resource",
  types: podHolders,
  title: "An image has a digest.",
  why: "Whoever may push to the registry puts another program under the same tag, and no review sees it.",
  remedy: "Write @sha256: and the digest behind the tag: docker buildx imagetools inspect IMAGE prints it.",
  severity: "medium",
  levels: levels.rising,
  source: "CKV_K8S_43",
  check: (resource) =>
    runningContainers(resource).flatMap(({ path }) =>
      expectAt(
        resource.inputs,
        `${path}.image`,
        absentOr((it) => isText(it) && (hasDigest(it) || needsNoDigest(it))),
        "end with @sha256: and a digest",
      ),
    ),
};
