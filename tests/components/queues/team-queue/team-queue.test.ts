import { Provider } from "@pulumi/kubernetes/provider";
import { ComponentResource } from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { planTeamQueue } from "../../../../components/queues/team-queue/plan";
import { TeamQueue } from "../../../../components/queues/team-queue/team-queue";
import { TeamNamespace } from "../../../../components/tenancy/team-namespace/team-namespace";
import { only, recorded, refused, tree } from "../../../recorded";
import { h100Pool, visionArgs } from "../../tenancy/teams";

const surroundings = { pool: h100Pool, queues: { cohortName: "cluster", placeless: "without-devices" } };
const shape = { gpus: 8, borrow: 8 };

describe("TeamQueue", () => {
  it("registers what it planned, and the namespace comes after it and goes before it", async () => {
    const plan = await recorded(() => {
      const providers = [new Provider("kubernetes", { kubeconfig: "{}" })];
      const kueue = new ComponentResource("test:kueue:Kueue", "kueue");
      const queue = new TeamQueue("train-vision", { ...shape, ...surroundings, after: [kueue] }, { providers });
      new TeamNamespace("train-vision", { ...visionArgs, gpus: 8, queue: queue.ref, after: [queue] }, { providers });
    });
    expect(tree(plan).filter((it) => it.includes("Queue"))).toEqual([
      "TeamQueue train-vision",
      "ClusterQueue train-vision < TeamQueue train-vision",
      "LocalQueue train-vision-queue < TeamNamespace train-vision",
    ]);
    const clusterQueue = only(plan, "kubernetes:kueue.x-k8s.io/v1beta2:ClusterQueue");
    expect(clusterQueue.inputs).toEqual(planTeamQueue("train-vision", shape, surroundings).clusterQueue);
    expect(only(plan, "kubernetes:core/v1:Namespace").inputs).toMatchObject({
      metadata: { labels: { "azure-gpu-cluster/queue": "train-vision" } },
    });
    expect(only(plan, "kubernetes:kueue.x-k8s.io/v1beta2:LocalQueue").inputs).toEqual({
      apiVersion: "kueue.x-k8s.io/v1beta2",
      kind: "LocalQueue",
      metadata: { name: "default", namespace: "train-vision" },
      spec: { clusterQueue: "train-vision" },
    });
    // What the queue lets in the quota has to let in, too.
    expect(only(plan, "kubernetes:core/v1:ResourceQuota").inputs).toMatchObject({
      spec: { hard: { "requests.nvidia.com/gpu": "16", "requests.rdma/ib": "16" } },
    });
  });

  it("fails before anything is registered", async () => {
    expect(await refused(() => new TeamQueue("train-vision", { gpus: 8, borrow: 16, ...surroundings }, {}))).toEqual({
      problems: ["borrow: must be a whole number from 0 to 8, what the pool has beside the share; got 16. Use 8"],
      made: [],
    });
  });

  it("is one of its name", async () => {
    const two = (): void => {
      for (let times = 0; times < 2; times += 1) new TeamQueue("train-vision", { ...shape, ...surroundings }, {});
    };
    expect((await refused(two)).problems).toEqual([
      'name: must be one that no other of this kind has; got "train-vision". Give the component another name',
    ]);
  });
});
