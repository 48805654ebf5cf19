import { labels } from "../../../catalog/scheduling";

/** Settings that the strictest level asks for. */
const confined = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ["ALL"] },
  runAsNonRoot: true,
  runAsUser: 1000,
  seccompProfile: { type: "RuntimeDefault" },
};
/** As an image runs that needs to lock memory. */
export const locking = { capabilities: { add: ["IPC_LOCK"] } };
export const container = (more: object = {}): object => ({
  name: "main",
  image: "docker.io/library/anything:1",
  securityContext: confined,
  ...more,
});
export const pod = (spec: object = {}, main: object = {}): object => ({
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name: "probe" },
  spec: { containers: [container(main)], ...spec },
});
export const service = (spec: object = {}): object => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "probe" },
  spec: { ports: [{ port: 443 }], selector: { app: "probe" }, ...spec },
});
export const secret = (type: string, more: object = {}): object => ({
  apiVersion: "v1",
  kind: "Secret",
  metadata: { name: "probe", ...more },
  type,
});
/** A pod with one container that sets a variable. */
export const sets = (name: string, more: object): object => ({ env: [{ name, ...more }] });
export const own = { nodeSelector: { [labels.pool]: "h100" } };
export const other = { nodeSelector: { [labels.pool]: "a100" } };
export const takes = (resource: string): object => ({ resources: { limits: { [resource]: "1" } } });
/** Resources that are requests and limits alike. */
export const has = (all: object): object => ({ resources: { requests: all, limits: all } });
/** All that a container of a whole node of the team's pool has to say. */
export const wholeNode = { cpu: "1", memory: "1Gi", "nvidia.com/gpu": "8", "rdma/ib": "8" };
/** What a whole node has, in a container. */
export const gpu = has(wholeNode);
export const tolerates = (...tolerations: readonly object[]): object => ({ tolerations });

/** An affinity that asks for any of some pools. */
export function affinityTo(...values: readonly string[]): object {
  const nodeSelectorTerms = [{ matchExpressions: [{ key: labels.pool, operator: "In", values }] }];
  return { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } } };
}
