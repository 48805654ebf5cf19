import { ComponentResource, type ComponentResourceOptions, type Output } from "@pulumi/pulumi";
import { commonRules, edit, type TeamArgs, type WorkloadProfile } from "../tenancy/team";
import { TeamNamespace } from "../tenancy/team-namespace";
import { planTeamQuota } from "../tenancy/team-quota";

const profile: WorkloadProfile = {
  workload: "training",
  // Baseline, not restricted: CUDA images run as root. Locked memory is to be raised on the node, so that no pod needs
  // the capability IPC_LOCK, which is outside of baseline.
  podSecurity: "baseline",
  containerDefaults: { cpu: "500m", memory: "1Gi", memoryLimit: "4Gi" },
  // Jobs and what they need. Never nodes, queues, quotas, roles or other namespaces.
  rules: [
    ...commonRules,
    { apiGroups: [""], resources: ["pods/exec"], verbs: ["get", "create"] },
    { apiGroups: ["batch"], resources: ["jobs", "cronjobs"], verbs: edit },
    { apiGroups: ["jobset.x-k8s.io"], resources: ["jobsets"], verbs: edit },
    { apiGroups: ["trainer.kubeflow.org"], resources: ["trainjobs"], verbs: edit },
    { apiGroups: ["ray.io"], resources: ["rayjobs", "rayclusters"], verbs: edit },
  ],
};

/** Name of the namespace of a training team. */
export function trainingNamespaceName(team: string): string {
  return `train-${team}`;
}

/**
 * A namespace for one team's training jobs: a quota in whole nodes (GPUs, HCAs, cores and memory in step), a closed
 * network, an identity without secrets. Costs nothing by itself.
 * @throws MisconfiguredError before anything is registered
 */
export class TrainingNamespace extends ComponentResource {
  public readonly namespaceName: Output<string>;

  /** `opts.providers` must hold the Kubernetes provider of the cluster. */
  public constructor(args: TeamArgs, opts: ComponentResourceOptions) {
    planTeamQuota(args.share, args.volumes); // before super(): a bad share registers nothing
    const name = trainingNamespaceName(args.team);
    super("azure-gpu-cluster:training:TrainingNamespace", name, {}, opts);
    const { namespaceName } = new TeamNamespace(name, { ...args, profile }, { parent: this });
    this.namespaceName = namespaceName;
    this.registerOutputs({ namespaceName });
  }
}
