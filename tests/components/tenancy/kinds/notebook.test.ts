import { describe, expect, it } from "vitest";
import { commonRules, edit } from "../../../../components/tenancy/kinds/common-rights";
import { planTeamNamespace } from "../../../../components/tenancy/team-namespace/plan";
import { record } from "../../../../core/property-tree";
import { toProps } from "../../../../core/property-value";
import { problemsOf } from "../../../recorded";
import { blobVolume, h100Pool, lustreVolume, vision } from "../teams";

const team = { ...vision, kind: "notebook", gpus: 3 } as const;
const volumes = { lustre: lustreVolume, blob: blobVolume };

describe("a team of kind notebook", () => {
  const plan = planTeamNamespace("note-vision", team, { pool: h100Pool, volumes });

  it("is a namespace for pods on single GPUs, at the strictest Pod Security level, with all storage and no queue", () => {
    expect(plan.namespace.metadata).toMatchObject({
      name: "note-vision",
      labels: {
        "pod-security.kubernetes.io/enforce": "restricted",
        "azure-gpu-cluster/workload": "notebook",
        "azure-gpu-cluster/tenant": "vision",
      },
    });
    expect(plan.namespace.metadata.annotations).toBeUndefined();
    const hard = record(toProps(plan.resourceQuota), "spec.hard");
    expect(hard).toMatchObject({ "requests.nvidia.com/gpu": "3" });
    expect(hard).not.toHaveProperty(["requests.rdma/ib"]);
    expect(plan.volumes.map(({ claim }) => claim.metadata.name)).toEqual(["lustre", "blob"]);
    expect([plan.localQueue, plan.configMaps]).toEqual([null, []]);
  });

  it("lets its people keep notebooks and enter them, and run no jobs", () => {
    expect(plan.rights[0]?.role.rules).toEqual([
      ...commonRules,
      { apiGroups: [""], resources: ["pods/exec"], verbs: ["get", "create"] },
      { apiGroups: ["apps"], resources: ["deployments", "statefulsets", "replicasets"], verbs: edit },
    ]);
  });

  it("takes no queue", () => {
    const queue = { clusterQueueName: "note-vision", borrow: 0 };
    expect(problemsOf(() => planTeamNamespace("note-vision", team, { pool: h100Pool, queue }))).toEqual([
      "queue: must be left out: teams of kind notebook do not queue",
    ]);
  });
});
