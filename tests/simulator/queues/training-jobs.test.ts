import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { labels } from "../../../catalog/scheduling";
import { TeamJobs } from "../../../cli/job-cluster";
import { onceRuntimeIsSeen } from "../../../cli/job-runtime-seen";
import { planGpuPool } from "../../../components/cluster/gpu-pool/plan";
import { jobObjects } from "../../../components/training/job-objects";
import type { JobRequest } from "../../../components/training/job-request";
import { runtimes } from "../../../components/training/runtimes/runtimes";
import { clusterTrainingRuntimes } from "../../../components/training/training-runtime";
import { list, read, record, text } from "../../../core/property-tree";
import { type Props, toProps } from "../../../core/property-value";
import { installCrds } from "../../../simulator/kubernetes/crds";
import type { Gang } from "../../../simulator/kubernetes/scheduling/gang";
import { Gangs } from "../../../simulator/kubernetes/scheduling/gangs";
import { writeKubeconfig } from "../../../simulator/kubernetes/scheduling/kubeconfig-file";
import { waitUntil } from "../../../simulator/kubernetes/wait-until";
import { ClusterClient } from "../../../verification/cluster-client";
import { place } from "../../recorded";
import { pools } from "../../components/training/pools";
import { describeWithSchedulers } from "../engine/with-schedulers";
import { type QueuedCluster, queuedCluster } from "./queued-cluster";
import { workingTeam, workplace } from "./working-team";

// Two domains of 66 nodes, two of which are spare.
const pool = planGpuPool(
  "h200",
  { size: "Standard_ND96isr_H200_v5", domains: 2, nodes: 66, spareNodes: 2 },
  { ...place, location: "" },
);

function request(name: string, runtime: string, nodes: number, more: Partial<JobRequest> = {}): JobRequest {
  return {
    name,
    namespace: workplace,
    team: "vision",
    runtime,
    pool: pool.ref,
    nodes,
    image: "registry.example.com/train:1",
    command: ["python3", "/job/train.py"],
    files: { "train.py": "print('trained')\n" },
    ...more,
  };
}

/** What the command says while it waits for a runtime. */
const note = (line: string): void => void process.stderr.write(`a job ${line}\n`);

const jobSets = { apiVersion: "jobset.x-k8s.io/v1alpha2", kind: "JobSet" };

describeWithSchedulers("jobs of a team on simulated nodes", (programs) => {
  let world: QueuedCluster;
  let gangs: Gangs;
  let jobs: TeamJobs;
  const folder = mkdtempSync(path.join(tmpdir(), "training-jobs-"));
  const made: Props[] = [];
  const domainOf = new Map<string, string>();

  beforeAll(async () => {
    world = await queuedCluster(programs, pool, 1, ["kubeRay"]);
    await workingTeam(world, pool);
    gangs = new Gangs(world.cluster, { hopeless: world.whatDied });
    const kubeconfig = path.join(folder, "kubeconfig");
    await writeKubeconfig(kubeconfig, world.plane);
    const client = ClusterClient.open({ kubeconfig, context: "cluster", expected: "cluster" });
    jobs = new TeamJobs(client, { namespace: workplace, pool: pool.ref });
    for (const it of world.nodes) {
      domainOf.set(text(it, "metadata.name") ?? "", text(it, `metadata.labels["${labels.infinibandDomain}"]`) ?? "");
    }
  });
  afterEach(async () => {
    for (const it of made.splice(0).reverse()) await world.cluster.startDelete(it);
    await waiting("the end of all pods", async () => ((await podsOf()).length === 0 ? true : undefined));
  });
  afterAll(async () => {
    await world.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const waiting = <T>(what: string, ask: () => Promise<T | undefined>): Promise<T> =>
    waitUntil(what, ask, { hopeless: world.whatDied });
  const podsOf = (labels?: string): Promise<Props[]> =>
    world.cluster.list(
      { apiVersion: "v1", kind: "Pod", plural: "pods", namespaced: true, verbs: [] },
      workplace,
      labels === undefined ? {} : { labels },
    );

  /** Makes a job as the command does for a member of the team. @returns how the gang is found whose pods it has */
  const submit = async (of: JobRequest): Promise<Gang> => {
    const objects = jobObjects(of);
    made.push(...objects.map(toProps));
    await jobs.submit(objects, { note });
    const { name, namespace, nodes, spareNodes = 0 } = of;
    // Trainer makes a JobSet of a TrainJob, with its name.
    return { name, namespace, nodes: nodes + spareNodes, resources: {}, queue: null, as: { kind: "JobSet", jobs: 1 } };
  };
  const domainsOf = (nodes: readonly string[]): string[] => [...new Set(nodes.map((it) => domainOf.get(it) ?? it))];
  const jobSet = async (name: string): Promise<Props> =>
    (await world.cluster.read({ ...jobSets, metadata: { name, namespace: workplace } })) ?? {};

  /** Ends the containers of a pod, as the kubelet of its node would say. */
  const end = (pod: Props, exitCode: number): Promise<Props> =>
    world.cluster.merge(
      pod,
      {
        status: {
          phase: "Failed",
          containerStatuses: [
            {
              name: "node",
              image: "any",
              imageID: "",
              ready: false,
              restartCount: 0,
              state: { terminated: { exitCode, reason: "Error" } },
            },
          ],
        },
      },
      "/status",
    );

  test("PyTorch on 64 nodes starts whole in one domain, with its files and nothing that its author had to know", async () => {
    const gang = await submit(request("torch", "torch-ib", 64));
    expect(domainsOf(await gangs.placed(gang))).toHaveLength(1);
    const [pod = {}] = await gangs.pods(gang);
    expect(read(pod, "spec.containers[0].args")).toEqual(["python3", "/job/train.py"]);
    expect(text(pod, "spec.containers[0].image")).toBe("registry.example.com/train:1");
    const env = list(pod, "spec.containers[0].env").map((it) => [text(it, "name"), text(it, "value")]);
    expect(env).toContainEqual(["PET_NNODES", "64"]);
    expect(list(pod, "spec.containers[0].volumeMounts").map((it) => text(it, "mountPath"))).toEqual(
      expect.arrayContaining(["/dev/shm", "/job"]),
    );
    expect(record(pod, "spec.containers[0].resources.limits")).toMatchObject({ "nvidia.com/gpu": "8", "rdma/ib": "8" });
  });

  test.each([
    ["deepspeed-mpi-ib", 64],
    ["nccl-test", 2],
  ])("%s on %i nodes: the first starts the program on all of them, in one domain", async (runtime, nodes) => {
    const gang = await submit(request("mpi", runtime, nodes, { env: { STEP: "1" } }));
    expect(domainsOf(await gangs.placed(gang))).toHaveLength(1);
    const pods = await gangs.pods(gang);
    const jobs = pods.map((it) => text(it, 'metadata.labels["jobset.sigs.k8s.io/replicatedjob-name"]'));
    expect(jobs.filter((it) => it === "launcher")).toHaveLength(1);
    expect(jobs.filter((it) => it === "node")).toHaveLength(nodes - 1);
    // Each kind of pod has the image, the variables and the command of the job: what it does with them its script knows.
    for (const it of pods) {
      expect(text(it, "spec.containers[0].image")).toBe("registry.example.com/train:1");
      expect(read(it, "spec.containers[0].args")).toEqual(["python3", "/job/train.py"]);
      expect(list(it, "spec.containers[0].env")).toContainEqual({ name: "STEP", value: "1" });
    }
    const hosts = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "mpi-mpi-hostfile", namespace: workplace } };
    const lines = text(await world.cluster.read(hosts), "data.hostfile")
      ?.trim()
      .split("\n");
    expect(lines).toHaveLength(nodes);
    expect(lines).toContain("mpi-launcher-0-0.mpi slots=8");
  });

  test("JAX, TensorFlow and fine-tuning start, each in one domain", async () => {
    const checkpoint = { claim: "lustre", path: "/data" };
    const all = [
      request("jax", "jax-ib", 8),
      request("tensorflow", "tensorflow", 8),
      request("lora", "fine-tune-lora", 8, { checkpoint }),
      request("full", "fine-tune-full", 8, { checkpoint }),
    ];
    for (const gang of await Promise.all(all.map(submit))) {
      await gangs.admitted(gang);
      await waiting(`all pods of ${gang.name}`, async () =>
        (await gangs.pods(gang)).length === gang.nodes ? true : undefined,
      );
    }
    const [pod] = await podsOf("jobset.sigs.k8s.io/jobset-name=tensorflow");
    expect(text(pod, "spec.containers[0].env[1].value")).toContain('"tensorflow-worker-0-7.tensorflow:2222"');
  });

  test("clients of federated learning take nodes wherever they are, and their server takes none", async () => {
    const gang = await submit(request("federated", "federated", 100));
    await gangs.admitted(gang);
    const ofJob = (job: string): Promise<Props[]> =>
      podsOf(`jobset.sigs.k8s.io/jobset-name=federated,jobset.sigs.k8s.io/replicatedjob-name=${job}`);
    const clients = await waiting("nodes for all clients", async () => {
      const found = (await ofJob("client")).filter((it) => text(it, "spec.nodeName") !== undefined);
      return found.length === 100 ? found : undefined;
    });
    // It waits for a node without GPUs, of which there is none here.
    const [server] = await ofJob("server");
    expect(list(server, "spec.tolerations").map((it) => text(it, "key"))).not.toContain("nvidia.com/gpu");
    expect(read(server, "spec.nodeSelector")).toBeUndefined();
    expect(domainsOf(clients.flatMap((it) => text(it, "spec.nodeName") ?? []))).toHaveLength(2);
  });

  test("a lost node is replaced in its domain, and the job goes on", async () => {
    const gang = await submit(request("stubborn", "torch-ib", 64));
    const before = await gangs.placed(gang);
    const lost = before[0] ?? "";
    await world.cluster.startDelete({ apiVersion: "v1", kind: "Node", metadata: { name: lost } });
    const after = await gangs.placedWithout(gang, lost);
    expect(domainsOf(after)).toEqual(domainsOf(before));
    expect(after.filter((it) => before.includes(it))).toHaveLength(63);
    // Not even a restart: the processes of the others meet the new one.
    expect(read(await jobSet("stubborn"), "status.restarts")).toBe(0);
  });

  test("a program that fails starts anew on all nodes", async () => {
    const gang = await submit(request("failing", "jax-ib", 4));
    await gangs.placed(gang);
    const before = (await gangs.pods(gang)).map((it) => text(it, "metadata.uid"));
    const [pod = {}] = await gangs.pods(gang);
    await end(pod, 1);
    await waiting("pods of the second start", async () => {
      const now = (await gangs.pods(gang)).map((it) => text(it, "metadata.uid"));
      return now.length === 4 && now.every((it) => !before.includes(it)) ? true : undefined;
    });
    expect(read(await jobSet("failing"), "status.restarts")).toBe(1);
  });

  test("a program that was called wrongly ends the job", async () => {
    const gang = await submit(request("wrong", "torch-ib", 2));
    await gangs.placed(gang);
    const [pod = {}] = await gangs.pods(gang);
    await end(pod, 2);
    expect(await gangs.finished(gang)).toContain("failed");
    expect(read(await jobSet("wrong"), "status.restarts")).toBe(0);
  });

  test("a job with nodes that stand ready is over when as many are done as its program runs on", async () => {
    const gang = await submit(request("spared", "torch-ib", 4, { spareNodes: 1 }));
    expect(domainsOf(await gangs.placed(gang))).toHaveLength(1);
    for (const it of (await gangs.pods(gang)).slice(0, 4))
      await world.cluster.merge(it, { status: { phase: "Succeeded" } }, "/status");
    expect(await gangs.finished(gang)).toContain("jobset completed successfully");
  });

  test("a job of Ray waits for its nodes in the queue, and is let go with a place for its workers", async () => {
    const gang = await submit(request("ray", "ray-ib", 8));
    await gangs.admitted(gang);
    const job = { apiVersion: "ray.io/v1", kind: "RayJob", metadata: { name: "ray", namespace: workplace } };
    const live = await waiting("the job", async () => {
      const found = await world.cluster.read(job);
      return read(found, "spec.suspend") === true ? undefined : found;
    });
    const workers = "spec.rayClusterSpec.workerGroupSpecs[0].template.spec";
    expect(record(live, `${workers}.nodeSelector`)).toEqual({ [labels.pool]: "h200" });
  });

  test("the API server takes every object of every runtime on every kind of pool", async () => {
    await installCrds(world.cluster, ["nvidiaDraDriver"]);
    // No quota counts there, which learns of new kinds after a while.
    const namespace = "elsewhere";
    await world.cluster.apply(toProps({ apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } }), {
      manager: "test",
    });
    for (const one of Object.values(pools)) {
      for (const it of clusterTrainingRuntimes(one)) {
        made.push(toProps(it));
        await world.cluster.apply(toProps(it), { manager: "test" });
      }
      for (const runtime of Object.keys(runtimes)) {
        const checkpoint = { claim: "lustre", path: "/data" };
        const objects = jobObjects(
          request(`any-${one.key}`, runtime, 2, { namespace, pool: one, checkpoint, maxRestarts: 1 }),
        );
        for (const it of objects) {
          // Trainer looks for the runtime that a job names.
          const dryRun = it.kind !== "TrainingRuntime";
          if (!dryRun) made.push(toProps(it));
          await onceRuntimeIsSeen(() => world.cluster.apply(toProps(it), { manager: "test", dryRun, force: true }), {
            note,
          });
        }
      }
    }
  });
});
