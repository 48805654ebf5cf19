import { describe, expect, it } from "vitest";
import { type ModelSurroundings, planModelService } from "../../../../components/inference/model-service/plan";
import type { RateLimit } from "../../../../components/inference/model-service/rate-limit";
import type { ModelServiceShape } from "../../../../components/inference/model-service/shape";
import { MisconfiguredError } from "../../../../core/problems";
import { a10Pool, chat, chatOnH100 } from "./surroundings";

const small: ModelServiceShape = { model: "qwen2.5-7b" };
const schedule = { timezone: "Europe/Berlin", start: "0 7 * * 1-5", end: "0 20 * * 1-5", replicas: 2 };
const own = { weightGB: 4, layers: 20, attentionHeads: 16, kept: { heads: 4, headSize: 64 }, contextTokens: 8192 };
const image = `docker.io/vllm/vllm-openai:v0.27.0@sha256:${"a".repeat(64)}`;
const scaled = { keda: true, metrics: "readable" } as const;

/** Problems of a model, one a line, without the subject. */
function problemsOf(shape: ModelServiceShape, more: Partial<ModelSurroundings> = {}): string {
  try {
    planModelService("small", shape, { ...chat, ...more });
  } catch (error) {
    if (error instanceof MisconfiguredError) return error.message.split("\n  ").slice(1).join("\n");
    throw error;
  }
  return "";
}

describe("fails with the number that would work, for", () => {
  it.each<[string, ModelServiceShape, Partial<ModelSurroundings>, string]>([
    [
      "a model that no GPU of the pool holds",
      { model: "llama-3.3-70b" },
      {},
      'model: does not fit on one GPU of Standard_NV36ads_A10_v5: of 24.0 GB of each GPU vLLM takes 92 %, which is 22.1; weights take 141.1 and vLLM itself 2.5, which leaves -121.5, and a request of 8192 tokens needs 2.7; nodes of pool a10 do not share a model: they have no InfiniBand between whole GPUs; got "llama-3.3-70b". A pool of Standard_NC288ds_xl_RTXPRO6000BSE_v6 holds it on 2 GPUs of a node',
    ],
    [
      "requests that are too long",
      { model: "llama-3.1-8b", contextTokens: 65_536 },
      {},
      'model: does not fit on one GPU of Standard_NV36ads_A10_v5: of 24.0 GB of each GPU vLLM takes 92 %, which is 22.1; weights take 16.1 and vLLM itself 2.5, which leaves 3.5, and a request of 65536 tokens needs 8.6; nodes of pool a10 do not share a model: they have no InfiniBand between whole GPUs; got "llama-3.1-8b". Use contextTokens: 26624. A pool of Standard_NC24ads_A100_v4 holds it on one GPU of a node',
    ],
    [
      "requests that the model does not know",
      { ...small, contextTokens: 65_536 },
      {},
      "contextTokens: must be a whole number from 1 to 32768, the most that the model knows; got 65536. Use 32768",
    ],
    [
      "too few GPUs of a node that has enough",
      { model: "llama-3.3-70b", gpusPerReplica: 1 },
      chatOnH100,
      'model: does not fit on one GPU of Standard_ND96isr_H100_v5: of 80.0 GB of each GPU vLLM takes 92 %, which is 73.6; weights take 141.1 and vLLM itself 2.5, which leaves -70.0, and a request of 8192 tokens needs 2.7; got "llama-3.3-70b". Use gpusPerReplica: 4, or leave it out',
    ],
    [
      "a number of GPUs that do not share a model",
      { ...small, gpusPerReplica: 8 },
      chatOnH100,
      "gpusPerReplica: must be a number of GPUs that can share the model on Standard_ND96isr_H100_v5: 1, 2, 4; got 8. Leave it out for the fewest that hold the model",
    ],
    [
      "FP8 on GPUs without it",
      { model: { ...own, format: "fp8" }, weights: { blob: "models/own" } },
      {},
      "model: computes with FP8, which GPUs have from compute capability 8.9; those of Standard_NV36ads_A10_v5 have 8.6. A pool of Standard_NC144ds_xl_RTXPRO6000BSE_v6 holds it on one GPU of a node",
    ],
    [
      "GPUs that vLLM does not run on",
      small,
      { pool: { ...a10Pool, key: "mi300x", size: "Standard_ND96isr_MI300X_v5" } },
      "model: cannot be served on pool mi300x: the image of vLLM is for GPUs of NVIDIA, and Standard_ND96isr_MI300X_v5 has none. Use a pool of another size for the team",
    ],
    [
      "more servers than the team has GPUs",
      { ...small, minReplicas: 5 },
      {},
      "maxReplicas: must leave all servers within the 4 GPUs of the team, at 1 each; got 5. Use 4 or less",
    ],
    [
      "a canary for which there is no GPU",
      { ...small, minReplicas: 4, canary: { weight: 10, image } },
      {},
      "maxReplicas: must leave all servers within the 4 GPUs of the team, at 1 each; got 4. Use 3 or less",
    ],
    [
      "one server that is more than the team",
      { model: "deepseek-r1" },
      { ...chatOnH100, gpus: 8 },
      "maxReplicas: must leave all servers within the 8 GPUs of the team, at 16 each; got 1. Raise gpus of the team to 16",
    ],
    [
      "more servers at least than at most",
      { ...small, minReplicas: 3, maxReplicas: 2 },
      {},
      "minReplicas: must be at most maxReplicas, 2; got 3. Use 2 or less, or raise maxReplicas",
    ],
    [
      "none that anything would start",
      { ...small, minReplicas: 0 },
      {},
      "minReplicas: must be at least 1 without schedule: nothing would start the first server; got 0. Use 1, or add a schedule; with maxReplicas: 0 as well the model is parked",
    ],
    [
      "hours without KEDA",
      { ...small, schedule },
      {},
      "schedule: needs KEDA, which the cluster does not run. Write keda: true in the section cluster, or remove schedule",
    ],
    [
      "hours with fewer servers than always",
      { ...small, minReplicas: 3, schedule },
      scaled,
      "schedule.replicas: must be a whole number from 3 to 3, from minReplicas to maxReplicas; got 2. Use 3",
    ],
    [
      "weights from nowhere",
      small,
      { blob: false },
      'weights: cannot come from Hugging Face: egress of the team is closed; got "Qwen/Qwen2.5-7B-Instruct". Write egress: https at the team, or add storage: { blob: {} } and put the weights there',
    ],
    [
      "weights from a store that is not there",
      { ...small, weights: { blob: "models/mine" } },
      { blob: false },
      'weights: cannot come from Blob: the environment has no Blob store; got "models/mine". Add storage: { blob: {} }, or write { huggingFace: owner/name } and egress: https at the team',
    ],
    [
      "a download from a host that is not named",
      { ...small, weights: { huggingFace: "Qwen/Qwen2.5-7B-Instruct" } },
      { egress: ["pypi.org", "*.hf.co"] },
      'weights: cannot come from Hugging Face: egress of the team does not name huggingface.co; got "Qwen/Qwen2.5-7B-Instruct". Add it to egress of the team, with the hosts that it sends downloads to, or add storage: { blob: {} } and put the weights there',
    ],
    [
      "a token that is no secret of the team",
      { ...small, weights: { huggingFace: "Qwen/Qwen2.5-7B-Instruct", tokenSecret: "token" } },
      { blob: false, egress: "https", secrets: ["hf-token"] },
      'weights.tokenSecret: must be a secret of the team; got "token". The team has hf-token',
    ],
    [
      "a token of a team without secrets",
      { ...small, weights: { huggingFace: "Qwen/Qwen2.5-7B-Instruct", tokenSecret: "token" } },
      { blob: false, egress: "https" },
      'weights.tokenSecret: must be a secret of the team; got "token". Add it to secrets of the team, or leave it out',
    ],
    [
      "a model of one's own without weights",
      { model: own },
      {},
      "weights: must be given: the model is not of the catalogue, so nobody knows where its weights are. For example { blob: models/mine }, a folder in the team's container",
    ],
    [
      "a download that the OS disk does not hold",
      { model: "deepseek-r1" },
      { ...chatOnH100, blob: false, egress: "https" },
      "weights: must leave a pod at most 384 GiB of the OS disk of its node for 8 of 8 GPUs; got 666. Put the weights into Blob, from where they are streamed, or use a pool with local NVMe disks",
    ],
    [
      "no gateway",
      small,
      { gateway: null },
      ": needs the gateway of models, which the cluster does not have. Write inferenceGateway: { hostName: ..., tls: ... } in the section platform of the stack that makes the platform",
    ],
    [
      "a canary that does not fit",
      { ...small, canary: { weight: 10, model: "llama-3.3-70b" } },
      {},
      'canary.model: does not fit on one GPU of Standard_NV36ads_A10_v5: of 24.0 GB of each GPU vLLM takes 92 %, which is 22.1; weights take 141.1 and vLLM itself 2.5, which leaves -121.5, and a request of 8192 tokens needs 2.7; nodes of pool a10 do not share a model: they have no InfiniBand between whole GPUs; got "llama-3.3-70b". A pool of Standard_NC288ds_xl_RTXPRO6000BSE_v6 holds it on 2 GPUs of a node',
    ],
    [
      "a canary that is the same",
      { ...small, canary: { weight: 10 } },
      {},
      'canary: must have a model, weights or an image that sets it apart; got {"weight":10}. Keys that it can have: weight, model, weights, image',
    ],
    [
      "limits of nothing",
      { ...small, limits: {} },
      {},
      'limits: must have one of requestsPerMinute and tokensPerMinute: the gateway counts one; got "neither". For example limits: { requestsPerMinute: 600 }',
    ],
    [
      "two limits at once",
      { ...small, limits: { requestsPerMinute: 600, tokensPerMinute: 2_000_000 } },
      {},
      'limits: must have one of requestsPerMinute and tokensPerMinute: the gateway counts one; got "requestsPerMinute, tokensPerMinute". For example limits: { requestsPerMinute: 600 }',
    ],
    [
      "no requests at all",
      { ...small, limits: { requestsPerMinute: 0 } },
      {},
      "limits.requestsPerMinute: must be at least 1; got 0. Use 1 or more",
    ],
    [
      "a part of a request",
      { ...small, limits: { requestsPerMinute: 1.5 } },
      {},
      "limits.requestsPerMinute: must be a whole number; got 1.5 (number). Use 1 or 2",
    ],
    [
      "more requests than the gateway counts to",
      { ...small, limits: { requestsPerMinute: 2 ** 31 } },
      {},
      "limits.requestsPerMinute: must be at most 2147483647; got 2147483648. Use 2147483647 or less",
    ],
    [
      "fewer requests than the gateway has pods",
      { ...small, limits: { requestsPerMinute: 1 } },
      {},
      "limits.requestsPerMinute: must be a whole number from 2 to 2147483647: each of the 2 pods of the gateway counts a part of them; got 1. Use 2",
    ],
    [
      "fewer tokens than one request may have",
      { ...small, contextTokens: 16_384, limits: { tokensPerMinute: 32_767 } },
      {},
      "limits.tokensPerMinute: must be a whole number from 32768 to 2147483647: each of the 2 pods of the gateway counts a part of them, and one request has up to 16384 (contextTokens); got 32767. Use 32768",
    ],
    [
      "fewer tokens than one request of the canary may have",
      {
        model: { ...own, contextTokens: 8192 },
        weights: { blob: "models/own" },
        limits: { tokensPerMinute: 16_384 },
        canary: { weight: 10, model: "qwen2.5-7b" },
      },
      {},
      "limits.tokensPerMinute: must be a whole number from 65536 to 2147483647: each of the 2 pods of the gateway counts a part of them, and one request has up to 32768 (contextTokens); got 16384. Use 65536",
    ],
    [
      "SGLang that reads Blob",
      { ...small, engine: "sglang", weights: { blob: "models/mine" } },
      { egress: "https" },
      'weights: cannot come from Blob: nothing in the image of SGLang is known to read it; got "models/mine". Write { huggingFace: owner/name } and egress: https at the team, or remove engine',
    ],
    [
      "SGLang without the internet",
      { ...small, engine: "sglang" },
      {},
      'weights: cannot come from Hugging Face: egress of the team is closed; got "Qwen/Qwen2.5-7B-Instruct". Write egress: https at the team',
    ],
    [
      "SGLang and a model of which nobody knows where it is",
      { model: own, engine: "sglang" },
      {},
      "weights: must be given: the model is not of the catalogue, so nobody knows where its weights are. For example { huggingFace: owner/name }",
    ],
    [
      "SGLang and a download that the OS disk does not hold",
      { model: "deepseek-r1", engine: "sglang", gpusPerReplica: 16 },
      { ...chatOnH100, egress: "https" },
      "weights: must leave a pod at most 384 GiB of the OS disk of its node for 8 of 8 GPUs; got 666. Use a pool with local NVMe disks",
    ],
    [
      "SGLang and a model for which it leaves too little",
      { model: "llama-3.1-8b", engine: "sglang", contextTokens: 32_768 },
      { egress: "https" },
      'model: does not fit on one GPU of Standard_NV36ads_A10_v5: of 24.0 GB of each GPU SGLang takes 80 %, which is 19.2; weights take 16.1 and SGLang itself 1, which leaves 2.1, and a request of 32768 tokens needs 4.3; nodes of pool a10 do not share a model: they have no InfiniBand between whole GPUs; got "llama-3.1-8b". Use contextTokens: 15360. A pool of Standard_NC24ads_A100_v4 holds it on one GPU of a node',
    ],
    [
      "prompts that another SGLang reads",
      { ...small, engine: "sglang", prefill: { replicas: 1 } },
      { egress: "https" },
      'prefill: needs vLLM: of another engine nothing is known here that moves what was read; got "sglang". Remove engine, or prefill',
    ],
    [
      "an engine that is none of these",
      { ...small, engine: "trtllm" as "vllm" },
      {},
      'engine: must be one of vllm, sglang, triton; got "trtllm". Write vllm or sglang or triton',
    ],
    [
      "Triton that reads Blob",
      { ...small, engine: "triton", weights: { blob: "models/mine" } },
      { egress: "https" },
      'weights: cannot come from Blob: nothing in the image of Triton is known to read it; got "models/mine". Write { huggingFace: owner/name } and egress: https at the team, or remove engine',
    ],
    [
      "Triton over nodes, which share a model with vLLM",
      { model: "deepseek-r1", engine: "triton", gpusPerReplica: 16 },
      { ...chatOnH100, egress: "https", scratchStorageClass: "scratch-nvme" },
      "gpusPerReplica: must be a number of GPUs that can share the model on Standard_ND96isr_H100_v5: 1, 2, 4, 8; nodes do not share a model with Triton, since no source tells how its vLLM backend would reach a second one; got 16. Leave it out for the fewest that hold the model",
    ],
    [
      "Triton and a model that no node of the pool holds",
      { model: "deepseek-r1", engine: "triton" },
      { ...chatOnH100, egress: "https" },
      'model: does not fit on 8 GPUs of Standard_ND96isr_H100_v5: of 80.0 GB of each GPU Triton takes 90 %, which is 72.0; weights take 86.1 and Triton itself 2.5, which leaves -16.6, and a request of 8192 tokens needs 0.6; nodes do not share a model with Triton, since no source tells how its vLLM backend would reach a second one; got "deepseek-r1". A pool of Standard_ND96isr_H200_v5 holds it on 8 GPUs of a node',
    ],
    [
      "Triton and a model that no node at all holds",
      { model: { ...own, weightGB: 9000 }, engine: "triton", weights: { huggingFace: "somebody/own" } },
      { ...chatOnH100, egress: "https" },
      "model: does not fit on 8 GPUs of Standard_ND96isr_H100_v5: of 80.0 GB of each GPU Triton takes 90 %, which is 72.0; weights take 1125.0 and Triton itself 2.5, which leaves -1055.5, and a request of 8192 tokens needs 0.0; nodes do not share a model with Triton, since no source tells how its vLLM backend would reach a second one. No node of the catalogue holds it: remove engine, and use a pool with InfiniBand, whose nodes can share it",
    ],
    [
      "prompts that Triton reads for another one",
      { ...small, engine: "triton", prefill: { replicas: 1 } },
      { egress: "https" },
      'prefill: needs vLLM: of another engine nothing is known here that moves what was read; got "triton". Remove engine, or prefill',
    ],
    [
      "prompts read on a slice of a GPU",
      { model: own, weights: { blob: "models/own" }, prefill: { replicas: 1 } },
      { pool: { ...a10Pool, size: "Standard_NV12ads_A10_v5" } },
      "prefill: is not possible on pool a10: no source tells that another pod can read the memory of a slice of a GPU, which Standard_NV12ads_A10_v5 is. Use a pool of whole GPUs for the team, or remove prefill",
    ],
    [
      "prompts read on an instance of MIG",
      { ...small, prefill: { replicas: 1 } },
      { pool: { ...a10Pool, size: "Standard_NC24ads_A100_v4", migProfile: "MIG3g" } },
      "prefill: is not possible on pool a10: no source tells that another pod can read the memory of a slice of a GPU, which MIG3g is. Use a pool of whole GPUs for the team, or remove prefill",
    ],
    [
      "more GPUs that read than write",
      { model: "llama-3.3-70b", gpusPerReplica: 4, prefill: { replicas: 1, gpusPerReplica: 8 } },
      chatOnH100,
      "prefill.gpusPerReplica: must be at most 4, the GPUs of a server that writes: vLLM has each GPU of it read from one that read the prompt; got 8. Use 4 or less, or gpusPerReplica: 8 for those that write",
    ],
    [
      "too few GPUs that read",
      { model: "llama-3.3-70b", prefill: { replicas: 1, gpusPerReplica: 2 } },
      chatOnH100,
      "prefill.gpusPerReplica: does not fit on 2 GPUs of Standard_ND96isr_H100_v5: of 80.0 GB of each GPU vLLM takes 92 %, which is 73.6; weights take 70.6 and vLLM itself 2.5, which leaves 0.5, and a request of 8192 tokens needs 1.3; with prefill no nodes share it, since vLLM moves nothing of a model whose layers are spread over nodes; got 2. Use gpusPerReplica: 4, or leave it out",
    ],
    [
      "a number of GPUs that do not read together",
      { ...small, gpusPerReplica: 4, prefill: { replicas: 1, gpusPerReplica: 3 } },
      chatOnH100,
      "prefill.gpusPerReplica: must be a number of GPUs that can share the model on Standard_ND96isr_H100_v5: 1, 2, 4; with prefill no nodes share it, since vLLM moves nothing of a model whose layers are spread over nodes; got 3. Leave it out for the fewest that hold the model",
    ],
    [
      "a model that only several nodes hold",
      { model: "deepseek-r1", prefill: { replicas: 1 } },
      chatOnH100,
      'model: does not fit on 8 GPUs of Standard_ND96isr_H100_v5: of 80.0 GB of each GPU vLLM takes 92 %, which is 73.6; weights take 86.1 and vLLM itself 2.5, which leaves -15.0, and a request of 8192 tokens needs 0.6; with prefill no nodes share it, since vLLM moves nothing of a model whose layers are spread over nodes; got "deepseek-r1". A pool of Standard_ND96isr_H200_v5 holds it on 8 GPUs of a node',
    ],
    [
      "more servers of both kinds than the team has GPUs",
      { ...small, minReplicas: 3, prefill: { replicas: 2 } },
      {},
      "maxReplicas: must leave all servers within the 4 GPUs of the team, at 1 each and 2 for prefill; got 3. Use 2 or less",
    ],
    [
      "more servers of both kinds than an InfiniBand domain has GPUs",
      { model: "llama-3.3-70b", minReplicas: 7, prefill: { replicas: 2 } },
      chatOnH100,
      "maxReplicas: must leave all servers within the 32 GPUs of one InfiniBand domain of h100, over which they read from one another, at 4 each and 8 for prefill; got 7. Use 6 or less",
    ],
    [
      "more that read than an InfiniBand domain has GPUs",
      { model: "llama-3.3-70b", prefill: { replicas: 8 } },
      chatOnH100,
      "maxReplicas: must leave all servers within the 32 GPUs of one InfiniBand domain of h100, over which they read from one another, at 4 each and 32 for prefill; got 1. Use prefill.replicas: 7 or less",
    ],
    [
      "a proxy that may be another one tomorrow",
      { ...small, prefill: { replicas: 1, proxyImage: "ghcr.io/llm-d/llm-d-router-disagg-sidecar:v0.10.0" } },
      {},
      'prefill.proxyImage: must be an image of llm-d\'s routing proxy with its digest, name@sha256:...; got "ghcr.io/llm-d/llm-d-router-disagg-sidecar:v0.10.0". For example registry.example.com/image@sha256:0000000000000000000000000000000000000000000000000000000000000000',
    ],
    [
      "a cache that takes too much of a server, and of that of its canary",
      { ...small, responseCache: { memoryMiB: 100_000 }, canary: { weight: 10, image } },
      {},
      "responseCache.memoryMiB: must be a whole number from 64 to 84377: with what the cache needs besides it may take 25 % of the 416 GiB of a server's pod; got 100000. Use 84377",
    ],
    [
      "a cache for nothing",
      { ...small, responseCache: { memoryMiB: 0, minutes: 0 } },
      {},
      "responseCache.memoryMiB: must be at least 64; got 0. Use 64 or more\nresponseCache.minutes: must be at least 1; got 0. Use 1 or more",
    ],
    [
      "answers that never go",
      { ...small, responseCache: { minutes: 20_000 } },
      {},
      "responseCache.minutes: must be at most 10080; got 20000. Use 10080 or less",
    ],
    [
      "a word that the cache does not know",
      { ...small, responseCache: { ttl: 60 } as object },
      {},
      "responseCache.ttl: is not a known key; unknown keys are never ignored. Known keys: memoryMiB, minutes, image",
    ],
    [
      "a Varnish that may be another one tomorrow",
      { ...small, responseCache: { image: "docker.io/library/varnish:8.0.2" } },
      {},
      'responseCache.image: must be an image of Varnish with its digest, name@sha256:...; got "docker.io/library/varnish:8.0.2". For example registry.example.com/image@sha256:0000000000000000000000000000000000000000000000000000000000000000',
    ],
    [
      "an image that may be another one tomorrow",
      { ...small, image: "docker.io/vllm/vllm-openai:latest" },
      {},
      'image: must be an image of the engine with its digest, name@sha256:...; got "docker.io/vllm/vllm-openai:latest". For example registry.example.com/image@sha256:0000000000000000000000000000000000000000000000000000000000000000',
    ],
  ])("%s", (_, shape, more, expected) => {
    expect(problemsOf(shape, more)).toBe(expected);
  });
});

describe("spreads a model over", () => {
  it.each<[string, ModelServiceShape, Partial<ModelSurroundings>, object]>([
    ["one GPU", small, {}, { tensor: 1, pipeline: 1, gpus: 1, contextTokens: 32_768 }],
    [
      "the fewest that hold it",
      { model: "llama-3.3-70b" },
      chatOnH100,
      { tensor: 4, pipeline: 1, gpus: 4, contextTokens: 131_072 },
    ],
    [
      "as many as were asked for",
      { model: "llama-3.3-70b", gpusPerReplica: 8 },
      chatOnH100,
      { tensor: 8, pipeline: 1, gpus: 8 },
    ],
    ["two nodes of one domain", { model: "deepseek-r1" }, chatOnH100, { tensor: 8, pipeline: 2, gpus: 16 }],
    [
      "four nodes, and not all eight of two domains",
      { model: "deepseek-r1", gpusPerReplica: 32 },
      chatOnH100,
      { tensor: 8, pipeline: 4, gpus: 32 },
    ],
  ])("%s", (_, shape, more, expected) => {
    expect(planModelService("small", shape, { ...chat, ...more }).servers[0].fit).toMatchObject(expected);
  });

  it("no more nodes than an InfiniBand domain has", () => {
    expect(problemsOf({ model: "deepseek-r1", gpusPerReplica: 40 }, chatOnH100)).toBe(
      "gpusPerReplica: must be a number of GPUs that can share the model on Standard_ND96isr_H100_v5: 1, 2, 4, 8, 16, 24, 32; got 40. Leave it out for the fewest that hold the model",
    );
  });

  it.each([
    ["claimed adapters", { rdma: "dranet" }, "they give their adapters for claims, which models do not make yet"],
    [
      "GPUs that need a ComputeDomain",
      { gpuStack: "gb-dra" },
      "they need a ComputeDomain, which models do not bring yet",
    ],
  ] as const)("one node with %s", (_, more, because) => {
    const pool = { ...chatOnH100.pool, ...more };
    expect(problemsOf({ model: "deepseek-r1" }, { ...chatOnH100, pool })).toContain(
      `nodes of pool h100 do not share a model: ${because}`,
    );
  });
});

describe("has prompts read by other servers", () => {
  const split = { ...small, prefill: { replicas: 2 } };
  it.each<[string, ModelServiceShape, Partial<ModelSurroundings>, object]>([
    [
      "on the fewest GPUs that hold the model, over InfiniBand",
      { model: "llama-3.3-70b", gpusPerReplica: 8, prefill: { replicas: 1 } },
      chatOnH100,
      { gpus: 12, fit: { tensor: 4, gpus: 4 }, scaling: { kind: "fixed", replicas: 1 }, overTcpBecause: null },
    ],
    [
      "over TCP without it",
      split,
      {},
      { gpus: 3, fit: { tensor: 1, gpus: 1 }, overTcpBecause: "have no InfiniBand between whole GPUs" },
    ],
    [
      "over TCP where adapters are claimed",
      split,
      { ...chatOnH100, pool: { ...chatOnH100.pool, rdma: "dranet" } },
      { gpus: 3, overTcpBecause: "give their adapters for claims, which models do not make yet" },
    ],
    [
      "on more GPUs than it is written on, where each keeps whole vectors",
      {
        model: { ...own, kept: { vectorSize: 576 } },
        weights: { blob: "models/own" },
        prefill: { replicas: 1, gpusPerReplica: 2 },
      },
      chatOnH100,
      { gpus: 3, fit: { tensor: 2 } },
    ],
    [
      "beside a canary, which reads its own",
      { ...split, canary: { weight: 10, image } },
      {},
      { gpus: 4, fit: { tensor: 1 }, canary: null },
    ],
    [
      "by no server while it is parked",
      { ...split, minReplicas: 0, maxReplicas: 0 },
      {},
      { gpus: 0, scaling: { kind: "fixed", replicas: 0 } },
    ],
    [
      "in the hours in which it is written",
      { ...split, minReplicas: 0, schedule },
      scaled,
      {
        gpus: 4,
        scaling: {
          kind: "keda",
          minReplicas: 0,
          maxReplicas: 2,
          byLoad: false,
          schedule: { ...schedule, replicas: 2 },
        },
      },
    ],
    [
      "at all hours where somebody always writes",
      { ...split, prefill: { replicas: 1 }, minReplicas: 1, maxReplicas: 3, schedule },
      scaled,
      { gpus: 4, scaling: { kind: "fixed", replicas: 1 } },
    ],
  ])("%s", (_, shape, more, expected) => {
    const { gpus, servers } = planModelService("small", shape, { ...chat, ...more });
    const [{ prefill, fit }, canary] = servers;
    const { overTcpBecause } = prefill?.transfer ?? {};
    expect({ gpus, ...prefill, overTcpBecause, canary: canary?.prefill }).toMatchObject(expected);
    // A prompt that one takes the other must take, too.
    expect(prefill?.fit.contextTokens).toBe(fit.contextTokens);
  });

  it("with requests as long as both kinds of servers take them", () => {
    const shape = { model: "llama-3.1-8b", gpusPerReplica: 2, prefill: { replicas: 1, gpusPerReplica: 1 } } as const;
    const pool = { ...a10Pool, size: "Standard_NV72ads_A10_v5", gpusPerNode: 2 };
    const { servers } = planModelService("small", shape, { ...chat, pool });
    expect([servers[0].fit.contextTokens, servers[0].prefill?.fit.contextTokens]).toEqual([26_624, 26_624]);
  });

  it("and tells what goes over TCP, and how long that takes", () => {
    const { notes } = planModelService("small", split, chat);
    expect(notes.at(-1)).toBe(
      "infer-chat/small: what is read of prompts goes to the servers that write over TCP, since nodes of pool a10 have no InfiniBand between whole GPUs: 0.47 GB of a prompt of 8192 tokens, 0.09 seconds of all of the 40 Gb/s of a node",
    );
  });
});

describe("scales", () => {
  const note = (text: string): string => `infer-chat/small: ${text}`;
  it.each<[string, ModelServiceShape, Partial<ModelSurroundings>, object, string | null]>([
    ["not at all without a wish", small, scaled, { kind: "fixed", replicas: 1 }, null],
    [
      "by load",
      { ...small, maxReplicas: 3 },
      scaled,
      { kind: "keda", minReplicas: 1, maxReplicas: 3, byLoad: true, schedule: null },
      null,
    ],
    [
      "by load and by the clock",
      { ...small, minReplicas: 0, maxReplicas: 4, schedule },
      scaled,
      { kind: "keda", minReplicas: 0, maxReplicas: 4, byLoad: true, schedule },
      null,
    ],
    [
      "by the clock alone where nobody may read the metrics",
      { ...small, minReplicas: 0, maxReplicas: 4, schedule },
      { keda: true, metrics: "private" },
      { kind: "keda", minReplicas: 0, maxReplicas: 2, byLoad: false, schedule },
      note(
        "servers follow the schedule and not the load: KEDA cannot read the metrics, which have a private endpoint alone (metrics.workspace.queries: anywhere)",
      ),
    ],
    [
      "not at all while it is parked, and says so",
      { ...small, minReplicas: 0, maxReplicas: 0 },
      scaled,
      { kind: "fixed", replicas: 0 },
      note("parked: no server runs until minReplicas and maxReplicas are at least 1"),
    ],
    [
      "not without KEDA, and says so",
      { ...small, maxReplicas: 3 },
      { metrics: "readable" },
      { kind: "fixed", replicas: 1 },
      note("1 of at most 3 servers run, whatever the load: the cluster does not run KEDA (cluster.keda: true)"),
    ],
    [
      "not without metrics, and says so",
      { ...small, maxReplicas: 3 },
      { keda: true },
      { kind: "fixed", replicas: 1 },
      note("1 of at most 3 servers run, whatever the load: the environment has no metrics (section metrics)"),
    ],
  ])("%s", (_, shape, more, expected, said) => {
    const plan = planModelService("small", shape, { ...chat, ...more });
    expect(plan.servers[0].scaling).toEqual(expected);
    expect(plan.notes.filter((it) => /server[s ]/.test(it)).join()).toBe(said ?? "");
  });
});

describe("tells before it is made", () => {
  it.each<[string, ModelServiceShape, Partial<ModelSurroundings>, readonly string[]]>([
    [
      "where weights and keys go",
      small,
      {},
      [
        "infer-chat/small: its pods do not come up until the folder models/Qwen/Qwen2.5-7B-Instruct of container infer-chat has its files, weights as safetensors",
        "infer-chat/small: nobody gets in until the namespace has the Secret small-api-keys, each entry of which is a key",
      ],
    ],
    [
      "whose licence is accepted",
      { model: "llama-3.1-8b", access: { apiKeys: "keys" } },
      { blob: false, egress: "https" },
      [
        "infer-chat/small: its pods do not come up until the namespace has the Secret hugging-face with a token (key token) of an account that has accepted the Llama 3.1 Community License",
        "infer-chat/small: nobody gets in until the namespace has the Secret keys, each entry of which is a key",
      ],
    ],
    [
      "whose token a secret of the Key Vault must be",
      {
        model: "llama-3.1-8b",
        weights: { huggingFace: "meta-llama/Llama-3.1-8B-Instruct", tokenSecret: "hf-token" },
        access: { apiKeys: "keys" },
      },
      { blob: false, egress: "https", secrets: ["hf-token"] },
      [
        "infer-chat/small: its pods do not come up until the secret hf-token of the Key Vault is a token of an account that has accepted the Llama 3.1 Community License",
        "infer-chat/small: nobody gets in until the namespace has the Secret keys, each entry of which is a key",
      ],
    ],
    [
      "nothing where nothing is left to do",
      {
        ...small,
        access: { entra: { tenantId: "11111111-1111-4111-8111-111111111111", audience: "api://models" } },
      },
      { blob: false, egress: "https" },
      [],
    ],
  ])("%s", (_, shape, more, expected) => {
    expect(planModelService("small", shape, { ...chat, ...more }).notes).toEqual(expected);
  });
});

describe("limits", () => {
  it.each<[string, ModelServiceShape["limits"], Partial<ModelSurroundings>, RateLimit | null]>([
    ["nothing without a wish", undefined, {}, null],
    ["requests", { requestsPerMinute: 600 }, {}, { counted: "requests", perMinuteAndPod: 300 }],
    [
      "requests that pods cannot share evenly",
      { requestsPerMinute: 5 },
      {},
      { counted: "requests", perMinuteAndPod: 2 },
    ],
    ["tokens", { tokensPerMinute: 2_000_000 }, {}, { counted: "tokens", perMinuteAndPod: 1_000_000 }],
    [
      "requests at a gateway of another size",
      { requestsPerMinute: 600 },
      { gateway: { namespace: "gateways", name: "models", hostName: "models.example.com", replicas: 3 } },
      { counted: "requests", perMinuteAndPod: 200 },
    ],
  ])("%s", (_, limits, more, expected) => {
    const shape = limits === undefined ? small : { ...small, limits };
    expect(planModelService("small", shape, { ...chat, ...more }).limit).toEqual(expected);
  });
});

it.each([
  ["*.models.example.com", { hostName: "small-chat.models.example.com", path: "/" }],
  ["models.example.com", { hostName: "models.example.com", path: "/chat/small" }],
])("answers below %s", (hostName, expected) => {
  const gateway = { namespace: "inference-gateway", name: "models", hostName, replicas: 2 };
  expect(planModelService("small", small, { ...chat, gateway }).address).toEqual(expected);
});
