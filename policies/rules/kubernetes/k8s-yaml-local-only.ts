import { expectAt, isText } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";

export const k8sYamlLocalOnly: ResourceRule = {
  id: 215,
  name: "k8s-yaml-local-only",
  area: "kubernetes",
  kind: "resource",
  // Versions of a kind are one type here: the older kinds without a version, too.
  types: ["kubernetes:yaml/v2:ConfigFile", "kubernetes:yaml/v2:ConfigGroup", "kubernetes:kustomize/v2:Directory"],
  title: "Manifests come from the repository of the program, never from the network.",
  why: "Whoever changes the page changes the cluster, without a review and past every lock file.",
  remedy: "Download the manifest into the repository, review it and name the file.",
  severity: "critical",
  levels: levels.always,
  source: "ours",
  check: ({ inputs }) => [
    ...["file", "directory", "files"].flatMap((path) =>
      expectAt(inputs, path, (it) => !isText(it) || isLocal(it), "be a path in this repository"),
    ),
    ...expectAt(inputs, "files[]", (it) => !isText(it) || isLocal(it), "be a path in this repository"),
  ],
};

function isLocal(source: string): boolean {
  return !/^[a-z][a-z0-9+.-]*:|^\/\/|^(www\.)?github\.com\/|\?ref=/i.test(source.trim());
}
