import { expectAt, isText, unjudged, violation } from "../../engine/expect";
import { keys, locate, read } from "../../../core/property-tree";
import { isUnknown } from "../../../core/property-marks";
import { levels, type Outcome, type ResourceRule } from "../../engine/rule";
import { isList } from "../../../core/property-value";

export const k8sIngressTls: ResourceRule = {
  id: 204,
  name: "k8s-ingress-tls",
  area: "kubernetes",
  kind: "resource",
  types: ["kubernetes:networking.k8s.io/v1:Ingress"],
  title: "An ingress answers over TLS for all its hosts and carries no snippets.",
  why: "Otherwise prompts and tokens cross the network in clear, and a snippet is code of a team in the proxy of everybody.",
  remedy: "List each host under spec.tls and remove annotations that end with -snippet.",
  severity: "high",
  levels: levels.advisoryInDev,
  source: "CKV_K8S_152 to 154; KCV-0093; Azure Policy 1a5b4dca; CIS AKS 5.4.5",
  check: ({ inputs }) => {
    const covered = locate(inputs, "spec.tls[].hosts[]");
    const open = covered.find(({ value }) => isUnknown(value));
    const hosts = locate(inputs, "spec.rules[].host").flatMap(({ path, value }): Outcome[] => {
      if (isUnknown(value)) return [unjudged(path)];
      if (
        covered.some(
          (it) =>
            it.value === value ||
            (isText(value) &&
              isText(it.value) &&
              it.value.startsWith("*.") &&
              value.slice(value.indexOf(".")) === it.value.slice(1)),
        )
      )
        return [];
      return open === undefined ? [violation(path, value, "stand in spec.tls[].hosts")] : [unjudged(open.path)];
    });
    const plain =
      read(inputs, "spec.rules") === undefined
        ? expectAt(inputs, "spec.tls", (it) => isList(it) && it.length > 0, "hold a certificate")
        : [];
    const snippets = keys(inputs, "metadata.annotations")
      .filter((it) => it.endsWith("-snippet"))
      .map((it) => violation(`metadata.annotations["${it}"]`, "set", "be absent"));
    return [...hosts, ...plain, ...snippets];
  },
};
