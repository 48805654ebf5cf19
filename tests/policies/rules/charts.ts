import { unknownValue } from "../../../core/property-marks";
import { k8sChartPinned } from "../../../policies/rules/kubernetes/k8s-chart-pinned";
import { k8sHelmReleaseAllowlist } from "../../../policies/rules/kubernetes/k8s-helm-release-allowlist";
import { k8sYamlLocalOnly } from "../../../policies/rules/kubernetes/k8s-yaml-local-only";
import { account } from "../fixtures";
import { resource, table, type RuleCases } from "../harness";

const notApplicable = { "another type": [[account]] } as const;
const ofAllowed =
  "must be of oci://registry.k8s.io, https://helm.ngc.nvidia.com/, oci://quay.io/jetstack/charts/cert-manager";
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
      "a namespace without a name": [{ namespace: "" }, 'namespace is ""; must be set, and not default'],
      "a chart that is no text": [
        { chart: 7 },
        "chart is 7; must begin with oci:// or https://, or be a chart in this repository (./)",
      ],
      "a chart of a repository, without its version": [
        { chart: "./charts/team", "repositoryOpts.repo": "https://charts.example.com", version: undefined },
        "version is absent; must be one version",
      ],
      "no end of waiting": [{ timeout: 86_400 }, "timeout is 86400; must be from 1 to 3600 seconds"],
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
      compliant: {
        "one chart that is allowed by its full name": [{ chart: "oci://quay.io/jetstack/charts/cert-manager" }],
        "a repository that is allowed with its last stroke": [
          { chart: "gpu-operator", "repositoryOpts.repo": "https://helm.ngc.nvidia.com/nvidia" },
        ],
        "a chart of this repository": [{ chart: "./charts/team", version: undefined }],
      },
      broken: {
        "a registry that only begins alike": [
          { chart: "oci://registry.k8s.io.example.net/kueue" },
          `chart is "oci://registry.k8s.io.example.net/kueue"; ${ofAllowed}`,
        ],
        "a chart that only begins alike": [
          { chart: "oci://quay.io/jetstack/charts/cert-manager-fork" },
          `chart is "oci://quay.io/jetstack/charts/cert-manager-fork"; ${ofAllowed}`,
        ],
        "a chart that is no text, told once": [
          { chart: 7 },
          "chart is 7; must begin with oci:// or https://, or be a chart in this repository (./)",
        ],
      },
      absent: { "the namespace": [{ namespace: undefined }, "namespace is absent; must be set, and not default"] },
      unknown: { "the timeout": [{ timeout: unknownValue }, "?timeout"] },
      notApplicable,
    },
    {
      settings: {
        allowedCharts: [
          "oci://registry.k8s.io",
          "https://helm.ngc.nvidia.com/",
          "oci://quay.io/jetstack/charts/cert-manager",
        ],
      },
    },
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
        "a repository": [{ chart: "x", "repositoryOpts.repo": "https://charts.example.com" }],
        "a chart of this repository": [{ chart: "./charts/team", version: undefined }],
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
        "a chart that is no text": [
          { chart: 7 },
          "chart is 7; must begin with oci:// or https://, or be a chart in this repository (./)",
        ],
        "a plain connection": [
          { chart: "x", "repositoryOpts.repo": "http://charts.example.com" },
          'repositoryOpts.repo is "http://charts.example.com"; must begin with oci:// or https://, or be a chart in this repository (./)',
        ],
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
    compliant: Object.fromEntries(
      ["manifests/team:a.yaml", "manifests//team.yaml", "vendor/github.com/org/install.yaml", "../team.yaml"].map(
        (file) => [file, [{ file }] as const],
      ),
    ),
    broken: {
      ...Object.fromEntries(
        [
          "//example.com/install.yaml",
          "github.com/org/repo",
          "WWW.github.com/org/repo",
          " https://example.com/install.yaml",
          "git+ssh://example.com/repo",
          "deploy?ref=main",
        ].map((file) => [file, [{ file }, `file is "${file}"; must be a path in this repository`] as const]),
      ),
      "the only one of a group": [
        [resource("kubernetes:yaml/v2:ConfigGroup", { files: "https://example.com/install.yaml" })],
        'files is "https://example.com/install.yaml"; must be a path in this repository',
      ],
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
