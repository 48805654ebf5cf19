import type { CrdProduct } from "../../../simulator/kubernetes/crd-sources";

/** One API group that each product brings. */
export const crdGroups: Readonly<Record<CrdProduct, string>> = {
  certManager: "cert-manager.io",
  cilium: "cilium.io",
  agentgatewayKinds: "agentgateway.dev",
  fluxKustomizations: "kustomize.toolkit.fluxcd.io",
  fluxSources: "source.toolkit.fluxcd.io",
  gatewayApi: "gateway.networking.k8s.io",
  gatewayApiInferenceExtension: "inference.networking.k8s.io",
  jobSet: "jobset.x-k8s.io",
  keda: "keda.sh",
  kubeRay: "ray.io",
  kueue: "kueue.x-k8s.io",
  leaderWorkerSet: "leaderworkerset.x-k8s.io",
  mpiOperator: "kubeflow.org",
  nvidiaDraDriver: "resource.nvidia.com",
  nodeFeatureDiscovery: "nfd.k8s-sigs.io",
  secretsStoreCsiDriver: "secrets-store.csi.x-k8s.io",
  trainer: "trainer.kubeflow.org",
};
