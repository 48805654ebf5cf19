import { Provider } from "@pulumi/kubernetes/provider";
import { describe, expect, it } from "vitest";
import { findVmSize } from "../../../catalog/vm-sizes";
import { commonRules, edit, type TeamArgs } from "../../../components/tenancy/team";
import { InferenceNamespace, inferenceNamespaceName } from "../../../components/inference/inference-namespace";
import { only, recorded, refused, tree } from "../../recorded";

const size = findVmSize("Standard_ND96isr_H100_v5");
if (size === undefined) throw new Error("no H100");
const args: TeamArgs = {
  team: "chat",
  share: { size, gpus: 3, gpusPerNode: 8, poolGpus: 16, wholeNodes: false },
  groupObjectId: "22222222-2222-4222-8222-222222222222",
  identityClientId: "client",
  endpointCidr: null,
  volumes: [],
  podSecurityVersion: "v1.36",
};

describe("InferenceNamespace", () => {
  it("is a team namespace for services, at the strictest Pod Security level", async () => {
    const seen: string[] = [];
    const plan = await recorded(() => {
      const provider = new Provider("kubernetes", { kubeconfig: "{}" });
      new InferenceNamespace(args, { providers: [provider] }).namespaceName.apply((it) => seen.push(it));
    });
    expect(inferenceNamespaceName("chat")).toBe("infer-chat");
    expect(seen).toEqual(["infer-chat"]);
    expect(tree(plan).slice(1, 3)).toEqual([
      "InferenceNamespace infer-chat",
      "TeamNamespace infer-chat < InferenceNamespace infer-chat",
    ]);
    expect(only(plan, "kubernetes:core/v1:Namespace").inputs).toMatchObject({
      metadata: {
        name: "infer-chat",
        labels: {
          "pod-security.kubernetes.io/enforce": "restricted",
          "azure-gpu-cluster/workload": "inference",
          "azure-gpu-cluster/tenant": "chat",
        },
      },
    });
    expect(only(plan, "kubernetes:core/v1:LimitRange").inputs["spec"]).toEqual({
      limits: [
        {
          type: "Container",
          default: { memory: "2Gi" },
          defaultRequest: { cpu: "250m", memory: "512Mi" },
        },
      ],
    });
    expect(plan.resources.filter((it) => it.type.startsWith("kubernetes:") && it.provider === "")).toEqual([]);
  });

  it("lets the team run services, and neither enter pods nor touch a quota, role, gateway or node", async () => {
    const plan = await recorded(() => {
      const provider = new Provider("kubernetes", { kubeconfig: "{}" });
      new InferenceNamespace(args, { providers: [provider] });
    });
    expect(only(plan, "kubernetes:rbac.authorization.k8s.io/v1:Role").inputs["rules"]).toEqual([
      ...commonRules,
      { apiGroups: ["apps"], resources: ["deployments", "statefulsets", "replicasets"], verbs: edit },
      { apiGroups: ["autoscaling"], resources: ["horizontalpodautoscalers"], verbs: edit },
      { apiGroups: ["policy"], resources: ["poddisruptionbudgets"], verbs: edit },
      { apiGroups: ["leaderworkerset.x-k8s.io"], resources: ["leaderworkersets"], verbs: edit },
      { apiGroups: ["inference.networking.k8s.io"], resources: ["inferencepools"], verbs: edit },
      { apiGroups: ["gateway.networking.k8s.io"], resources: ["httproutes"], verbs: edit },
    ]);
  });

  it("fails before anything is registered", async () => {
    const share = { ...args.share, gpus: 17 };
    expect(await refused(() => new InferenceNamespace({ ...args, share }, {}))).toEqual({
      problems: ["gpus: must be at most 16, the GPUs of the pool; got 17"],
      made: [],
    });
  });
});
