import { unknownValue } from "../../../core/property-marks";
import { k8sChartPinned } from "../../../policies/rules/kubernetes/k8s-chart-pinned";
import { k8sHelmReleaseAllowlist } from "../../../policies/rules/kubernetes/k8s-helm-release-allowlist";
import { k8sYamlLocalOnly } from "../../../policies/rules/kubernetes/k8s-yaml-local-only";
import { account } from "../fixtures";
import { resource, table, type RuleCases } from "../harness";

const notApplicable = { "another type": [[account]] } as const;
const release = resource("kubernetes:helm.sh/v3:Release", {
  chart: "oci://registry.k8s.io/kueue/charts/kueue",
  version: "0.19.2",
  namespace: "kueue-system",
  atomic: true,
  timeout: 600,
});

const fromRepository = { chart: "gpu-operator", repositoryOpts: { repo: "https://helm.ngc.nvidia.com/nvidia" } };

/** Rules about charts and files of manifests. */
export const chartTables: readonly RuleCases[] = [
  table(k8sHelmReleaseAllowlist, release, {
    compliant: {
      "a repository": [{ chart: "gpu-operator", "repositoryOpts.repo": "https://helm.ngc.nvidia.com/nvidia" }],
      "a chart of this repository": [{ chart: "./charts/team", version: undefined }],
    },
    broken: {
      "a plain connection": [
        { "repositoryOpts.repo": "http://charts.example.com" },
        'repositoryOpts.repo is "http://charts.example.com"; must begin with oci:// or https://, or be a chart in this repository (./)',
      ],
      "a range of versions": [{ version: "~0.19" }, 'version is "~0.19"; must be one version'],
      "the default namespace": [{ namespace: "default" }, 'namespace is "default"; must be set, and not default'],
      "no end of waiting": [{ timeout: 86_400 }, "timeout is 86400; must be seconds, at most 3600"],
    },
    absent: {
      "version and undoing": [
        { version: undefined, atomic: undefined },
        "version is absent; must be one version",
        "atomic is absent; must be true",
      ],
    },
    unknown: { "the version": [{ version: unknownValue }, "?version"] },
    notApplicable,
  }),
  table(
    k8sHelmReleaseAllowlist,
    release,
    {
      broken: {
        "a registry that only begins alike": [
          { chart: "oci://registry.k8s.io.example.net/kueue" },
          'chart is "oci://registry.k8s.io.example.net/kueue"; must be of oci://registry.k8s.io',
        ],
      },
      absent: { "the namespace": [{ namespace: undefined }, "namespace is absent; must be set, and not default"] },
      unknown: { "the timeout": [{ timeout: unknownValue }, "?timeout"] },
      notApplicable,
    },
    { settings: { allowedCharts: ["oci://registry.k8s.io"] } },
  ),
  table(
    k8sHelmReleaseAllowlist,
    { ...release, inputs: { ...release.inputs, ...fromRepository } },
    {
      compliant: { "the one version": [{ chart: "network-operator", version: "26.1.0" }] },
      broken: {
        "another version": [
          { chart: "network-operator", version: "26.1.1" },
          'repositoryOpts.repo is "https://helm.ngc.nvidia.com/nvidia"; must be of https://helm.ngc.nvidia.com/nvidia/gpu-operator, https://helm.ngc.nvidia.com/nvidia/network-operator:26.1.0',
        ],
        "another chart of the repository": [
          { chart: "gpu-operator-x" },
          'repositoryOpts.repo is "https://helm.ngc.nvidia.com/nvidia"; must be of https://helm.ngc.nvidia.com/nvidia/gpu-operator, https://helm.ngc.nvidia.com/nvidia/network-operator:26.1.0',
        ],
      },
      absent: { "the version": [{ version: undefined }, "version is absent; must be one version"] },
      unknown: { "the timeout": [{ timeout: unknownValue }, "?timeout"] },
      notApplicable,
    },
    {
      settings: {
        allowedCharts: [
          "https://helm.ngc.nvidia.com/nvidia/gpu-operator",
          "https://helm.ngc.nvidia.com/nvidia/network-operator:26.1.0",
        ],
      },
    },
  ),
  table(
    k8sChartPinned,
    resource("kubernetes:helm.sh/v4:Chart", {
      chart: "oci://quay.io/jetstack/charts/cert-manager",
      version: "v1.21.1",
    }),
    {
      compliant: {
        "a repository, in the older kind": [
          [
            resource("kubernetes:helm.sh/v3:Chart", {
              chart: "x",
              version: "1.0.0",
              fetchOpts: { repo: "https://charts.example.com" },
            }),
          ],
        ],
      },
      broken: {
        "a plain connection, in the older kind": [
          [
            resource("kubernetes:helm.sh/v3:Chart", {
              chart: "x",
              version: "1.0.0",
              fetchOpts: { repo: "http://charts.example.com" },
            }),
          ],
          'fetchOpts.repo is "http://charts.example.com"; must begin with oci:// or https://, or be a chart in this repository (./)',
        ],
      },
      absent: { "the version": [{ version: undefined }, "version is absent; must be one version"] },
      unknown: { "the version": [{ version: unknownValue }, "?version"] },
      notApplicable,
    },
  ),
  table(k8sYamlLocalOnly, resource("kubernetes:yaml/v2:ConfigFile", { file: "manifests/team.yaml" }), {
    broken: {
      "a page": [
        { file: "https://example.com/install.yaml" },
        'file is "https://example.com/install.yaml"; must be a path in this repository',
      ],
      "one of a group": [
        [resource("kubernetes:yaml:ConfigGroup", { files: ["a.yaml", "http://example.com/b.yaml"] })],
        'files[1] is "http://example.com/b.yaml"; must be a path in this repository',
      ],
      "a directory of a forge": [
        [resource("kubernetes:kustomize/v2:Directory", { directory: "github.com/org/repo//deploy?ref=main" })],
        'directory is "github.com/org/repo//deploy?ref=main"; must be a path in this repository',
      ],
    },
    absent: { "the file": [{ file: undefined }] },
    unknown: { "the file": [{ file: unknownValue }, "?file"] },
    notApplicable,
  }),
];
