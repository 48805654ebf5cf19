import { Provider } from "@pulumi/kubernetes/provider";
import { describe, expect, it } from "vitest";
import { findVmSize } from "../../../catalog/vm-sizes";
import { commonRules, edit, type TeamArgs } from "../../../components/tenancy/team";
import { TrainingNamespace, trainingNamespaceName } from "../../../components/training/training-namespace";
import { only, recorded, refused, tree } from "../../recorded";

const size = findVmSize("Standard_ND96isr_H100_v5");
if (size === undefined) throw new Error("no H100");
const args: TeamArgs = {
  team: "vision",
  share: { size, gpus: 16, gpusPerNode: 8, poolGpus: 16, wholeNodes: true },
  groupObjectId: "22222222-2222-4222-8222-222222222222",
  identityClientId: "client",
  endpointCidr: null,
  volumes: [],
  podSecurityVersion: "v1.36",
};

describe("TrainingNamespace", () => {
  it("is a team namespace for jobs, in which images may run as root", async () => {
    const seen: string[] = [];
    const plan = await recorded(() => {
      const provider = new Provider("kubernetes", { kubeconfig: "{}" });
      new TrainingNamespace(args, { providers: [provider] }).namespaceName.apply((it) => seen.push(it));
    });
    expect(trainingNamespaceName("vision")).toBe("train-vision");
    expect(seen).toEqual(["train-vision"]);
    expect(tree(plan).slice(1, 3)).toEqual([
      "TrainingNamespace train-vision",
      "TeamNamespace train-vision < TrainingNamespace train-vision",
    ]);
    expect(only(plan, "kubernetes:core/v1:Namespace").inputs).toMatchObject({
      metadata: {
        name: "train-vision",
        labels: {
          "pod-security.kubernetes.io/enforce": "baseline",
          "azure-gpu-cluster/workload": "training",
          "azure-gpu-cluster/tenant": "vision",
        },
      },
    });
    expect(only(plan, "kubernetes:core/v1:LimitRange").inputs["spec"]).toEqual({
      limits: [
        {
          type: "Container",
          default: { memory: "4Gi" },
          defaultRequest: { cpu: "500m", memory: "1Gi" },
        },
      ],
    });
    expect(plan.resources.filter((it) => it.type.startsWith("kubernetes:") && it.provider === "")).toEqual([]);
  });

  it("lets the team run jobs and enter its pods, and touch no quota, role, queue or node", async () => {
    const plan = await recorded(() => {
      const provider = new Provider("kubernetes", { kubeconfig: "{}" });
      new TrainingNamespace(args, { providers: [provider] });
    });
    expect(only(plan, "kubernetes:rbac.authorization.k8s.io/v1:Role").inputs["rules"]).toEqual([
      ...commonRules,
      { apiGroups: [""], resources: ["pods/exec"], verbs: ["get", "create"] },
      { apiGroups: ["batch"], resources: ["jobs", "cronjobs"], verbs: edit },
      { apiGroups: ["jobset.x-k8s.io"], resources: ["jobsets"], verbs: edit },
      { apiGroups: ["trainer.kubeflow.org"], resources: ["trainjobs"], verbs: edit },
      { apiGroups: ["ray.io"], resources: ["rayjobs", "rayclusters"], verbs: edit },
    ]);
  });

  it("fails before anything is registered", async () => {
    const share = { ...args.share, gpus: 12 };
    expect(await refused(() => new TrainingNamespace({ ...args, share }, {}))).toEqual({
      problems: [
        "gpus: must be a multiple of 8: training takes whole nodes of Standard_ND96isr_H100_v5; got 12. Use 8 or 16",
      ],
      made: [],
    });
  });
});
