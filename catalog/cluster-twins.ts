/** What a cluster itself refuses of what a rule of the pack refuses, so that it holds for those who bypass Pulumi. */
export interface ClusterTwin {
  /** Rules of the team fence, which the API server asks in the namespaces of teams. */
  readonly fence: readonly string[];
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
  "k8s-no-privileged": { fence: ["privileged"], podSecurity: "baseline", quota: false },
  "k8s-no-host-namespaces": { fence: ["host-namespaces"], podSecurity: "baseline", quota: false },
  "k8s-gpu-limits": { fence: ["pool", "whole-nodes", "requests-equal-limits"], podSecurity: null, quota: true },
  "k8s-lb-internal": { fence: ["service-type", "external-ips"], podSecurity: null, quota: true },
};
