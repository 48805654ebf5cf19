import type { ModelSurroundings } from "../../../../components/inference/model-service/plan";
import type { ModelServiceShape } from "../../../../components/inference/model-service/shape";
import { chat, chatOnH100 } from "./surroundings";

/** A model, and where it is served. */
export interface ModelExample {
  readonly shape: ModelServiceShape;
  readonly surroundings: ModelSurroundings;
}

/** Models of each kind, by the names of the manifests that hold all their objects. */
export const wholeExamples: Readonly<Record<string, ModelExample>> = {
  small: { shape: { model: "qwen2.5-7b" }, surroundings: chat },
  r1: {
    shape: { model: "deepseek-r1", minReplicas: 2 },
    surroundings: { ...chatOnH100, scratchStorageClass: "scratch-nvme" },
  },
  "r1-sglang": {
    shape: { model: "deepseek-r1", engine: "sglang" },
    surroundings: { ...chatOnH100, egress: "https", scratchStorageClass: "scratch-nvme" },
  },
  "small-triton": { shape: { model: "qwen2.5-7b", engine: "triton" }, surroundings: { ...chat, egress: "https" } },
  split: {
    shape: { model: "llama-3.3-70b", prefill: { replicas: 2 } },
    surroundings: { ...chatOnH100, scratchStorageClass: "scratch-nvme" },
  },
  cached: { shape: { model: "qwen2.5-7b", responseCache: {} }, surroundings: chat },
};
