import { expect, it } from "vitest";
import { jobObjects } from "../../../components/training/job-objects";
import type { JobRequest } from "../../../components/training/job-request";
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

it("is a TrainJob that names the runtime of the cluster", () => {
  expect(jobObjects(request)).toEqual([
    {
      apiVersion: "trainer.kubeflow.org/v1alpha1",
      kind: "TrainJob",
      metadata: {
        name: "train",
        namespace: "train-vision",
        labels: { "azure-gpu-cluster/job": "train", "kueue.x-k8s.io/queue-name": "default" },
      },
      spec: {
        runtimeRef: { kind: "ClusterTrainingRuntime", name: "torch-ib-h100" },
        trainer: {
          image: "registry.example.com/train:1",
          command: [
            "torchrun",
            "--nnodes=64",
            "--nproc-per-node=8",
            "--rdzv-id=train",
            "--rdzv-backend=c10d",
            "--rdzv-endpoint=$(PET_MASTER_ADDR):$(PET_MASTER_PORT)",
            "--max-restarts=3",
            "--no-python",
          ],
          args: ["python3", "/job/train.py"],
          numNodes: 64,
        },
      },
    },
  ]);
});
