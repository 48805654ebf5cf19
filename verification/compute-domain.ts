import { domainClaim } from "../catalog/fabric-pod";
import type { KubernetesObject } from "../components/platform/add-on";
import type { RunPlace } from "./check";
import { jobName, labelsOf } from "./job";

/**
 * What gives the nodes of one job a way into one another's GPU memory over NVLink. Its controller makes the template of the claims by
 * which the job's pods come in. Two copies of its CRD are about: for one the number of nodes is required, for the other it is
 * deprecated, and 0 suits both.
 * Source: kubernetes-sigs/dra-driver-nvidia-gpu:api/nvidia.com/resource/v1beta1/computedomain.go (v0.4.1)
 */
export function computeDomain(place: RunPlace, name: string): KubernetesObject {
  const domain = domainName(place, name);
  return {
    apiVersion: "resource.nvidia.com/v1beta1",
    kind: "ComputeDomain",
    metadata: { name: domain, namespace: place.namespace, labels: labelsOf(place, name) },
    spec: { numNodes: 0, channel: { resourceClaimTemplate: { name: domain }, allocationMode: "Single" } },
  };
}

/** The claims of a pod, that of the domain by the template of its own job: several jobs may run in one namespace. */
export function claimsOf(
  { resourceClaims }: Readonly<Record<string, unknown>>,
  place: RunPlace,
  name: string,
): readonly object[] {
  const own = { resourceClaimTemplateName: domainName(place, name) };
  return (resourceClaims as readonly { readonly name: string }[]).map((it) => ({
    ...it,
    ...(it.name === domainClaim && own),
  }));
}

function domainName(place: RunPlace, name: string): string {
  return `${jobName(place, name)}-domain`;
}
