import { afterAll, beforeAll, expect, test } from "vitest";
import { fabricPod } from "../../../catalog/fabric-pod";
import { fabricProfile } from "../../../catalog/fabric-profile";
import { computeDomainChannelClass, labels } from "../../../catalog/scheduling";
import { modelObjects } from "../../../components/inference/model-service/objects";
import { planModelService } from "../../../components/inference/model-service/plan";
import { planGpuPool } from "../../../components/cluster/gpu-pool/plan";
import { adapterClaims } from "../../../catalog/adapter-claims";
import { list, locate, record, text } from "../../../core/property-tree";
import { type Props, toProps } from "../../../core/property-value";
import { type Gang, gangJob } from "../../../simulator/kubernetes/scheduling/gang";
import { Gangs } from "../../../simulator/kubernetes/scheduling/gangs";
import { waitUntil } from "../../../simulator/kubernetes/wait-until";
import { chatOnH100 } from "../../components/inference/model-service/surroundings";
import { place } from "../../recorded";
import { describeWithSchedulers } from "../engine/with-schedulers";
import { localQueue } from "./queue-objects";
import { type QueuedCluster, queuedCluster } from "./queued-cluster";

/** A rack: its jobs claim adapters and places in a ComputeDomain. */
const pool = planGpuPool(
  "gb300",
  { size: "Standard_ND128isr_GB300_v6", nodes: 18, rdma: "dranet" },
  { ...place, location: "" },
);
const profile = fabricProfile(pool.ref);
const { adapters } = profile;

const gang = (name: string, resources: Gang["resources"]): Gang => ({
  name,
  namespace: "a",
  nodes: 18,
  resources,
  queue: localQueue,
  near: { label: labels.infinibandDomain, how: "required" },
});

/** The job of a gang whose pods have the claims of the pool's profile. */
function claiming(of: Gang): Props {
  const { spec } = fabricPod(profile);
  const job = gangJob(of);
  const template = record(job, "spec.template");
  const pod = record(template, "spec");
  const containers = list(pod, "containers").map((it) => ({
    ...toProps(it),
    resources: {
      ...record(it, "resources"),
      claims: [...locate(spec, "containers[0].resources.claims[].name")].map(({ value }) => ({ name: value })),
    },
  }));
  return toProps({
    ...job,
    spec: {
      ...record(job, "spec"),
      template: { ...template, spec: { ...pod, containers, resourceClaims: spec["resourceClaims"] } },
    },
  });
}

describeWithSchedulers("gangs whose pods claim adapters, on simulated nodes", (programs) => {
  let world: QueuedCluster;
  let gangs: Gangs;
  beforeAll(async () => {
    world = await queuedCluster(programs, pool, 9);
    gangs = new Gangs(world.cluster, { hopeless: world.whatDied });
    if (adapters === null) throw new Error("The pool claims no adapters.");
    // As the controller of ComputeDomains makes it for a job.
    const request = { name: "channel", exactly: { deviceClassName: computeDomainChannelClass, count: 1 } };
    const domain = { metadata: { name: "compute-domain" }, spec: { spec: { devices: { requests: [request] } } } };
    for (const { metadata, spec } of [adapterClaims(adapters), domain]) {
      const kind = { apiVersion: "resource.k8s.io/v1", kind: "ResourceClaimTemplate" };
      await world.cluster.apply(toProps({ ...kind, metadata: { ...metadata, namespace: "a" }, spec }), {
        manager: "test",
      });
    }
  });
  afterAll(() => world.stop());

  test("are let in whole, with a place for each pod, and counted by what claims give", async () => {
    const whole = gang("whole", profile.resources);
    await world.cluster.create(claiming(whole));
    await gangs.admitted(whole);
    const workloads = {
      apiVersion: "kueue.x-k8s.io/v1beta2",
      kind: "Workload",
      plural: "workloads",
      namespaced: true,
      verbs: [],
    };
    const [workload] = await world.cluster.list(workloads, "a");
    const [assigned] = list(workload, "status.admission.podSetAssignments");
    expect(record(assigned, "resourceUsage")).toEqual({
      "nvidia.com/gpu": "72",
      "rdma/ib": "72",
      "azure-gpu-cluster/compute-domain-channels": "18",
    });
    expect(text(assigned, "topologyAssignment.levels[0]")).toBe("kubernetes.io/hostname");
    await gangs.delete(whole);
  });

  test("wait where they ask by name for what no kubelet counts", async () => {
    const byName = gang("by-name", { ...profile.resources, "rdma/ib": "4" });
    await gangs.submit(byName);
    await gangs.pending(byName, 'topology "infiniband" doesn\'t allow to fit any of 18 pod(s)');
    await gangs.delete(byName);
  });

  // Of a pool of more than a hundred nodes the scheduler does not look at all.
  test("servers of parts of nodes fill nodes one after the other, and leave the rest to jobs", async () => {
    const namespace = "serving";
    await world.cluster.create({ apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } });
    const surroundings = { ...chatOnH100, namespace, pool: pool.ref, blob: false, egress: "https" } as const;
    const model = planModelService("small", { model: "qwen2.5-7b", minReplicas: 6 }, surroundings);
    const { servers } = modelObjects(model, { serviceAccount: "default", scaler: null });
    const deployment = toProps(servers ?? {});
    await world.cluster.create(deployment);
    try {
      const pods = { apiVersion: "v1", kind: "Pod", plural: "pods", namespaced: true, verbs: [] };
      const nodes = await waitUntil("nodes for all servers", async () => {
        const found = await world.cluster.list(pods, namespace);
        const placed = found.flatMap((it) => text(it, "spec.nodeName") ?? []);
        return placed.length === 6 ? placed : undefined;
      });
      const each = [...new Set(nodes)].map((node) => nodes.filter((it) => it === node).length);
      expect(each.sort()).toEqual([2, 4]);
    } finally {
      await world.cluster.startDelete(deployment);
    }
  });
});
