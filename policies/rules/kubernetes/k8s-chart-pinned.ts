import { expectAt, isText } from "../../engine/expect";
import { read } from "../../../core/property-tree";
import { levels, type ResourceRule } from "../../engine/rule";
import { isEncrypted, isInRepository, isVersion } from "./charts";

const chartV3 = "kubernetes:helm.sh/v3:Chart";
const chartV4 = "kubernetes:helm.sh/v4:Chart";

export const k8sChartPinned: ResourceRule = {
  id: 214,
  name: "k8s-chart-pinned",
  area: "kubernetes",
  kind: "resource",
  types: [chartV3, chartV4],
  title: "A chart that the program renders is one version from an encrypted source.",
  why: "The next run takes whatever the repository then has, and nobody reviewed it.",
  remedy: "Set version, and an oci:// chart or an https:// repository.",
  severity: "medium",
  levels: levels.advisoryInDev,
  source: "ours",
  check: ({ type, inputs }) => {
    // Both versions of the kind count as one type here, so the token itself decides.
    const options = type === chartV3 ? "fetchOpts" : "repositoryOpts";
    const path = read(inputs, `${options}.repo`) === undefined ? "chart" : `${options}.repo`;
    return [
      ...expectAt(
        inputs,
        path,
        (it) => isText(it) && isEncrypted(it),
        "begin with oci:// or https://, or be a chart in this repository (./)",
      ),
      ...(isInRepository(read(inputs, path)) ? [] : expectAt(inputs, "version", isVersion, "be one version")),
    ];
  },
};
