import { describe, expect, it } from "vitest";
import type { KubernetesObject } from "../../../../components/platform/add-on";
import type { GpuPoolRef } from "../../../../components/cluster/gpu-pool/gpu-pool-ref";
import { addOns } from "../../../../components/platform/add-ons";
import { planPlatform, type PlatformPlan } from "../../../../components/platform/plan-platform";
import { list, read, text } from "../../../../core/property-tree";
import { problemsOf } from "../../../recorded";
import { pool } from "../facts";

const h100 = { ...pool("h100"), rdmaResource: "rdma/ib" };
const h200 = { ...pool("h200", "Standard_ND96isr_H200_v5"), rdmaResource: "rdma/ib" };
const t4 = { ...pool("t4", "Standard_NC4as_T4_v3"), gpusPerNode: 1 };
const amd = pool("amd", "Standard_ND96isr_MI300X_v5");
const mig = { ...pool("mig", "Standard_NC24ads_A100_v4"), migProfile: "MIG1g" };

const planOf = (
  pools: Parameters<typeof planPlatform>[2]["pools"],
  choice: object = {},
  kubernetesVersion = "1.36",
): PlatformPlan => planPlatform(addOns, { nodeHealth: choice }, { kubernetesVersion, pools });

/** Every object, by `<kind> <name>`. */
function objectsOf(platform: PlatformPlan): Readonly<Record<string, KubernetesObject>> {
  const plan = platform.addOns.find(({ key }) => key === "nodeHealth");
  return Object.fromEntries(Object.values(plan?.objects ?? {}).map((it) => [`${it.kind} ${it.metadata.name}`, it]));
}
const podSpec = "spec.template.spec";

describe("the add-on nodeHealth", () => {
  it("is there where a pool can be checked", () => {
    const unasked = (kubernetesVersion: string, pools: readonly GpuPoolRef[]): string[] =>
      planPlatform(addOns, {}, { kubernetesVersion, pools }).addOns.map(({ key }) => key);
    expect(unasked("1.36", [h100, mig])).toContain("nodeHealth");
    expect(unasked("1.36", [mig])).not.toContain("nodeHealth");
    expect(unasked("1.36", [])).not.toContain("nodeHealth");
    // Where pods cannot be held back from a new node, a pool would be closed for good.
    expect(unasked("1.35", [h100])).not.toContain("nodeHealth");
  });

  it("closes new nodes of the pools that it checks, and of no other", () => {
    const objects = objectsOf(planOf([h100, amd, t4, mig]));
    expect(Object.keys(objects).filter((it) => it.startsWith("DaemonSet"))).toEqual([
      "DaemonSet node-checks-h100",
      "DaemonSet node-checks-t4",
    ]);
    const policy = objects["MutatingAdmissionPolicy node-health-new-nodes"];
    expect(read(policy, "spec.matchConstraints.objectSelector")).toEqual({
      matchExpressions: [{ key: "azure-gpu-cluster/pool", operator: "In", values: ["h100", "t4"] }],
    });
  });

  it("notes what it does not check, and what it opens by counts alone", () => {
    const config = objectsOf(planOf([h100, amd, t4, mig]))["ConfigMap node-health"];
    expect(text(config, 'metadata.annotations["azure-gpu-cluster/notes"]')?.split("\n")).toEqual([
      "gpuPools.amd: its nodes are not checked before they take work: the checks are for GPUs of NVIDIA",
      "gpuPools.t4: no floors are known for Standard_NC4as_T4_v3: its nodes are opened by counts of GPUs, memory errors and errors of the driver alone",
      "gpuPools.mig: its nodes are not checked before they take work: its GPUs are divided, and the checks take whole ones",
    ]);
    expect(objectsOf(planOf([h100]))["ConfigMap node-health"]?.metadata.annotations).toBeUndefined();
  });

  it("checks with all devices of an idle node, and pushes nobody away", () => {
    const objects = objectsOf(planOf([h100]));
    const daemonSet = objects["DaemonSet node-checks-h100"];
    expect(read(daemonSet, `${podSpec}.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution`)).toEqual({
      nodeSelectorTerms: [
        {
          matchExpressions: [
            { key: "azure-gpu-cluster/pool", operator: "In", values: ["h100"] },
            { key: "azure-gpu-cluster/health-check", operator: "Exists" },
          ],
        },
      ],
    });
    expect(read(daemonSet, `${podSpec}.tolerations`)).toEqual(
      [
        "nvidia.com/gpu",
        "amd.com/gpu",
        "startup-taint.cluster-autoscaler.kubernetes.io/gpu-health",
        "kubernetes.azure.com/scalesetpriority",
      ].map((key) => ({ key, operator: "Exists", effect: "NoSchedule" })),
    );
    expect(objects["PriorityClass node-health-checks"]).toMatchObject({ value: -1_000_000, preemptionPolicy: "Never" });
    const devices = { resources: { limits: { "nvidia.com/gpu": "8", "rdma/ib": "8" } } };
    expect(list(daemonSet, `${podSpec}.initContainers`)).toMatchObject([
      { name: "products", image: "nvcr.io/nvidia/cloud-native/dcgm:4.6.0-1-ubuntu24.04", ...devices },
      { name: "checks", image: "mcr.microsoft.com/aznhc/aznhc-nv:1.2.0", ...devices },
    ]);
    // A size without a floor for them multiplies nothing.
    const ofA100 = objectsOf(planOf([pool("a100", "Standard_NC96ads_A100_v4")]))["DaemonSet node-checks-a100"];
    expect(list(ofA100, `${podSpec}.initContainers`)).toMatchObject([{ name: "checks" }]);
  });

  it("gives no pod on GPU nodes a token, and no container more than it needs", () => {
    const objects = objectsOf(planOf([h100]));
    const daemonSet = objects["DaemonSet node-checks-h100"];
    const deployment = objects["Deployment node-health"];
    for (const it of [daemonSet, deployment]) expect(read(it, `${podSpec}.automountServiceAccountToken`)).toBe(false);
    expect(read(daemonSet, `${podSpec}.serviceAccountName`)).toBeUndefined();
    expect(list(daemonSet, `${podSpec}.volumes`).map((it) => read(it, "name"))).toEqual([
      "tmp",
      "shm",
      "hyperv",
      "pairs",
    ]);
    const security = (containers: string, it: unknown, at = 0): unknown =>
      read(list(it, `${podSpec}.${containers}`)[at], "securityContext");
    const closed = { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true };
    expect(security("initContainers", daemonSet)).toMatchObject({
      ...closed,
      runAsNonRoot: true,
      capabilities: { drop: ["ALL"] },
    });
    expect(security("initContainers", daemonSet, 1)).toEqual({
      ...closed,
      runAsUser: 0,
      capabilities: { drop: ["ALL"], add: ["IPC_LOCK", "SYSLOG", "SYS_NICE"] },
      seccompProfile: { type: "RuntimeDefault" },
    });
    expect(security("containers", daemonSet)).toEqual({
      ...closed,
      runAsUser: 0,
      capabilities: { drop: ["ALL"], add: ["IPC_LOCK", "SYS_NICE"] },
      seccompProfile: { type: "RuntimeDefault" },
    });
    expect(security("containers", objectsOf(planOf([h200]))["DaemonSet node-checks-h200"])).toMatchObject({
      capabilities: { drop: ["ALL"], add: ["IPC_LOCK"] },
    });
    const waits = objectsOf(planOf([t4]))["DaemonSet node-checks-t4"];
    expect(security("containers", waits)).toMatchObject({
      ...closed,
      runAsNonRoot: true,
      capabilities: { drop: ["ALL"] },
    });
    expect(security("containers", deployment)).toEqual({ ...closed, capabilities: { drop: ["ALL"] } });
    // Not on GPU nodes: their taint it does not tolerate.
    expect(read(deployment, `${podSpec}.tolerations`)).toEqual([{ key: "CriticalAddonsOnly", operator: "Exists" }]);
    const pinned = /^mcr\.microsoft\.com\/azurelinux\/distroless\/nodejs:24\.[\w.-]+@sha256:[0-9a-f]{64}$/;
    expect(read(list(deployment, `${podSpec}.containers`)[0], "image")).toMatch(pinned);
  });

  it("lets nodes with InfiniBand write to each other, and opens a way between their pods alone", () => {
    const objects = objectsOf(planOf([h200]));
    const [pairs] = list(objects["DaemonSet node-checks-h200"], `${podSpec}.containers`);
    expect(pairs).toMatchObject({
      name: "pairs",
      env: [{ name: "NODE_NAME", valueFrom: { fieldRef: { fieldPath: "spec.nodeName" } } }],
      // The devices that the checks before it had.
      resources: { limits: { "nvidia.com/gpu": "8", "rdma/ib": "8", memory: "8Gi" } },
      volumeMounts: [
        { name: "tmp", mountPath: "/tmp" },
        { name: "pairs", mountPath: "/pairs", readOnly: true },
      ],
    });
    const podSelector = { matchLabels: { app: "node-checks" } };
    expect(objects["NetworkPolicy node-health-pairs"]?.["spec"]).toEqual({
      podSelector,
      policyTypes: ["Ingress"],
      ingress: [{ from: [{ podSelector }], ports: [{ protocol: "TCP", port: 18530, endPort: 18549 }] }],
    });
    expect(list(pairs, "command").at(-1)).not.toContain("mpirun");
    // The controller alone says what is in it, so the plan must not.
    expect(objects["ConfigMap node-health-pairs"]).toEqual({
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "node-health-pairs", namespace: "node-health" },
    });
    expect(Object.keys(objectsOf(planOf([t4]))).filter((it) => it.includes("pairs"))).toEqual([]);
  });

  it("gives an all-reduce of two nodes what it needs, where the size has a floor for it", () => {
    const objects = objectsOf(planOf([h100, h200]));
    const containerOf = (pool: string): unknown =>
      list(objects[`DaemonSet node-checks-${pool}`], `${podSpec}.containers`)[0];
    expect(containerOf("h100")).toMatchObject({
      resources: { limits: { "nvidia.com/gpu": "8", "rdma/ib": "8", memory: "32Gi" } },
      volumeMounts: [
        { name: "tmp", mountPath: "/tmp" },
        { name: "shm", mountPath: "/dev/shm" },
        { name: "pairs", mountPath: "/pairs", readOnly: true },
      ],
    });
    expect(containerOf("h200")).toMatchObject({ resources: { limits: { memory: "8Gi" } } });
    // MPI and NCCL listen at ports of their choice; other pods reach none of them.
    const podSelector = { matchLabels: { app: "node-checks" } };
    expect(objects["NetworkPolicy node-health-pairs"]?.["spec"]).toEqual({
      podSelector,
      policyTypes: ["Ingress"],
      ingress: [{ from: [{ podSelector }], ports: [{ protocol: "TCP" }] }],
    });
    expect(JSON.stringify(objects["ConfigMap node-health"])).not.toContain("NCCL_");
  });

  it("lets the controller evict pods where nodes are to be emptied, and nowhere else", () => {
    const evicts = (remediate: string): boolean =>
      list(objectsOf(planOf([h100], { remediate }))["ClusterRole node-health"], "rules").some(
        (it) => read(it, "resources[0]") === "pods/eviction",
      );
    expect(["observe", "close", "drain"].filter(evicts)).toEqual(["drain"]);
  });

  it("is asked for metrics at a port that it opens to nobody", () => {
    const plan = planOf([h100]).addOns.find(({ key }) => key === "nodeHealth");
    expect(list(plan?.ingress, "spec.ingress")).toEqual([]);
    const [controller] = list(objectsOf(planOf([h100]))["Deployment node-health"], `${podSpec}.containers`);
    expect(read(controller, "ports")).toEqual([{ name: "metrics", containerPort: 8080 }]);
    expect(list(controller, "command").at(-1)).toBe("8080");
  });

  it("makes the pod of the controller anew when it is told something else", () => {
    const templateOf = (choice: object): unknown =>
      read(objectsOf(planOf([h100], choice))["Deployment node-health"], "spec.template.metadata.annotations");
    expect(templateOf({})).toEqual(templateOf({ remediate: "observe" }));
    expect(templateOf({})).not.toEqual(templateOf({ remediate: "close" }));
  });

  it.each(["latest:@x", "aznhc-nv", "a b/c"])("fails for the image %j", (image) => {
    for (const key of ["checksImage", "productsImage"])
      expect(problemsOf(() => planOf([h100], { [key]: image }))[0]).toContain(`nodeHealth.${key}: must be an image`);
  });

  it("fails where no pool can be checked, and where new nodes cannot be held back", () => {
    expect(problemsOf(() => planOf([amd, mig], {}, "1.35.9"))).toEqual([
      "nodeHealth: is not possible: no GPU pool can be checked. Leave it out: of gpuPools.amd the checks are for GPUs of NVIDIA; " +
        "of gpuPools.mig its GPUs are divided, and the checks take whole ones",
      'nodeHealth: needs Kubernetes 1.36, to hold pods back from a new node until it was checked; got "1.35.9". Leave it out, or upgrade the cluster',
    ]);
    expect(problemsOf(() => planOf([]))).toEqual([
      "nodeHealth: is not possible: no GPU pool can be checked. Leave it out: there are no GPU pools",
    ]);
  });
});
