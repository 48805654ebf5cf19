import { describe, expect, it } from "vitest";
import { jobObjects } from "../../../components/training/job-objects";
import type { JobRequest } from "../../../components/training/job-request";
import { runtimes } from "../../../components/training/runtimes/runtimes";
import { problemsOf } from "../../recorded";
import { pools } from "./pools";

const request: JobRequest = {
  name: "train",
  namespace: "train-vision",
  team: "vision",
  runtime: "torch-ib",
  pool: pools.h100,
  nodes: 64,
  image: "registry.example.com/train:1",
  command: ["python3", "/job/train.py"],
};

const labels = { "azure-gpu-cluster/job": "train" };
const place = { name: "train", namespace: "train-vision" };

it("is a TrainJob that names the runtime of the cluster", () => {
  expect(jobObjects(request)).toEqual([
    {
      apiVersion: "trainer.kubeflow.org/v1alpha1",
      kind: "TrainJob",
      metadata: {
        ...place,
        labels: { ...labels, "azure-gpu-cluster/tenant": "vision", "kueue.x-k8s.io/queue-name": "default" },
      },
      spec: {
        runtimeRef: { kind: "ClusterTrainingRuntime", name: "torch-ib-h100" },
        trainer: { image: request.image, args: ["python3", "/job/train.py"], numNodes: 64 },
      },
    },
  ]);
});

it("has files, volumes, variables, an account and a priority where it is asked for", () => {
  const more: Partial<JobRequest> = {
    runtime: "deepspeed-mpi-ib",
    files: { "train.py": "print()\n" },
    env: { STEP: "1" },
    volumes: { lustre: "/data", blob: "/sets" },
    checkpoint: { claim: "lustre", path: "/saved" },
    serviceAccount: "workload",
    priorityClass: "production",
  };
  const spec = {
    serviceAccountName: "workload",
    volumes: [
      { name: "files", configMap: { name: "train-files" } },
      { name: "claim-lustre", persistentVolumeClaim: { claimName: "lustre" } },
      { name: "claim-blob", persistentVolumeClaim: { claimName: "blob" } },
    ],
    containers: [
      {
        name: "node",
        volumeMounts: [
          { name: "files", mountPath: "/job", readOnly: true },
          { name: "claim-lustre", mountPath: "/data" },
          { name: "claim-blob", mountPath: "/sets" },
          { name: "claim-lustre", mountPath: "/saved" },
        ],
      },
    ],
  };
  // Both kinds of pods of MPI run the program.
  const replicatedJobs = ["node", "launcher"].map((name) => ({ name, template: { spec: { template: { spec } } } }));
  expect(jobObjects({ ...request, ...more })).toEqual([
    {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "train-files", namespace: "train-vision", labels },
      data: { "train.py": "print()\n" },
    },
    {
      apiVersion: "trainer.kubeflow.org/v1alpha1",
      kind: "TrainJob",
      metadata: {
        ...place,
        labels: {
          ...labels,
          "azure-gpu-cluster/tenant": "vision",
          "kueue.x-k8s.io/queue-name": "default",
          "kueue.x-k8s.io/priority-class": "production",
        },
      },
      spec: {
        runtimeRef: { kind: "ClusterTrainingRuntime", name: "deepspeed-mpi-ib-h100" },
        trainer: {
          image: request.image,
          args: ["python3", "/job/train.py"],
          env: [
            { name: "CHECKPOINT_DIR", value: "/saved" },
            { name: "STEP", value: "1" },
          ],
          numNodes: 64,
        },
        runtimePatches: [
          { manager: "azure-gpu-cluster/job", trainingRuntimeSpec: { template: { spec: { replicatedJobs } } } },
        ],
      },
    },
  ]);
});

it.each(["torch-ib", "ray-ib"])("mounts secrets of the team as files, by runtime %s", (runtime) => {
  const objects = JSON.stringify(
    jobObjects({ ...request, nodes: 2, runtime, secrets: ["hf-token"], serviceAccount: "workload" }),
  );
  const csi = {
    driver: "secrets-store.csi.k8s.io",
    readOnly: true,
    volumeAttributes: { secretProviderClass: "hf-token" },
  };
  expect(objects).toContain(JSON.stringify({ name: "secret-hf-token", csi }));
  expect(objects).toContain(
    JSON.stringify({ name: "secret-hf-token", mountPath: "/mnt/secrets-store/hf-token", readOnly: true }),
  );
  expect(objects).toContain('"serviceAccountName":"workload"');
});

describe("a runtime of its own", () => {
  const kindsOf = (more: Partial<JobRequest>): string[] => jobObjects({ ...request, ...more }).map((it) => it.kind);

  it("is brought by a job that starts anew as often as no other, or that holds nodes ready", () => {
    expect(kindsOf({ maxRestarts: 10 })).toEqual(["TrainJob"]);
    expect(kindsOf({ maxRestarts: 3 })).toEqual(["TrainingRuntime", "TrainJob"]);
    const [runtime, job] = jobObjects({ ...request, nodes: 62, spareNodes: 2, maxRestarts: 3 });
    expect(job?.["spec"]).toMatchObject({
      runtimeRef: { kind: "TrainingRuntime", name: "train" },
      trainer: { numNodes: 64 },
    });
    expect(runtime).toMatchObject({
      metadata: { ...place, labels },
      spec: {
        template: {
          spec: {
            failurePolicy: { maxRestarts: 3 },
            replicatedJobs: [
              {
                name: "node",
                template: { spec: { backoffLimit: 2, successPolicy: { rules: [{ succeededCount: 62 }] } } },
              },
            ],
          },
        },
      },
    });
    expect(JSON.stringify(runtime)).toContain('"--nnodes=62"');
  });

  it("is brought by a job on a rack, with the ComputeDomain that it alone is in", () => {
    const objects = jobObjects({ ...request, pool: pools.gb300, nodes: 16 });
    expect(objects.map((it) => [it.kind, it.metadata.name])).toEqual([
      ["ComputeDomain", "train-domain"],
      ["TrainingRuntime", "train"],
      ["TrainJob", "train"],
    ]);
    expect(objects[0]).toEqual({
      apiVersion: "resource.nvidia.com/v1beta1",
      kind: "ComputeDomain",
      metadata: { name: "train-domain", namespace: "train-vision", labels },
      spec: { numNodes: 0, channel: { resourceClaimTemplate: { name: "train-domain" }, allocationMode: "Single" } },
    });
    expect(JSON.stringify(objects[1])).toContain(
      '{"name":"compute-domain","resourceClaimTemplateName":"train-domain"}',
    );
    expect(kindsOf({ pool: pools.gb300, nodes: 16, runtime: "tensorflow" })).toEqual(["ComputeDomain", "JobSet"]);
  });
});

it("tells fine-tuning where it saves, before the options of the job", () => {
  const checkpoint = { claim: "lustre", path: "/data/run" };
  const command = ["--model_name_or_path", "/data/model"];
  const [job] = jobObjects({ ...request, runtime: "fine-tune-lora", command, checkpoint });
  expect(job).toMatchObject({ spec: { trainer: { args: ["--output_dir", "/data/run", ...command] } } });
});

it("quotes the command of Ray for a shell", () => {
  const [job] = jobObjects({ ...request, runtime: "ray-ib", command: ["python3", "-c", "print('a b')"] });
  expect(job).toMatchObject({ spec: { entrypoint: String.raw`python3 -c 'print('\''a b'\'')'` } });
});

describe("a job that cannot run", () => {
  const names = Object.keys(runtimes).join(", ");
  const domain = "the nodes of one InfiniBand domain of pool h100 without its spare ones";
  it.each<[string, Partial<JobRequest>, string[]]>([
    [
      "more nodes than a domain has",
      { nodes: 65 },
      [`nodes: must be a whole number from 1 to 64, ${domain}; got 65. Use 64`],
    ],
    ["a part of a node", { nodes: 0.5 }, [`nodes: must be a whole number from 1 to 64, ${domain}; got 0.5. Use 1`]],
    [
      "more nodes than a pool without InfiniBand has",
      { pool: pools.a100, nodes: 5 },
      ["nodes: must be a whole number from 1 to 4, the nodes of pool a100; got 5. Use 4"],
    ],
    [
      "MPI on one node",
      { runtime: "nccl-test", nodes: 1 },
      [`nodes: must be a whole number from 2 to 64, what nccl-test starts with and ${domain}; got 1. Use 2`],
    ],
    [
      "more nodes than a pool has, where they may be of any domain",
      { runtime: "federated", nodes: 129 },
      [
        "nodes: must be a whole number from 2 to 128, what federated starts with and the nodes of pool h100 without its spare ones; " +
          "got 129. Use 128",
      ],
    ],
    [
      "more spare nodes than are left",
      { nodes: 60, spareNodes: 5 },
      [`spareNodes: must be a whole number from 0 to 4, what 60 nodes leave of ${domain}; got 5. Use 4`],
    ],
    [
      "spare nodes where none stands ready",
      { runtime: "jax-ib", nodes: 8, spareNodes: 1 },
      [
        "spareNodes: must be 0: jax-ib holds no nodes ready; got 1. Leave it out: a free node of the domain stands in for a lost one",
      ],
    ],
    ["an unknown runtime", { runtime: "torch" }, [`runtime: must be one of ${names}; got "torch"`]],
    [
      "a pool without GPUs",
      { runtime: "nccl-test", pool: { ...pools.h100, size: "Standard_D8ds_v5" } },
      [
        "pool: must be a pool of a VM size with GPUs that the catalogue knows (docs/sizes.md); " +
          'got "Standard_D8ds_v5". Use a pool of gpuPools',
      ],
    ],
    [
      "a pool of parts of GPUs",
      { pool: { ...pools.h100, migProfile: "MIG1g" } },
      [
        "pool: must be a pool of whole GPUs: jobs take whole nodes, and MIG1g cuts the GPUs of this one; " +
          'got "h100". Use a pool without migProfile',
      ],
    ],
    [
      "fine-tuning that saves nothing",
      { runtime: "fine-tune-full" },
      ["checkpoint: must be said: fine-tune-full leaves its model there. Name a claim of the namespace, and a path"],
    ],
    [
      "a variable of the runtime",
      { env: { PET_NNODES: "1", "not-a-name": "x" } },
      [
        'env: must not have PET_NNODES, which torch-ib sets itself; got "PET_NNODES". Remove it',
        'env: must have names of letters, digits and underscores; got "not-a-name"',
      ],
    ],
    [
      "files in folders, and too many bytes",
      { files: { "a/b": "x".repeat(1024 * 1024), ok: "x" } },
      [
        'files: must have names of letters, digits, dots, hyphens and underscores, without folders; got "a/b"',
        "files: must have at most 1048576 bytes together; got 1048577. Put them into the image, or on a volume",
      ],
    ],
    [
      "two things in one place",
      { volumes: { lustre: "/job", blob: "sets" }, checkpoint: { claim: "lustre", path: "/dev/shm" } },
      [
        'volumes.lustre: must be a path where nothing else is mounted; got "/job"',
        'volumes.blob: must be a path from the root, without a slash at its end; got "sets"',
        'checkpoint.path: must be a path where nothing else is mounted; got "/dev/shm"',
      ],
    ],
    [
      "secrets that nobody reads, one of them twice, and another thing in their place",
      { secrets: ["wandb", "wandb"], volumes: { lustre: "/mnt/secrets-store/wandb" } },
      [
        "serviceAccount: must be given with secrets, which are read as its identity. Use the account that the team's identity trusts",
        'secrets[1]: must not be there twice; got "wandb"',
        'volumes.lustre: must be a path where nothing else is mounted; got "/mnt/secrets-store/wandb"',
      ],
    ],
    [
      "no name, image, program or number",
      { name: "Train", image: "", command: [], maxRestarts: -1, priorityClass: "acceptance" },
      [
        "name: must be 1 to 40 lowercase letters, digits or hyphens, start with a letter and not end with a hyphen; " +
          'got "Train"',
        "image: must name an image",
        "command: must name a program",
        'priorityClass: must be one of production, idle; got "acceptance". Leave it out for an everyday job',
        "maxRestarts: must be a whole number from 0 to 1000; got -1. Use 0",
      ],
    ],
  ])("is refused: %s", (_, wrong, problems) => {
    expect(problemsOf(() => jobObjects({ ...request, ...wrong }))).toEqual(problems);
  });
});
