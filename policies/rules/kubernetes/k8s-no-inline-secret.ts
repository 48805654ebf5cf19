import { violation } from "../../engine/expect";
import { keys, read } from "../../../core/property-tree";
import { isUnknown } from "../../../core/property-marks";
import { levels, type ResourceRule } from "../../engine/rule";

export const k8sNoInlineSecret: ResourceRule = {
  id: 201,
  name: "k8s-no-inline-secret",
  area: "kubernetes",
  kind: "resource",
  types: ["kubernetes:core/v1:Secret"],
  title: "No Secret is made from values of the program.",
  why: "They lie in the state of the stack, and in git as soon as somebody writes them down.",
  remedy: "Keep the value in Key Vault and mount it by the Secrets Store CSI driver.",
  severity: "high",
  levels: levels.advisoryInDev,
  source: "CIS AKS 5.4.2",
  check: ({ inputs }) =>
    ["data", "stringData"].flatMap((path) =>
      keys(inputs, path).length > 0 || isUnknown(read(inputs, path))
        ? [violation(path, read(inputs, path), "be absent", "sensitive")]
        : [],
    ),
};
