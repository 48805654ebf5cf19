import { expect, it } from "vitest";
import { objectsOf, placeOf } from "../../verification/place";
import { checkOf } from "./checks-of";

/** What is looked at of an object of a check. */
interface Seen {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace: string; readonly labels: Record<string, string> };
  readonly spec: { readonly template: { readonly spec: Readonly<Record<string, unknown>> } } & Record<string, unknown>;
}

const place = placeOf("verify-test", false);
const seen = (name: string, run = place): readonly Seen[] =>
  objectsOf(run, [checkOf(name)]) as unknown as readonly Seen[];
const jobOf = (name: string, run = place): Seen => {
  const found = seen(name, run).find((it) => it.kind === "Job");
  if (found === undefined) throw new Error(`${name} has no job`);
  return found;
};
const podOf = (name: string): Readonly<Record<string, unknown>> => jobOf(name).spec.template.spec;

it("a volume of a team is measured as its own jobs mount it: in its namespace, its queue, by its claim and its identity", () => {
  const job = jobOf("fio-read-lustre");
  expect(job.metadata).toEqual({
    name: "verify-test-fio-read-lustre",
    namespace: "train-vision",
    labels: {
      "azure-gpu-cluster/verification": "verify-test",
      "azure-gpu-cluster/verification-check": "fio-read-lustre",
      "kueue.x-k8s.io/queue-name": "default",
    },
  });
  const { serviceAccountName, nodeSelector, volumes, containers } = podOf("fio-read-lustre");
  expect([serviceAccountName, nodeSelector]).toEqual(["workload", { "azure-gpu-cluster/pool": "h100" }]);
  expect(volumes).toEqual([
    { name: "shared-memory", emptyDir: { medium: "Memory" } },
    { name: "tmp", emptyDir: { sizeLimit: "4Gi" } },
    { name: "target", persistentVolumeClaim: { claimName: "lustre" } },
  ]);
  const [{ resources, securityContext, volumeMounts }] = containers as [Record<string, unknown>];
  // The node whole, as the rules for teams want it, and no right to lock memory, which files need none of.
  expect(resources).toMatchObject({ limits: { "nvidia.com/gpu": "8", "rdma/ib": "8" } });
  expect(securityContext).toEqual({
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ["ALL"] },
    seccompProfile: { type: "RuntimeDefault" },
  });
  expect(volumeMounts).toEqual([
    { name: "shared-memory", mountPath: "/dev/shm" },
    { name: "tmp", mountPath: "/tmp" },
    { name: "target", mountPath: "/target" },
  ]);
});

it("a class of disks is measured by a small pod on a general node, which claims a disk of its own", () => {
  const { nodeSelector, tolerations, volumes, containers } = podOf("fio-write-managed-csi-premium");
  expect(nodeSelector).toEqual({ "azure-gpu-cluster/pool": "general" });
  expect(tolerations).toEqual([
    { key: "kubernetes.azure.com/scalesetpriority", operator: "Exists", effect: "NoSchedule" },
  ]);
  expect(volumes).toEqual([
    {
      name: "target",
      ephemeral: {
        volumeClaimTemplate: {
          spec: {
            accessModes: ["ReadWriteOnce"],
            storageClassName: "managed-csi-premium",
            resources: { requests: { storage: "64Gi" } },
          },
        },
      },
    },
    { name: "tmp", emptyDir: { sizeLimit: "64Mi" } },
  ]);
  const [{ resources, command }] = containers as [{ resources: object; command: readonly string[] }];
  expect(resources).toEqual({ requests: { cpu: "1", memory: "2Gi" }, limits: { memory: "2Gi" } });
  expect(command[2]).toContain("--rw=write --bs=1M --size=2G --numjobs=2 ");
});

it("goes to its team also where the cluster has a namespace for tests, and makes no namespace of that name", () => {
  expect(jobOf("fio-write-blob", placeOf("verify-test", true)).metadata.namespace).toBe("train-vision");
  const namespaces = seen("fio-write-blob").filter((it) => it.kind === "Namespace");
  expect(namespaces.map((it) => it.metadata.name)).toEqual(["verify-test"]);
});

it("nodes of a rack get a ComputeDomain of their own job, whose claims its pods have", () => {
  const name = "verify-test-all-reduce-gb300-pair-domain";
  expect(seen("all-reduce-gb300-pair").filter((it) => it.kind === "ComputeDomain")).toEqual([
    {
      apiVersion: "resource.nvidia.com/v1beta1",
      kind: "ComputeDomain",
      metadata: {
        name,
        namespace: "verify-test",
        labels: {
          "azure-gpu-cluster/verification": "verify-test",
          "azure-gpu-cluster/verification-check": "all-reduce-gb300-pair",
        },
      },
      spec: { numNodes: 0, channel: { resourceClaimTemplate: { name }, allocationMode: "Single" } },
    },
  ]);
  expect(podOf("all-reduce-gb300-pair")["resourceClaims"]).toEqual([
    { name: "compute-domain", resourceClaimTemplateName: name },
  ]);
  expect(seen("all-reduce-h100-pair").map((it) => it.kind)).not.toContain("ComputeDomain");
});

it("pods of two racks keep apart, and no queue puts them into one", () => {
  const terms = (name: string): unknown => ({
    requiredDuringSchedulingIgnoredDuringExecution: [
      {
        labelSelector: {
          matchLabels: {
            "azure-gpu-cluster/verification": "verify-test",
            "azure-gpu-cluster/verification-check": name,
          },
        },
        topologyKey: "azure-gpu-cluster/ib-domain",
      },
    ],
  });
  const annotationsOf = (name: string): unknown => {
    const { metadata } = jobOf(name).spec.template as unknown as { metadata: { annotations?: object } };
    return metadata.annotations;
  };
  expect([podOf("all-reduce-gb300-racks")["affinity"], annotationsOf("all-reduce-gb300-racks")]).toEqual([
    { podAntiAffinity: terms("all-reduce-gb300-racks") },
    undefined,
  ]);
  expect([podOf("all-reduce-gb300-pair")["affinity"], annotationsOf("all-reduce-gb300-pair")]).toEqual([
    { podAffinity: terms("all-reduce-gb300-pair") },
    { "kueue.x-k8s.io/podset-required-topology": "azure-gpu-cluster/ib-domain" },
  ]);
});

it.each([
  ["all-reduce-h100-pair", "nvcr.io/nvidia/pytorch:26.08-py3@sha256:"],
  ["all-reduce-mi300x-pair", "docker.io/rocm/pytorch:rocm7.2.4_ubuntu24.04_py3.12_pytorch_release_2.10.0@sha256:"],
  ["serve-h100", "docker.io/vllm/vllm-openai:v0.26.0@sha256:"],
])("%s runs in an image that its GPUs know, pinned by its digest", (name, image) => {
  const [{ image: own }] = podOf(name)["containers"] as [{ image: string }];
  expect(own.slice(0, image.length)).toBe(image);
});
