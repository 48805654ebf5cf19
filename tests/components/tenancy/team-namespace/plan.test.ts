import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { fabricPod } from "../../../../catalog/fabric-pod";
import { fabricProfile } from "../../../../catalog/fabric-profile";
import type { MemlockMode } from "../../../../catalog/memlock";
import { findVmSize } from "../../../../catalog/vm-sizes";
import { planTeamNamespace, type TeamNamespacePlan } from "../../../../components/tenancy/team-namespace/plan";
import { record } from "../../../../core/property-tree";
import { toProps } from "../../../../core/property-value";
import { problemsOf } from "../../../recorded";
import { h100Pool, lustreVolume, vision } from "../teams";

const plan = (more: object = {}, surroundings: object = {}): TeamNamespacePlan =>
  planTeamNamespace("train-vision", { ...vision, ...more }, { pool: h100Pool, ...surroundings });

describe("planTeamNamespace", () => {
  it("decides every object of the namespace, without anything that is only wired", () => {
    expect(plan()).toMatchObject({
      namespace: {
        metadata: {
          name: "train-vision",
          labels: {
            "pod-security.kubernetes.io/enforce": "baseline",
            "pod-security.kubernetes.io/warn": "restricted",
            "pod-security.kubernetes.io/audit": "restricted",
            "azure-gpu-cluster/workload": "training",
            "azure-gpu-cluster/tenant": "vision",
            "azure-gpu-cluster/pool": "h100",
          },
        },
      },
      serviceAccount: { metadata: { name: "workload" }, automountServiceAccountToken: false },
      rights: [{ roleBinding: { subjects: [{ kind: "Group", name: vision.groupObjectId }] } }],
      networkPolicies: [
        { metadata: { name: "default-deny" } },
        { metadata: { name: "allow-dns" } },
        { metadata: { name: "allow-own-namespace" } },
      ],
      volumes: [],
    });
  });

  it("gives kinds their own limits and rights", () => {
    expect(plan({ kind: "inference", gpus: 3 })).toMatchObject({
      namespace: {
        metadata: { name: "infer-vision", labels: { "pod-security.kubernetes.io/enforce": "restricted" } },
      },
      resourceQuota: { spec: { hard: { "requests.nvidia.com/gpu": "3" } } },
    });
  });
});

it("a budget is a number in the quota of the namespace, where what watches reads it", () => {
  const budget = ({ resourceQuota }: ReturnType<typeof plan>) =>
    Object.entries(record(toProps(resourceQuota), "spec.hard")).at(-1);
  expect(budget(plan({ budgetUsdPerMonth: 5000 }))).toEqual([
    "requests.azure-gpu-cluster/budget-usd-per-month",
    "5000",
  ]);
  expect(budget(plan({}))?.[0]).not.toContain("budget");
});

describe("the fabric of the pool", () => {
  it("is two ConfigMaps: variables alone for envFrom, and a pod without its image", () => {
    const [env, files, ...more] = plan({}).configMaps;
    const profile = fabricProfile(h100Pool);
    const about = { "azure-gpu-cluster/nccl-profile": "hopper", "azure-gpu-cluster/gpu-direct": "peermem" };
    expect(env).toEqual({ metadata: { name: "fabric-h100", annotations: about }, data: profile.env });
    expect(files?.metadata).toEqual({ name: "fabric-h100-files", annotations: about });
    expect(Object.keys(files?.data ?? {})).toEqual(["pod.yaml"]);
    expect(parse(files?.data["pod.yaml"] ?? "")).toEqual(fabricPod(profile));
    // Whoever reads it finds each value where it counts.
    expect(files?.data["pod.yaml"]).not.toMatch(/[&*]a1/);
    expect(more).toEqual([]);
  });

  it("comes with the topology file where the pool gives it to NCCL", () => {
    const pool = { ...h100Pool, ncclTopologyFile: true };
    const [env, files] = planTeamNamespace("team", vision, { pool }).configMaps;
    expect(env?.data["NCCL_TOPO_FILE"]).toBe("/opt/microsoft/ndv5-topo.xml");
    expect(files?.data["topology.xml"]).toBe(findVmSize(pool.size, undefined)?.nccl?.topology?.content);
  });

  it("comes with a template of claims where pods claim adapters, which policies know by name", () => {
    const pool = { ...h100Pool, rdma: "dranet" as const };
    const { adapterClaims: claims, namespace } = planTeamNamespace("team", vision, { pool });
    const exactly = { deviceClassName: "dranet.net", allocationMode: "ExactCount", count: 8 };
    expect(claims).toEqual({
      metadata: { name: "fabric-h100" },
      spec: { spec: { devices: { requests: [{ name: "adapters", exactly }] } } },
    });
    expect(namespace.metadata.annotations).toEqual({
      "azure-gpu-cluster/node-devices": "nvidia.com/gpu=8",
      "azure-gpu-cluster/adapter-claim": "fabric-h100",
    });
    expect(plan({}).adapterClaims).toBeNull();
    expect(planTeamNamespace("team", { ...vision, kind: "inference" }, { pool }).adapterClaims).toBeNull();
  });

  it("is no affair of teams that take single GPUs", () => {
    expect(plan({ kind: "inference" }).configMaps).toEqual([]);
  });
});

describe("the Pod Security level", () => {
  const levelOf = (more: object, memlock: MemlockMode | null): unknown => {
    const { labels } = planTeamNamespace("team", { ...vision, ...more }, { pool: { ...h100Pool, memlock } }).namespace
      .metadata;
    return [labels["pod-security.kubernetes.io/enforce"], labels["azure-gpu-cluster/memlock"]];
  };

  it.each([
    ["is that of the kind", { kind: "training" }, "node", ["baseline", undefined]],
    ["is that of the kind", { kind: "inference" }, null, ["restricted", undefined]],
    ["leaves room for IPC_LOCK, within the fence", { kind: "training" }, "ipc-lock", ["privileged", "ipc-lock"]],
    ["leaves room for IPC_LOCK, within the fence", { kind: "inference" }, "ipc-lock", ["privileged", "ipc-lock"]],
    ["is what the team says", { kind: "inference", podSecurity: "baseline" }, "node", ["baseline", undefined]],
    ["is what the team says", { kind: "training", podSecurity: "restricted" }, "ipc-lock", ["restricted", undefined]],
  ] as const)("%s: %j on a pool of memlock %s", (_, more, memlock, expected) => {
    expect(levelOf(more, memlock)).toEqual(expected);
  });
});

it("says on the namespace why a level was chosen, and nothing where nobody said", () => {
  const annotationsOf = (more: object): unknown =>
    planTeamNamespace("team", { ...vision, ...more }, { pool: h100Pool }).namespace.metadata.annotations;
  const podSecurity = { level: "restricted", reason: "nobody needs root" } as const;
  const reason = { "azure-gpu-cluster/pod-security-reason": "nobody needs root" };
  expect(annotationsOf({ podSecurity })).toMatchObject(reason);
  expect(annotationsOf({ podSecurity: "restricted" })).not.toHaveProperty(["azure-gpu-cluster/pod-security-reason"]);
  expect(annotationsOf({ kind: "inference" })).toBeUndefined();
  expect(plan({ podSecurity })).toMatchObject({
    namespace: { metadata: { labels: { "pod-security.kubernetes.io/enforce": "restricted" } } },
  });
});

it("tells policies what a node of a team that takes whole nodes has, by the names of the pool", () => {
  const devicesOf = (kind: "training" | "inference", more: object = {}): unknown =>
    planTeamNamespace("team", { ...vision, kind }, { pool: { ...h100Pool, ...more } }).namespace.metadata.annotations?.[
      "azure-gpu-cluster/node-devices"
    ];
  expect(devicesOf("training")).toBe("nvidia.com/gpu=8,rdma/ib=8");
  expect(devicesOf("training", { rdmaResource: "nvidia.com/mlnxnics" })).toBe("nvidia.com/gpu=8,nvidia.com/mlnxnics=8");
  expect(devicesOf("training", { size: "Standard_ND96isr_MI300X_v5", rdmaResource: null })).toBe("amd.com/gpu=8");
  expect(devicesOf("inference")).toBeUndefined();
});

it("tells policies whether pods reach the API server", () => {
  const labelsOf = (reach: ("apiServer" | "entra")[]): unknown =>
    planTeamNamespace("team", { ...vision, kind: "inference", reach }, { pool: h100Pool }).namespace.metadata.labels;
  expect(labelsOf(["apiServer"])).toHaveProperty(["azure-gpu-cluster/api-server"], "reached");
  expect(labelsOf(["entra"])).not.toHaveProperty(["azure-gpu-cluster/api-server"]);
});

it("tells policies which priorities its jobs may have where a team says them, and metrics who pays", () => {
  const saidBy = (more: object): unknown => {
    const { annotations = {}, labels } = plan(more).namespace.metadata;
    return [annotations["azure-gpu-cluster/priorities"], labels["azure-gpu-cluster/cost-center"]];
  };
  expect(saidBy({})).toEqual([undefined, undefined]);
  expect(saidBy({ priorities: ["production", "idle"], costCenter: "cc-4711" })).toEqual(["production,idle", "cc-4711"]);
  expect(saidBy({ priorities: [] })).toEqual(["", undefined]);
});

describe("planTeamNamespace fails", () => {
  it("with every problem at once", () => {
    const volumes = { "check-points": lustreVolume, data: lustreVolume };
    expect(problemsOf(() => plan({ groupObjectId: "vision-team", gpus: 12 }, { volumes }))).toEqual([
      'groupObjectId: must be the object ID (a UUID) of an Entra group, not its name; got "vision-team". az ad group show --group NAME --query id prints it',
      'volumes: must have names of 1 to 20 lowercase letters or digits; got "check-points". Rename the volume',
      "gpus: must be a multiple of 8: training takes whole nodes of Standard_ND96isr_H100_v5; got 12. Use 8 or 16",
    ]);
  });

  const name = "must be 1 to 40 lowercase letters, digits or hyphens, start with a letter and not end with a hyphen";
  it.each([
    ["a name with capitals", { team: "Vision" }, `team: ${name}; got "Vision". For example vision`],
    [
      "a name that is too long",
      { team: "v".repeat(41) },
      `team: ${name}; got "${"v".repeat(41)}". For example ${"v".repeat(40)}`,
    ],
    [
      "an unknown kind",
      { kind: "trainig" },
      'kind: must be one of training, inference, notebook; got "trainig". Did you mean training?',
    ],
    ["an unknown key", { gpu: 8 }, "gpu: is not a known key; unknown keys are never ignored. Did you mean gpus?"],
    [
      "a level that none may choose",
      { podSecurity: "privileged" },
      'podSecurity: must be baseline, restricted, or a mapping with level, reason; got "privileged". Write baseline',
    ],
    [
      "an egress that is none",
      { egress: "open" },
      'egress: must be closed, https, or a list; got "open". Write closed',
    ],
    [
      "a priority that is not for teams",
      { priorities: ["acceptance"] },
      'priorities[0]: must be one of production, idle; got "acceptance". Write production or idle',
    ],
    [
      "a cost center that no label takes",
      { costCenter: "R&D" },
      'costCenter: must be 1 to 63 letters, digits, dots, hyphens or underscores, and start and end with a letter or digit; got "R&D". For example r-d',
    ],
    [
      "the nil group",
      { groupObjectId: "00000000-0000-0000-0000-000000000000" },
      'groupObjectId: must be the object ID (a UUID) of an Entra group, not its name; got "00000000-0000-0000-0000-000000000000". az ad group show --group NAME --query id prints it',
    ],
  ])("for %s", (_, wrong, problem) => {
    expect(problemsOf(() => plan(wrong))).toEqual([problem]);
  });

  it.each(["", "Data", "check-points", "a".repeat(21)])(
    "for a claim named %j: two teams' volumes could meet",
    (claim) => {
      expect(problemsOf(() => plan({}, { volumes: { [claim]: lustreVolume } }))).toHaveLength(1);
    },
  );
});
