import { expectAt, isText, unjudged, violation } from "../../engine/expect";
import { items, read, texts } from "../../../core/property-tree";
import { isUnknown } from "../../../core/property-marks";
import { levels, sameType, type Outcome, type ResourceRule } from "../../engine/rule";

const clusterRole = "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole";
const roleKinds = [clusterRole, "kubernetes:rbac.authorization.k8s.io/v1:Role"];

const rising = ["bind", "escalate", "impersonate"];
const reading = ["get", "list", "watch"];
const writing = ["create", "update", "patch", "delete", "deletecollection"];

/** What decides about every request. Policies are twins of webhooks that the API server runs itself. */
const admission = [
  "validatingwebhookconfigurations",
  "mutatingwebhookconfigurations",
  "validatingadmissionpolicies",
  "validatingadmissionpolicybindings",
  "mutatingadmissionpolicies",
  "mutatingadmissionpolicybindings",
];

/** The proxy of nodes, named or as the proxy of whatever has one. */
const proxies = ["nodes/proxy", "*/proxy"];

export const k8sNoWildcardRbac: ResourceRule = {
  id: 206,
  name: "k8s-no-wildcard-rbac",
  area: "kubernetes",
  kind: "resource",
  types: roleKinds,
  title: "A role names what it allows, and nothing by which its holder could take more.",
  why: "Whoever may bind, escalate, impersonate or change webhooks makes themselves administrator.",
  remedy:
    "Name groups, resources and verbs, and leave out bind, escalate, impersonate, nodes/proxy and, for a whole cluster, reading secrets and writing webhooks and admission policies.",
  severity: "critical",
  levels: levels.advisoryInDev,
  source: "CKV_K8S_49, 155, 157, 158; KSV-0041, 0044 to 0047, 0114; CIS AKS 4.1.2 to 4.1.4",
  check: ({ type, inputs }) =>
    items(inputs, "rules").flatMap(({ path, value }): Outcome[] => {
      if (isUnknown(value)) return [unjudged(path)];
      const wild = ["apiGroups", "resources", "verbs", "nonResourceURLs"].flatMap((list) =>
        expectAt(inputs, `${path}.${list}[]`, (it) => it !== "*", "not be *"),
      );
      const verbs = expectAt(
        inputs,
        `${path}.verbs[]`,
        (it) => !isText(it) || !rising.includes(it),
        `not be ${rising.slice(0, -1).join(", ")} or ${rising.at(-1) ?? ""}`,
      );
      const proxy = expectAt(
        inputs,
        `${path}.resources[]`,
        (it) => !isText(it) || !proxies.includes(it),
        "not be nodes/proxy",
      );
      const everywhere = sameType(type, clusterRole) ? judgeEverywhere(inputs, path) : [];
      return [...wild, ...verbs, ...proxy, ...everywhere];
    }),
};

/** What is a right over everybody in a role for the whole cluster. */
function judgeEverywhere(inputs: unknown, rule: string): Outcome[] {
  const [resources, verbs] = [texts(inputs, `${rule}.resources`), texts(inputs, `${rule}.verbs`)];
  const named = read(inputs, `${rule}.resourceNames`) !== undefined;
  const secrets = resources.includes("secrets") && !named && verbs.some((it) => reading.includes(it));
  const hooks = resources.some((it) => admission.includes(it)) && verbs.some((it) => writing.includes(it));
  return [
    ...(secrets ? [violation(`${rule}.resources`, resources, "not hold secrets of the whole cluster")] : []),
    ...(hooks
      ? [
          violation(
            `${rule}.resources`,
            resources,
            "not hold webhooks or admission policies beside verbs that change them",
          ),
        ]
      : []),
  ];
}
