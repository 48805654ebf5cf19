import { versions } from "../../catalog/versions";

/** Where the CustomResourceDefinitions of a product lie: a folder, or one file, of a Go module at our pinned version. */
export interface CrdSource {
  readonly module: string;
  readonly version: string;
  readonly path: string;
}

const source = (module: string, { version }: { readonly version: string }, path: string): CrdSource => ({
  module,
  version: version.startsWith("v") ? version : `v${version}`,
  path,
});

/** Products whose CRDs can be had. The `bases` are taken, not a chart's copy: that one wants a conversion webhook. */
export const crdSources = {
  certManager: source("github.com/cert-manager/cert-manager", versions.certManager, "deploy/crds"),
  gatewayApi: source("sigs.k8s.io/gateway-api", versions.gatewayApi, "config/crd/standard"),
  gatewayApiInferenceExtension: source(
    "sigs.k8s.io/gateway-api-inference-extension",
    versions.gatewayApiInferenceExtension,
    "config/crd/bases",
  ),
  jobSet: source("sigs.k8s.io/jobset", versions.jobSet, "config/components/crd/bases"),
  keda: source("github.com/kedacore/keda/v2", versions.keda, "config/crd/bases"),
  kserve: source("github.com/kserve/kserve", versions.kserve, "config/crd/full/llmisvc"),
  kubeRay: source("github.com/ray-project/kuberay/ray-operator", versions.kubeRay, "config/crd/bases"),
  kueue: source("sigs.k8s.io/kueue", versions.kueue, "config/components/crd/bases"),
  leaderWorkerSet: source("sigs.k8s.io/lws", versions.leaderWorkerSet, "config/crd/bases"),
  mpiOperator: source(
    "github.com/kubeflow/mpi-operator",
    versions.mpiOperator,
    "manifests/base/kubeflow.org_mpijobs.yaml",
  ),
  nodeFeatureDiscovery: source(
    "sigs.k8s.io/node-feature-discovery",
    versions.nodeFeatureDiscovery,
    "deployment/base/nfd-crds",
  ),
  trainer: source("github.com/kubeflow/trainer/v2", versions.trainer, "manifests/base/crds"),
} as const satisfies Readonly<Record<string, CrdSource>>;

/** A product whose CRDs can be had. */
export type CrdProduct = keyof typeof crdSources;

/** Products whose CRDs a chart brings, by the chart's name or address. None for a chart that is not in the catalogue. */
export function crdsOfChart(chart: string): CrdProduct[] {
  return Object.entries(versions).flatMap(([product, pinned]) => {
    return isCrdProduct(product) && "chart" in pinned && pinned.chart === chart ? [product] : [];
  });
}

/** Whether the CRDs of a product can be had. */
export function isCrdProduct(name: string): name is CrdProduct {
  return Object.hasOwn(crdSources, name);
}
