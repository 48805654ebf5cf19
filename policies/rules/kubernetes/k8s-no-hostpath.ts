import { absent, expectAt } from "../../engine/expect";
import { levels, sameType, type ResourceRule } from "../../engine/rule";
import { podHolders, podSpecs } from "./pods";
import { isNodeTool } from "./node-tools";
import { types } from "../../engine/types";

export const k8sNoHostpath: ResourceRule = {
  id: 179,
  name: "k8s-no-hostpath",
  area: "kubernetes",
  kind: "resource",
  types: podHolders,
  title: "No pod and no volume reaches into the file system of a node, except of tools that work on the node itself.",
  why: "Whoever writes a file there owns the node, and with it every job and secret on it.",
  remedy: "Use a claim, an emptyDir or the scratch class instead of hostPath.",
  severity: "critical",
  levels: levels.always,
  source: "Pod Security Standards, hostPath volumes; CKV_K8S_27; KSV-0023; kube-linter sensitive-host-mounts",
  check: (resource) => {
    if (isNodeTool(resource)) return [];
    const { type, inputs } = resource;
    if (sameType(type, types.persistentVolume)) return expectAt(inputs, "spec.hostPath", absent, "be absent");
    return podSpecs(resource).flatMap(({ path }) =>
      expectAt(inputs, `${path}.volumes[].hostPath`, absent, "be absent"),
    );
  },
};
