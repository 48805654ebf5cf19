import { engines } from "../../../catalog/engines";
import type { EngineArguments } from "./server-arguments";

/** Port at which the nodes of a server find one another. */
const meetingPort = 20000;

/**
 * Arguments of SGLang. Kubernetes fills in the variables of LeaderWorkerSet. Nodes but the first answer nothing but their health. It keeps
 * beginnings of prompts, and ends requests before it stops, without a word.
 * Source: sgl-project/sglang:python/sglang/srt/server_args.py (add_cli_args, check_server_args) and
 * python/sglang/srt/entrypoints/engine.py (v0.5.12); https://docs.sglang.io/references/multi_node_deployment/multi_node.html
 */
export const sglangArguments: EngineArguments = (
  { source, gpu },
  { model, fit: { tensor, pipeline, contextTokens }, port },
) => {
  if (source.kind === "blob") throw new Error("The checks let weights in Blob pass, which SGLang does not read.");
  const { memoryShare, capability } = engines[gpu.engine];
  return [
    `--model-path=${source.repository}`,
    `--served-model-name=${model}`,
    "--host=0.0.0.0",
    `--port=${port}`,
    `--tp-size=${tensor}`,
    `--context-length=${contextTokens}`,
    `--mem-fraction-static=${memoryShare}`,
    "--enable-metrics",
    // The older GPUs have no BF16.
    ...(gpu.capability < capability.bf16 ? ["--dtype=half"] : []),
    ...(pipeline > 1
      ? [
          `--pp-size=${pipeline}`,
          "--nnodes=$(LWS_GROUP_SIZE)",
          "--node-rank=$(LWS_WORKER_INDEX)",
          `--dist-init-addr=$(LWS_LEADER_ADDRESS):${meetingPort}`,
        ]
      : []),
  ];
};
