import { Provider } from "@pulumi/kubernetes/provider";
import { describe, expect, it } from "vitest";
import { commonRules, edit } from "../../../../components/tenancy/kinds/common-rights";
import { inference } from "../../../../components/tenancy/kinds/inference";
import { teamNamespaceName } from "../../../../components/tenancy/kinds/team-kinds";
import { TeamNamespace } from "../../../../components/tenancy/team-namespace/team-namespace";
import { only, recorded, refused, tree } from "../../../recorded";
import { h100Pool, vision } from "../teams";

const args = {
  ...vision,
  kind: "inference",
  team: "chat",
  gpus: 3,
  pool: h100Pool,
  identityClientId: "client",
  podSecurityVersion: "v1.36",
} as const;

describe("a team of kind inference", () => {
  it("is a team namespace for services, at the strictest Pod Security level", async () => {
    const seen: string[] = [];
    const plan = await recorded(() => {
      const provider = new Provider("kubernetes", { kubeconfig: "{}" });
      new TeamNamespace("infer-chat", args, { providers: [provider] }).namespaceName.apply((it) => seen.push(it));
    });
    expect(teamNamespaceName("inference", "chat")).toBe("infer-chat");
    expect(seen).toEqual(["infer-chat"]);
    expect(tree(plan)[1]).toBe("TeamNamespace infer-chat");
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
          defaultRequest: { cpu: "250m", memory: "512Mi", "ephemeral-storage": "512Mi" },
        },
      ],
    });
    expect(plan.resources.filter((it) => it.type.startsWith("kubernetes:") && it.provider === "")).toEqual([]);
  });

  it("lets the team run services, and neither enter pods nor touch a quota, role, gateway or node", async () => {
    const plan = await recorded(() => {
      const provider = new Provider("kubernetes", { kubeconfig: "{}" });
      new TeamNamespace("infer-chat", args, { providers: [provider] });
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
    // The router of a model asks the API server for pods, which the team's do not reach.
    expect(inference.apiServerRules).toEqual([
      {
        apiGroups: ["serving.kserve.io"],
        resources: ["llminferenceservices", "llminferenceserviceconfigs"],
        verbs: edit,
      },
    ]);
  });

  it("fails before anything is registered", async () => {
    expect(await refused(() => new TeamNamespace("infer-chat", { ...args, gpus: 17 }, {}))).toEqual({
      problems: ["gpus: must be at most 16, the GPUs of the pool; got 17. Use 16 or less"],
      made: [],
    });
  });
});
