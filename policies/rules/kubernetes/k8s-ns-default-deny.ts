import { about, numeral } from "../../engine/expect";
import { objectsIn, tenantNamespaces, undecided } from "./namespaces";
import { isRecord } from "../../../core/property-value";
import { items, keys, locate, read } from "../../../core/property-tree";
import { levels, type Subject, type StackOutcome, type StackRule } from "../../engine/rule";
import { types } from "../../engine/types";

export const k8sNsDefaultDeny: StackRule = {
  id: 197,
  name: "k8s-ns-default-deny",
  area: "kubernetes",
  kind: "stack",
  types: [types.namespace, types.networkPolicy, types.ciliumNetworkPolicy],
  title: "Every namespace of a team denies all traffic first, and allows DNS.",
  why: "Otherwise every team's pods reach every other team's; and without DNS nothing works, so somebody removes the policy.",
  remedy: "Add a NetworkPolicy with an empty podSelector and both policyTypes, and one that allows port 53 outwards.",
  severity: "high",
  levels: levels.always,
  source: "CKV2_K8S_6; KSV-0038; CIS AKS 4.4.2",
  check: (resources) => tenantNamespaces(resources).flatMap((it) => checkPolicies(it, resources)),
};

function checkPolicies(namespace: Subject, resources: readonly Subject[]): StackOutcome[] {
  const own = objectsIn(namespace, resources, types.networkPolicy);
  const ofCilium = objectsIn(namespace, resources, types.ciliumNetworkPolicy);
  const closed = ["Ingress", "Egress"].every((way) => own.some((it) => deniesAll(it, way)));
  const missing = [
    ...(closed ? [] : ["a policy that denies everything"]),
    ...(own.some(allowsDns) || ofCilium.some(allowsDnsByName) ? [] : ["a policy that allows DNS"]),
  ];
  if (missing.length === 0) return [];
  const open = undecided(resources, types.networkPolicy, own, "spec");
  if (open.length > 0) return open;
  const is = `a namespace without ${missing.join(" and ")}`;
  return about(namespace, [{ path: "metadata.name", is, must: "have both" }]);
}

function deniesAll({ inputs }: Subject, way: string): boolean {
  const everyPod = selectsEverything(read(inputs, "spec.podSelector"));
  const covers = locate(inputs, "spec.policyTypes[]").some(({ value }) => value === way);
  return everyPod && covers && items(inputs, `spec.${way.toLowerCase()}`).length === 0;
}

function selectsEverything(selector: unknown): boolean {
  return (
    isRecord(selector) && keys(selector, "matchLabels").length === 0 && items(selector, "matchExpressions").length === 0
  );
}

/** Cilium's own kind, which may also say what names are looked up. */
function allowsDnsByName({ inputs }: Subject): boolean {
  const ports = locate(inputs, "spec.egress[].toPorts[].ports[]").map(({ value }) => value);
  return (
    selectsEverything(read(inputs, "spec.endpointSelector")) && ports.some((it) => numeral(read(it, "port")) === "53")
  );
}

function allowsDns({ inputs }: Subject): boolean {
  const ports = locate(inputs, "spec.egress[].ports[]").map(({ value }) => value);
  return selectsEverything(read(inputs, "spec.podSelector")) && ports.some((it) => numeral(read(it, "port")) === "53");
}
