/** What a cluster itself refuses of what a rule of the pack refuses, so that it holds for those who bypass Pulumi. */
export interface ClusterTwin {
  /** Rules of the team fence, which the API server asks in the namespaces of teams. */
  readonly fence: readonly string[];
  /** Rules of the cluster guard, which the API server asks in all namespaces where the add-on is. */
  readonly guard: readonly string[];
  /** Least Pod Security level that refuses it. Teams' namespaces enforce one, and those of the platform their own. */
  readonly podSecurity: "baseline" | "restricted" | null;
  /** Whether the quota of a team's namespace refuses it. */
  readonly quota: boolean;
}

/**
 * Twins by the name of the rule. Rules of what nobody can make past the API server unseen, and of objects that teams have no rights on, have
 * none.
 * Source of the levels: https://kubernetes.io/docs/concepts/security/pod-security-standards/ (2026-12-02)
 */
export const clusterTwins: Readonly<Record<string, ClusterTwin>> = {
  "k8s-no-privileged": { fence: ["privileged"], guard: [], podSecurity: "baseline", quota: false },
  "k8s-no-host-namespaces": { fence: ["host-namespaces"], guard: [], podSecurity: "baseline", quota: false },
  "k8s-gpu-limits": {
    fence: ["pool", "whole-nodes", "requests-equal-limits"],
    guard: [],
    podSecurity: null,
    quota: true,
  },
  "k8s-lb-internal": {
    fence: ["service-type"],
    guard: ["internal-load-balancer", "no-node-port"],
    podSecurity: null,
    quota: true,
  },
  "k8s-no-external-ips": { fence: ["external-ips"], guard: ["no-external-ips"], podSecurity: null, quota: false },
  "k8s-no-default-ns": { fence: [], guard: ["own-namespace"], podSecurity: null, quota: false },
  "k8s-ns-has-quota": { fence: [], guard: ["counted-gpus"], podSecurity: null, quota: false },
  "k8s-ns-pss-labels": { fence: [], guard: ["pod-security"], podSecurity: null, quota: false },
  "k8s-no-cluster-admin": { fence: [], guard: ["no-cluster-admin", "not-everybody"], podSecurity: null, quota: false },
};
