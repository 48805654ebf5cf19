import { expectAt, isCount, isText, oneOf } from "../../engine/expect";
import { read, text } from "../../../core/property-tree";
import { levels, type ResourceRule } from "../../engine/rule";
import { settingOf } from "../../engine/setting";
import { allowedCharts, isEncrypted, isInRepository, isListed, isVersion } from "./charts";

export const k8sHelmReleaseAllowlist: ResourceRule = {
  id: 213,
  name: "k8s-helm-release-allowlist",
  area: "kubernetes",
  kind: "resource",
  types: ["kubernetes:helm.sh/v3:Release"],
  title: "A Helm release is one version of a chart from an encrypted and allowed source, and is undone when it fails.",
  why: "What is in a chart is seen by no rule, so it matters where it comes from, and that tomorrow's is today's.",
  remedy:
    "Set version, namespace, atomic: true and timeout, and an oci:// chart or an https:// repository (allowedCharts).",
  severity: "high",
  levels: levels.always,
  source: "pulumi/pulumi-hugo#1023",
  settings: [allowedCharts],
  check: ({ inputs }, { settings }) => {
    const allowed = settingOf(allowedCharts, settings);
    const path = read(inputs, "repositoryOpts.repo") === undefined ? "chart" : "repositoryOpts.repo";
    return [
      ...expectAt(
        inputs,
        path,
        (it) => isText(it) && isEncrypted(it),
        "begin with oci:// or https://, or be a chart in this repository (./)",
      ),
      ...(allowed === null
        ? []
        : expectAt(
            inputs,
            path,
            (it) =>
              !isText(it) || isInRepository(it) || isListed(fullName(inputs, it), read(inputs, "version"), allowed),
            `be of ${allowed.join(", ")}`,
          )),
      ...(isInRepository(read(inputs, path)) ? [] : expectAt(inputs, "version", isVersion, "be one version")),
      ...expectAt(inputs, "namespace", (it) => isText(it) && it !== "" && it !== "default", "be set, and not default"),
      ...expectAt(inputs, "atomic", oneOf(true), "be true"),
      ...expectAt(inputs, "timeout", (it) => isCount(it, 1, 3600), "be from 1 to 3600 seconds"),
    ];
  },
};

/** What a repository and a chart are called together; of an OCI chart its name says both. */
function fullName(inputs: unknown, source: string): string {
  const chart = text(inputs, "chart");
  return chart === undefined || chart === source ? source : `${source.replace(/\/$/, "")}/${chart}`;
}
