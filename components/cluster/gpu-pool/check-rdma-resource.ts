import { isGpuResource, rdmaResourceNames } from "../../../catalog/scheduling";
import type { VmSize } from "../../../catalog/vm-size";
import type { Problems } from "../../../core/problems";
import { canBeTold } from "../agent-pool/node-template";
import type { NodeCounts } from "../agent-pool/shape";

const label = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
const lastPart = /^[A-Za-z0-9]([\w.-]{0,61}[A-Za-z0-9])?$/;

/**
 * Notes a problem for a name that pods could not ask for adapters by.
 * @param name `undefined` for the default.
 * @param used What pods ask for in the end.
 */
export function checkRdmaResource(
  name: string | undefined,
  used: string,
  counts: NodeCounts,
  { gpu, infiniband, name: size }: VmSize,
  problems: Problems,
): void {
  const usual = `Use the name that your device plugin gives, such as ${rdmaResourceNames.join(" or ")}`;
  if (infiniband === null) {
    problems.require(name === undefined, "rdmaResource", `must be absent: ${size} has no InfiniBand`, {
      got: name,
      remedy: "Leave it out, or choose a size with InfiniBand (docs/sizes.md)",
    });
    return;
  }
  problems.require(isExtendedResource(used), "rdmaResource", "must be an extended resource, domain/name", {
    got: name,
    remedy: usual,
  });
  problems.require(gpu === null || !isGpuResource(used), "rdmaResource", "must not be what GPUs are counted by", {
    got: name,
    remedy: usual,
  });
  problems.require(
    counts.nodes !== undefined || (counts.minNodes ?? 0) > 0 || canBeTold(used),
    "minNodes",
    `must be at least 1 with ${used}: the autoscaler learns from tags what nodes of an empty pool have, and reads each _ in one as /`,
    { got: counts.minNodes ?? 0, remedy: "Use 1, or a fixed number of nodes" },
  );
}

/**
 * Whether Kubernetes takes a name for an extended resource, in a pod and in a quota.
 * Source: kubernetes/kubernetes:pkg/apis/core/v1/helper/helpers.go (IsExtendedResourceName)
 */
function isExtendedResource(name: string): boolean {
  const [domain = "", last = "", ...rest] = name.split("/");
  return (
    rest.length === 0 &&
    // A quota writes `requests.` before it.
    `requests.${domain}`.length <= 253 &&
    domain.split(".").every((it) => label.test(it)) &&
    lastPart.test(last) &&
    !domain.endsWith("kubernetes.io") &&
    !name.startsWith("requests.")
  );
}
