import { engines } from "../../../catalog/engines";
import type { ServerPlan } from "./plan";

/** Folder of Triton with a folder for each model, which it is called by. */
export const modelRepository = "/models";

/** Annotations of the pod that hold the files, by their paths in the folder of the model. */
const annotations = {
  "config.pbtxt": "azure-gpu-cluster/triton-config.pbtxt",
  "1/model.json": "azure-gpu-cluster/triton-model.json",
} as const;

/** What a pod carries of its model repository: annotations with the files, and a volume that is made of them. */
export interface RepositoryParts {
  readonly annotations: Readonly<Record<string, string>>;
  readonly volume: object;
  readonly mount: object;
}

/**
 * The model repository of a server, from annotations of its own pod: so a change of it is a change of the pod, which is then replaced, and
 * pods of before keep theirs. The mount is the folder of the model and not the repository, where Triton would take the folders that
 * Kubernetes has beside the files for models; in a model it passes over what is no number.
 * Source: triton-inference-server/core:src/model_repository_manager/model_lifecycle.cc (VersionsToLoad) and
 * model_repository_manager.cc (Poll, 2026-06-09)
 */
export function repositoryParts(model: string, server: Pick<ServerPlan, "source" | "gpu" | "fit">): RepositoryParts {
  return {
    annotations: {
      [annotations["config.pbtxt"]]: modelConfig,
      [annotations["1/model.json"]]: JSON.stringify(vllmOptions(server)),
    },
    volume: {
      name: "model-repository",
      downwardAPI: {
        items: Object.entries(annotations).map(([path, annotation]) => ({
          path,
          fieldRef: { fieldPath: `metadata.annotations['${annotation}']` },
        })),
      },
    },
    mount: { name: "model-repository", mountPath: `${modelRepository}/${model}`, readOnly: true },
  };
}

/**
 * One vLLM that has all GPUs of the pod to itself, and tells its metrics.
 * Source: triton-inference-server/vllm_backend:samples/model_repository/vllm_model/config.pbtxt, README.md (Triton Metrics, 2026-01-09)
 */
const modelConfig = `backend: "vllm"
instance_group [{ count: 1 kind: KIND_MODEL }]
parameters { key: "REPORT_CUSTOM_METRICS" value { string_value: "true" } }
`;

/** What vLLM is told, by the names of its `AsyncEngineArgs`. Source: vllm-project/vllm:vllm/engine/arg_utils.py */
function vllmOptions({
  source,
  gpu,
  fit,
}: Pick<ServerPlan, "source" | "gpu" | "fit">): Readonly<Record<string, string | number | boolean>> {
  if (source.kind === "blob") throw new Error("The checks let weights in Blob pass, which Triton does not read.");
  const { memoryShare, capability } = engines[gpu.engine];
  return {
    model: source.repository,
    tensor_parallel_size: fit.tensor,
    max_model_len: fit.contextTokens,
    gpu_memory_utilization: memoryShare,
    enable_prefix_caching: true,
    // The older GPUs have no BF16.
    ...(gpu.capability < capability.bf16 && { dtype: "half" }),
  };
}
