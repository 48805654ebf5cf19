import { Provider } from "@pulumi/kubernetes/provider";
import { describe, expect, it } from "vitest";
import { commonRules, edit } from "../../../../components/tenancy/kinds/common-rights";
import { training } from "../../../../components/tenancy/kinds/training";
import { teamNamespaceName } from "../../../../components/tenancy/kinds/team-kinds";
import { TeamNamespace } from "../../../../components/tenancy/team-namespace/team-namespace";
import { only, recorded, refused, tree } from "../../../recorded";
import { visionArgs } from "../teams";

const args = visionArgs;

describe("a team of kind training", () => {
  it("is a team namespace for jobs, in which images may run as root", async () => {
    const seen: string[] = [];
    const plan = await recorded(() => {
      const provider = new Provider("kubernetes", { kubeconfig: "{}" });
      new TeamNamespace("train-vision", args, { providers: [provider] }).namespaceName.apply((it) => seen.push(it));
    });
    expect(teamNamespaceName("training", "vision")).toBe("train-vision");
    expect(seen).toEqual(["train-vision"]);
    expect(tree(plan)[1]).toBe("TeamNamespace train-vision");
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
          defaultRequest: { cpu: "500m", memory: "1Gi", "ephemeral-storage": "512Mi" },
        },
      ],
    });
    expect(plan.resources.filter((it) => it.type.startsWith("kubernetes:") && it.provider === "")).toEqual([]);
  });

  it("lets the team run jobs, enter its pods and see its queue, and touch no quota, role, queue or node", async () => {
    const plan = await recorded(() => {
      const provider = new Provider("kubernetes", { kubeconfig: "{}" });
      new TeamNamespace("train-vision", args, { providers: [provider] });
    });
    expect(only(plan, "kubernetes:rbac.authorization.k8s.io/v1:Role").inputs["rules"]).toEqual([
      ...commonRules,
      { apiGroups: [""], resources: ["pods/exec"], verbs: ["get", "create"] },
      { apiGroups: ["batch"], resources: ["jobs", "cronjobs"], verbs: edit },
      { apiGroups: ["jobset.x-k8s.io"], resources: ["jobsets"], verbs: edit },
      { apiGroups: ["trainer.kubeflow.org"], resources: ["trainjobs", "trainingruntimes"], verbs: edit },
      { apiGroups: ["resource.nvidia.com"], resources: ["computedomains"], verbs: edit },
      { apiGroups: ["kubeflow.org"], resources: ["mpijobs"], verbs: edit },
      { apiGroups: ["kueue.x-k8s.io"], resources: ["localqueues", "workloads"], verbs: ["get", "list", "watch"] },
      { apiGroups: ["visibility.kueue.x-k8s.io"], resources: ["localqueues/pendingworkloads"], verbs: ["get"] },
    ]);
    // Ray asks the API server for workers, which these pods do not reach.
    expect(training.apiServerRules).toEqual([
      { apiGroups: ["ray.io"], resources: ["rayjobs", "rayclusters"], verbs: edit },
    ]);
  });

  it("fails before anything is registered", async () => {
    expect(await refused(() => new TeamNamespace("train-vision", { ...args, gpus: 12 }, {}))).toEqual({
      problems: [
        "gpus: must be a multiple of 8: training takes whole nodes of Standard_ND96isr_H100_v5; got 12. Use 8 or 16",
      ],
      made: [],
    });
  });
});
