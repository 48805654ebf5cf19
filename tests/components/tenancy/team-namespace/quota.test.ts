import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nodeAllocatable } from "../../../../catalog/allocatable";
import { builtInStorageClasses } from "../../../../catalog/storage-classes";
import { gpusPerNode } from "../../../../catalog/mig";
import type { VmSize } from "../../../../catalog/vm-size";
import { findVmSize, vmSizes } from "../../../../catalog/vm-sizes";
import { planCpuShares } from "../../../../components/tenancy/team-namespace/cpu-shares";
import {
  planContainerDefaults,
  planTeamQuota,
  type TeamShare,
} from "../../../../components/tenancy/team-namespace/quota";
import type { TeamVolume } from "../../../../components/tenancy/volumes/volume-kind";
import { problemsOf } from "../../../recorded";
import { blobVolume, h100Pool, lustreVolume } from "../teams";

function sizeOf(name: string): VmSize {
  const size = findVmSize(name);
  if (size === undefined) throw new Error(`no row for ${name}`);
  return size;
}

/** A pool of whole GPUs. */
function poolOf(size: VmSize, maxNodes: number): TeamShare["pool"] {
  const plain = { spareNodes: 0, migProfile: null, memlock: null, gpuStack: size.aks?.gpuStacks[0] ?? "gpu-operator" };
  const rdmaResource = size.infiniband === null ? null : "rdma/ib";
  return { key: "pool", size: size.name, gpusPerNode: gpusPerNode(size), maxNodes, rdmaResource, ...plain };
}

const h100 = sizeOf("Standard_ND96isr_H100_v5");
const mi300x = sizeOf("Standard_ND96isr_MI300X_v5");
const sliceOfA10 = sizeOf("Standard_NV6ads_A10_v5");
/** What a team may ask for beside its nodes, without a share of another pool. */
const beside = planCpuShares({}, []);
const training: TeamShare = { kind: "training", pool: { ...h100Pool, maxNodes: 8 }, gpus: 16, beside };
const lustre: TeamVolume = { ...lustreVolume, claimTiB: 128 };
const blob = blobVolume;

/** Built-in classes make disks, shares and accounts that nobody of the project pays or guards. */
const noClasses = Object.fromEntries(
  builtInStorageClasses.map((it) => [`${it}.storageclass.storage.k8s.io/requests.storage`, "0"]),
);
const counts = (kinds: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(kinds.map((it) => [`count/${it}`, "100"]));

const gpuSizes = [...vmSizes.values()].filter((it) => it.gpu !== null);

describe("planTeamQuota", () => {
  it("counts adapters by the name that the pool has for them", () => {
    const pool = { ...h100Pool, maxNodes: 8, rdmaResource: "rdma/hca_shared_devices_a" };
    const quota = planTeamQuota({ ...training, pool }, []);
    expect(Object.entries(quota).filter(([key]) => key.includes("rdma"))).toEqual([
      ["requests.rdma/hca_shared_devices_a", "16"],
    ]);
  });

  it("counts claims of adapters where pods claim them", () => {
    const pool = { ...h100Pool, maxNodes: 8, rdma: "dranet" as const };
    const { "requests.rdma/ib": byName, ...rest } = planTeamQuota(training, []);
    expect(byName).toBe("16");
    expect(planTeamQuota({ ...training, pool }, [])).toEqual({
      ...rest,
      "dranet.net.deviceclass.resource.k8s.io/devices": "16",
    });
  });

  it("gives a training team whole nodes: GPUs, HCAs, cores and memory in step", () => {
    expect(planTeamQuota(training, [])).toEqual({
      "requests.cpu": "184",
      "requests.memory": "3616Gi",
      "requests.ephemeral-storage": "800Gi",
      "requests.nvidia.com/gpu": "16",
      "requests.rdma/ib": "16",
      pods: "64",
      "requests.storage": "57220Gi",
      persistentvolumeclaims: "64",
      "services.loadbalancers": "0",
      "services.nodeports": "0",
      ...noClasses,
      ...counts([
        "services",
        "configmaps",
        "secrets",
        "jobs.batch",
        "cronjobs.batch",
        "jobsets.jobset.x-k8s.io",
        "trainjobs.trainer.kubeflow.org",
        "trainingruntimes.trainer.kubeflow.org",
        "computedomains.resource.nvidia.com",
        "mpijobs.kubeflow.org",
        "rayjobs.ray.io",
        "rayclusters.ray.io",
      ]),
    });
  });

  it("has room for what a queue lets in beyond the share, and no word against it", () => {
    expect(planTeamQuota({ ...training, gpus: 8, borrow: 8 }, [])).toEqual(planTeamQuota(training, []));
    expect(planTeamQuota({ ...training, gpus: 64, borrow: 8 }, [])["requests.nvidia.com/gpu"]).toBe("72");
  });

  it("gives an inference team a part of a node, and no HCA", () => {
    expect(planTeamQuota({ ...training, kind: "inference", gpus: 3 }, [])).toEqual({
      "requests.cpu": "37",
      "requests.memory": "691Gi",
      "requests.ephemeral-storage": "176Gi",
      "requests.nvidia.com/gpu": "3",
      pods: "50",
      "requests.storage": "10728Gi",
      persistentvolumeclaims: "20",
      "services.loadbalancers": "0",
      "services.nodeports": "0",
      ...noClasses,
      ...counts([
        "services",
        "configmaps",
        "secrets",
        "deployments.apps",
        "statefulsets.apps",
        "replicasets.apps",
        "horizontalpodautoscalers.autoscaling",
        "poddisruptionbudgets.policy",
        "leaderworkersets.leaderworkerset.x-k8s.io",
        "inferencepools.inference.networking.k8s.io",
        "httproutes.gateway.networking.k8s.io",
        "llminferenceservices.serving.kserve.io",
        "llminferenceserviceconfigs.serving.kserve.io",
      ]),
    });
  });

  it("counts AMD's GPUs by AMD's name, and a slice as one", () => {
    expect(planTeamQuota({ ...training, pool: poolOf(mi300x, 8) }, [])).toHaveProperty(["requests.amd.com/gpu"], "16");
    const slices = planTeamQuota({ kind: "inference", pool: poolOf(sliceOfA10, 4), gpus: 2, beside }, []);
    expect(slices["requests.nvidia.com/gpu"]).toBe("2");
    expect(slices["requests.memory"]).toBe(`${nodeAllocatable(sliceOfA10).memoryGiB * 2 + beside.memoryGiB}Gi`);
  });

  it("counts instances of a MIG profile, with what a seventh of a GPU has of its node", () => {
    const quota = planTeamQuota(
      { kind: "inference", pool: { ...h100Pool, gpusPerNode: 56, migProfile: "MIG1g" }, gpus: 14, beside },
      [],
    );
    const { cpu, memoryGiB } = nodeAllocatable(h100);
    expect(quota).toMatchObject({
      "requests.nvidia.com/gpu": "14",
      "requests.cpu": String(Math.floor(cpu / 4) + beside.cpu),
      "requests.memory": `${Math.floor(memoryGiB / 4) + beside.memoryGiB}Gi`,
    });
  });

  it.each([
    ["no volume and no local disk", sliceOfA10, 1, [], 0],
    ["the file system", sliceOfA10, 1, [lustre], 128 * 1024],
    ["both volumes", sliceOfA10, 1, [lustre, blob], (128 + 1024) * 1024],
    ["both volumes and the disks of 64 nodes", h100, 512, [lustre, blob], (128 + 1024) * 1024 + 64 * 28_610],
    ["disks whose size no source tells", mi300x, 8, [], 8 * 3577],
  ] satisfies [string, VmSize, number, TeamVolume[], number][])(
    "lets a team claim %s",
    (_, size, gpus, volumes, gib) => {
      expect(
        planTeamQuota({ kind: "inference", pool: poolOf(size, 1000), gpus, beside }, volumes)["requests.storage"],
      ).toBe(`${gib}Gi`);
    },
  );

  it("takes a disk of unknown size for as large as the largest that is known", () => {
    const known = [...vmSizes.values()].flatMap(({ gpu, nvme }) =>
      gpu === null || nvme?.totalGiB == null ? [] : [Math.ceil(nvme.totalGiB / nvme.disks)],
    );
    expect(planTeamQuota({ kind: "training", pool: poolOf(mi300x, 1), gpus: 8, beside }, [])["requests.storage"]).toBe(
      `${8 * Math.max(...known)}Gi`,
    );
  });

  it.each(gpuSizes.map((it): [string, VmSize] => [it.name, it]))("of %s adds up", (_, size) => {
    const perNode = gpusPerNode(size);
    const nodes = fc.integer({ min: 1, max: 500 });
    fc.assert(
      fc.property(nodes, nodes, (a, b) => {
        const quota = (count: number): Readonly<Record<string, string>> =>
          planTeamQuota({ kind: "training", pool: poolOf(size, 1000), gpus: count * perNode, beside }, []);
        const [one, two, both] = [quota(a), quota(b), quota(a + b)];
        expect(Object.keys(both)).toEqual(Object.keys(one));
        const counted = Object.keys(both).filter((it) => /^requests\.(cpu|memory|.*\/(gpu|ib))$/.test(it));
        expect(counted).toHaveLength(size.infiniband === null ? 3 : 4);
        const ofNodes = (of: Readonly<Record<string, string>>, key: string): number =>
          parseInt(of[key] ?? "") -
          (key === "requests.cpu" ? beside.cpu : key === "requests.memory" ? beside.memoryGiB : 0);
        for (const key of counted) expect(ofNodes(both, key)).toBe(ofNodes(one, key) + ofNodes(two, key));
      }),
      { numRuns: 20 },
    );
  });

  it("never gives more than the nodes have, and a launcher beside them", () => {
    fc.assert(
      fc.property(fc.constantFrom(...gpuSizes), fc.integer({ min: 1, max: 1000 }), (size, gpus) => {
        const perNode = gpusPerNode(size);
        const quota = planTeamQuota({ kind: "inference", pool: poolOf(size, 1000), gpus, beside }, []);
        const share = gpus / perNode;
        expect(Number(quota["requests.cpu"])).toBeLessThanOrEqual(size.vcpus * share + beside.cpu);
        expect(parseInt(quota["requests.memory"] ?? "")).toBeLessThanOrEqual(size.memoryGiB * share + beside.memoryGiB);
      }),
    );
  });

  it("adds what the team may ask for on general pools, and room for its pods and objects", () => {
    const shared = planCpuShares({ general: 3 }, [{ key: "general", size: "Standard_D16ds_v5", maxNodes: 4 }]);
    const [without, quota] = [planTeamQuota(training, []), planTeamQuota({ ...training, beside: shared }, [])];
    const added = (key: string): number => parseInt(quota[key] ?? "") - parseInt(without[key] ?? "");
    expect(added("requests.cpu")).toBe(shared.cpu - beside.cpu);
    expect(added("requests.memory")).toBe(shared.memoryGiB - beside.memoryGiB);
    expect(added("requests.ephemeral-storage")).toBe(shared.ephemeralGiB - beside.ephemeralGiB);
    expect([quota["pods"], quota["count/jobs.batch"]]).toEqual(["214", "214"]);
  });

  it("asks nobody to state a limit: a container with GPUs alone must start", () => {
    expect(Object.keys(planTeamQuota(training, [])).filter((it) => it.startsWith("limits."))).toEqual([]);
  });
});

describe("planTeamQuota fails", () => {
  it("under one subject, with every problem at once", () => {
    expect(() => planTeamQuota({ ...training, gpus: 65 }, [])).toThrow(
      [
        "The team's share is misconfigured:",
        "  gpus: must be at most 64, the GPUs of the pool; got 65. Use 64 or less",
        "  gpus: must be a multiple of 8: training takes whole nodes of Standard_ND96isr_H100_v5; got 65. Use 64",
      ].join("\n"),
    );
  });

  const whole = "gpus: must be a multiple of 8: training takes whole nodes of Standard_ND96isr_H100_v5";
  it.each([
    [
      "with no GPU",
      { gpus: 0, kind: "inference" },
      ["gpus: must be a whole number from 1; got 0. Write how many GPUs the team may use at once"],
    ],
    [
      "with part of a GPU",
      { gpus: 1.5, kind: "inference" },
      ["gpus: must be a whole number from 1; got 1.5. Write how many GPUs the team may use at once"],
    ],
    ["with part of a node", { gpus: 12 }, [`${whole}; got 12. Use 8 or 16`]],
    ["with less than a node", { gpus: 4 }, [`${whole}; got 4. Use 8 or 16`]],
    [
      "with more than the pool",
      { gpus: 72 },
      ["gpus: must be at most 64, the GPUs of the pool; got 72. Use 64 or less"],
    ],
    [
      "with nodes that are held back for repairs",
      { gpus: 64, pool: { ...h100Pool, maxNodes: 8, spareNodes: 1 } },
      ["gpus: must be at most 56, the GPUs of the pool without its 1 spare nodes; got 64. Use 56 or less"],
    ],
  ] satisfies [string, Partial<TeamShare>, string[]][])("%s", (_, more, lines) => {
    expect(problemsOf(() => planTeamQuota({ ...training, ...more }, []))).toEqual(lines);
  });

  it.each(["Standard_D8ds_v5", "Standard_ND96"])("on a pool of %s, which has no GPU that is known", (size) => {
    const pool = { ...h100Pool, size };
    expect(problemsOf(() => planTeamQuota({ kind: "inference", pool, gpus: 1, beside }, []))).toEqual([
      `pool: must be a pool of a VM size with GPUs that the catalogue knows (docs/sizes.md); got "${size}". Use a pool of gpuPools`,
    ]);
  });

  it("for whole nodes on instances of a MIG profile, and says nothing of their count", () => {
    const pool = { ...h100Pool, gpusPerNode: 56, migProfile: "MIG1g" };
    expect(problemsOf(() => planTeamQuota({ kind: "training", pool, gpus: 12, beside }, []))).toEqual([
      'pool: must be a pool of whole GPUs: training takes whole nodes, and MIG1g cuts the GPUs of this one; got "h100". Use a pool without migProfile, or a team of another kind',
    ]);
  });
});

it("gives containers that state nothing a little of each, no limit, and nobody a GPU or HCA that was not asked for", () => {
  // A `max` or a `default` would become the limit of every container that names none.
  expect(planContainerDefaults({ containerDefaults: { cpu: "500m", memory: "1Gi" } })).toEqual({
    type: "Container",
    defaultRequest: { cpu: "500m", memory: "1Gi", "ephemeral-storage": "512Mi" },
  });
});
