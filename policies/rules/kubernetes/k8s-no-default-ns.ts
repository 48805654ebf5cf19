import { expectAt, isText } from "../../engine/expect";
import { read, text } from "../../../core/property-tree";
import { levels, sameType, type ResourceRule, type Subject } from "../../engine/rule";
import { jobKindOf } from "./job-kinds";
import { ownPodHolders, podHolders, podSpecs } from "./pods";

const shared = ["default", "kube-system", "kube-public", "kube-node-lease", "gatekeeper-system"];

const namespaced = [...ownPodHolders, ...["Service", "ConfigMap", "Secret"].map((it) => `kubernetes:core/v1:${it}`)];

/**
 * ConfigMaps that AKS reads in kube-system and nowhere else.
 * Sources: https://learn.microsoft.com/azure/azure-monitor/containers/prometheus-metrics-scrape-configuration (those of metrics),
 * MicrosoftDocs/azure-aks-docs:articles/aks/coredns-custom.md, kubernetes/autoscaler:cluster-autoscaler/expander/priority/readme.md,
 * microsoft/Docker-Provider:kubernetes/container-azm-ms-agentconfig.yaml
 */
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
  types: podHolders,
  title: "What holds pods, services or configuration lies in a namespace of its own.",
  why: "The namespaces that Kubernetes brings have no quota, no network policy and no owner.",
  remedy: "Set metadata.namespace to a namespace that was made for it.",
  severity: "medium",
  levels: levels.always,
  source: "CKV_K8S_21; KSV-0110, 0037; Azure Policy 9f061a12; CIS AKS 4.7.3",
  check: (resource) => {
    const { inputs } = resource;
    if (!isJudged(resource) || isReadThere(inputs)) return [];
    return expectAt(
      inputs,
      "metadata.namespace",
      (it) => isText(it) && it !== "" && !shared.includes(it),
      `be set, and none of ${shared.join(", ")}`,
    );
  },
};

/** Of other kinds with pods nothing tells which are of a whole cluster: those that name a namespace are not. */
function isJudged(resource: Subject): boolean {
  if (namespaced.some((it) => sameType(it, resource.type)) || jobKindOf(resource.type) !== undefined) return true;
  return read(resource.inputs, "metadata.namespace") !== undefined && podSpecs(resource).length > 0;
}

function isReadThere(inputs: unknown): boolean {
  const name = text(inputs, "metadata.name");
  return text(inputs, "metadata.namespace") === "kube-system" && readByAks.some((it) => it === name);
}
