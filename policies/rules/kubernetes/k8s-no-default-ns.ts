import { expectAt, isText } from "../../engine/expect";
import { text } from "../../../core/property-tree";
import { levels, type ResourceRule } from "../../engine/rule";
import { ownPodHolders } from "./pods";

const shared = ["default", "kube-system", "kube-public", "kube-node-lease", "gatekeeper-system"];

const namespaced = [...ownPodHolders, ...["Service", "ConfigMap", "Secret"].map((it) => `kubernetes:core/v1:${it}`)];

/** ConfigMaps that AKS reads in kube-system and nowhere else. */
const readByAks = [
  "ama-metrics-settings-configmap",
  "ama-metrics-prometheus-config",
  "ama-metrics-prometheus-config-node",
  "coredns-custom",
  "cluster-autoscaler-priority-expander",
  "container-azm-ms-agentconfig",
];

export const k8sNoDefaultNs: ResourceRule = {
  id: 198,
  name: "k8s-no-default-ns",
  area: "kubernetes",
  kind: "resource",
  types: namespaced,
  title: "What holds pods, services or configuration lies in a namespace of its own.",
  why: "The namespaces that Kubernetes brings have no quota, no network policy and no owner.",
  remedy: "Set metadata.namespace to a namespace that was made for it.",
  severity: "medium",
  levels: levels.advisoryInDev,
  source: "CKV_K8S_21; KSV-0110, 0037; Azure Policy 9f061a12; CIS AKS 4.7.3",
  check: ({ inputs }) =>
    isReadThere(inputs)
      ? []
      : expectAt(
          inputs,
          "metadata.namespace",
          (it) => isText(it) && it !== "" && !shared.includes(it),
          `be set, and none of ${shared.join(", ")}`,
        ),
};

function isReadThere(inputs: unknown): boolean {
  const name = text(inputs, "metadata.name");
  return text(inputs, "metadata.namespace") === "kube-system" && readByAks.some((it) => it === name);
}
