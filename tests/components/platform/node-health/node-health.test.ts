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
const mig = { ...pool("mig", "Standard_NC24ads_A100_v4"), migProfile: "MIG1g", gpusPerNode: 7 };

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
  it("is there where there are GPU pools, whatever their GPUs are", () => {
    const unasked = (kubernetesVersion: string, pools: readonly GpuPoolRef[]): string[] =>
      planPlatform(addOns, {}, { kubernetesVersion, pools }).addOns.map(({ key }) => key);
    expect(unasked("1.36", [h100])).toContain("nodeHealth");
    expect(unasked("1.36", [mig])).toContain("nodeHealth");
    expect(unasked("1.36", [amd])).toContain("nodeHealth");
    expect(unasked("1.36", [])).not.toContain("nodeHealth");
    // Where pods cannot be held back from a new node, a pool would be closed for good.
    expect(unasked("1.35", [h100])).not.toContain("nodeHealth");
  });

  it("closes new nodes of all GPU pools", () => {
    const objects = objectsOf(planOf([h100, t4, mig]));
    expect(Object.keys(objects).filter((it) => it.startsWith("DaemonSet"))).toEqual([
      "DaemonSet node-checks-h100",
      "DaemonSet node-checks-t4",
      "DaemonSet node-checks-mig",
    ]);
    const policy = objects["MutatingAdmissionPolicy node-health-new-nodes"];
    expect(read(policy, "spec.matchConstraints.objectSelector")).toEqual({
      matchExpressions: [{ key: "azure-gpu-cluster/pool", operator: "In", values: ["h100", "t4", "mig"] }],
    });
  });

  it("leaves the pools as they are that nobody chose, says so, and takes no others for pools", () => {
    const objects = objectsOf(planOf([h100, amd], { pools: ["h100"] }));
    expect(Object.keys(objects).filter((it) => it.startsWith("DaemonSet"))).toEqual(["DaemonSet node-checks-h100"]);
    expect(
      read(
        objects["MutatingAdmissionPolicy node-health-new-nodes"],
        "spec.matchConstraints.objectSelector.matchExpressions[0].values",
      ),
    ).toEqual(["h100"]);
    expect(text(objects["ConfigMap node-health"], 'metadata.annotations["azure-gpu-cluster/notes"]')).toBe(
      "gpuPools.amd: its nodes are not checked before they take work, as nodeHealth.pools says",
    );
    expect(problemsOf(() => planOf([h100, amd], { pools: ["h1", "amd"] }))).toEqual([
      'nodeHealth.pools[0]: must be a GPU pool; got "h1". GPU pools: h100, amd',
    ]);
  });

  it("notes what it opens by counts alone", () => {
    const config = objectsOf(planOf([h100, t4, mig]))["ConfigMap node-health"];
    expect(text(config, 'metadata.annotations["azure-gpu-cluster/notes"]')?.split("\n")).toEqual([
      "gpuPools.t4: no floors are known for Standard_NC4as_T4_v3: its nodes are opened by counts of GPUs, memory errors and errors of the driver alone",
      "gpuPools.mig: no floors are known for Standard_NC24ads_A100_v4: its nodes are opened by counts of GPUs, disks and errors of the driver alone",
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

  it("checks with the image of DCGM where Azure's tools do not run", () => {
    const gb300 = { ...pool("gb300", "Standard_ND128isr_GB300_v6"), gpusPerNode: 4 };
    const objects = objectsOf(planOf([gb300, mig, amd], { productsImage: "r.azurecr.io/dcgm:1" }));
    const imagesOf = (key: string): unknown =>
      ["initContainers", "containers"].flatMap((it) =>
        list(objects[`DaemonSet node-checks-${key}`], `${podSpec}.${it}`).map((one) => [
          read(one, "name"),
          read(one, "image"),
        ]),
      );
    const dcgm = "r.azurecr.io/dcgm:1";
    expect(imagesOf("gb300")).toEqual([
      ["products", dcgm],
      ["checks", dcgm],
      ["wait", dcgm],
    ]);
    expect(imagesOf("mig")).toEqual([
      ["checks", dcgm],
      ["wait", dcgm],
    ]);
    const azure = "mcr.microsoft.com/aznhc/aznhc-nv:1.2.0";
    expect(imagesOf("amd")).toEqual([
      ["checks", azure],
      ["wait", azure],
    ]);
  });

  it("claims the adapters of a node where they are in no count", () => {
    const objects = objectsOf(planOf([{ ...h100, rdma: "dranet" }]));
    expect(objects["ResourceClaimTemplate node-checks-h100-adapters"]).toEqual({
      apiVersion: "resource.k8s.io/v1",
      kind: "ResourceClaimTemplate",
      metadata: { name: "node-checks-h100-adapters", namespace: "node-health" },
      spec: {
        spec: {
          devices: {
            requests: [
              { name: "adapters", exactly: { deviceClassName: "dranet.net", allocationMode: "ExactCount", count: 8 } },
            ],
          },
        },
      },
    });
    const daemonSet = objects["DaemonSet node-checks-h100"];
    expect(read(daemonSet, `${podSpec}.resourceClaims`)).toEqual([
      { name: "adapters", resourceClaimTemplateName: "node-checks-h100-adapters" },
    ]);
    const resources = ["initContainers", "containers"].flatMap((it) =>
      list(daemonSet, `${podSpec}.${it}`).map((one) => [
        read(one, "name"),
        read(one, "resources.claims"),
        read(one, 'resources.limits["nvidia.com/gpu"]'),
        read(one, 'resources.limits["rdma/ib"]'),
      ]),
    );
    const claims = [{ name: "adapters" }];
    expect(resources).toEqual([
      ["products", undefined, "8", undefined],
      ["checks", claims, "8", undefined],
      ["pairs", claims, "8", undefined],
    ]);
    // What the controller expects of a node is what its kubelet counts.
    const config = JSON.parse(text(objects["ConfigMap node-health"], 'data["config.json"]') ?? "") as object;
    expect(read(config, "pools.h100.devices")).toEqual({ "nvidia.com/gpu": 8 });
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

  it("fails where there is no GPU pool, and where new nodes cannot be held back", () => {
    expect(problemsOf(() => planOf([h100], {}, "1.35.9"))).toEqual([
      'nodeHealth: needs Kubernetes 1.36, to hold pods back from a new node until it was checked; got "1.35.9". Leave it out, or upgrade the cluster',
    ]);
    expect(problemsOf(() => planOf([]))).toEqual(["nodeHealth: is not possible: there are no GPU pools. Leave it out"]);
  });
});
