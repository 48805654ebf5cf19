import { ComponentResource, type ComponentResourceOptions, type Output } from "@pulumi/pulumi";
import { commonRules, edit, type TeamArgs, type WorkloadProfile } from "../tenancy/team";
import { TeamNamespace } from "../tenancy/team-namespace";
import { planTeamQuota } from "../tenancy/team-quota";

const profile: WorkloadProfile = {
  workload: "inference",
  podSecurity: "restricted",
  containerDefaults: { cpu: "250m", memory: "512Mi", memoryLimit: "2Gi" },
  // Model services and what they need. Never nodes, gateway classes, quotas, roles or other namespaces.
  rules: [
    ...commonRules,
    { apiGroups: ["apps"], resources: ["deployments", "statefulsets", "replicasets"], verbs: edit },
    { apiGroups: ["autoscaling"], resources: ["horizontalpodautoscalers"], verbs: edit },
    { apiGroups: ["policy"], resources: ["poddisruptionbudgets"], verbs: edit },
    { apiGroups: ["leaderworkerset.x-k8s.io"], resources: ["leaderworkersets"], verbs: edit },
    { apiGroups: ["inference.networking.k8s.io"], resources: ["inferencepools"], verbs: edit },
    { apiGroups: ["gateway.networking.k8s.io"], resources: ["httproutes"], verbs: edit },
  ],
};

/** Name of the namespace of an inference team. */
export function inferenceNamespaceName(team: string): string {
  return `infer-${team}`;
}

/**
 * A namespace for one team's model services: a quota in GPUs, the strictest Pod Security level, a closed network, an
 * identity without secrets. Costs nothing by itself.
 * @throws MisconfiguredError before anything is registered
 */
export class InferenceNamespace extends ComponentResource {
  public readonly namespaceName: Output<string>;

  /** `opts.providers` must hold the Kubernetes provider of the cluster. */
  public constructor(args: TeamArgs, opts: ComponentResourceOptions) {
    planTeamQuota(args.share, args.volumes); // before super(): a bad share registers nothing
    const name = inferenceNamespaceName(args.team);
    super("azure-gpu-cluster:inference:InferenceNamespace", name, {}, opts);
    const { namespaceName } = new TeamNamespace(name, { ...args, profile }, { parent: this });
    this.namespaceName = namespaceName;
    this.registerOutputs({ namespaceName });
  }
}
