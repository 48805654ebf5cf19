import { readFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, expect, it } from "vitest";
import { engines } from "../../../../catalog/engines";
import { versions } from "../../../../catalog/versions";
import { fitOfRole } from "../../../../components/inference/model-service/server-arguments";
import { type Answer, type Asked, type ParsedEngine, realEngineParsers } from "./real-engine-parsers";
import { type StartedEngine, startedEngines } from "./started-engines";
import { chat, chatOnH100 } from "./surroundings";
import { type ModelExample, wholeExamples } from "./whole-examples";

/**
 * The parsers of vLLM and SGLang themselves, from PyPI, read what our servers are started with. That shows names, types, choices and what
 * both check by themselves; not that a model starts. The vLLM in the image of Triton is an older one, whose package is not fetched.
 */

const onT4 = { ...chat, pool: { ...chat.pool, key: "t4", size: "Standard_NC4as_T4_v3" } };
const online = { egress: "https" } as const;
const kept = { heads: 4, headSize: 64 };
const model = { weightGB: 4, layers: 20, attentionHeads: 16, kept, contextTokens: 8192 };
const fetched = { model, weights: { huggingFace: "somebody/own" } };

/** Beside the whole examples what makes other arguments: GPUs without BF16, weights of Hugging Face, several GPUs, a canary. */
const examples: Readonly<Record<string, ModelExample>> = {
  ...wholeExamples,
  fetched: { shape: fetched, surroundings: { ...chat, ...online, blob: false } },
  "on-t4": { shape: { model, weights: { blob: "models/own" } }, surroundings: onT4 },
  "on-t4-sglang": { shape: { ...fetched, engine: "sglang" }, surroundings: { ...onT4, ...online } },
  "on-t4-triton": { shape: { ...fetched, engine: "triton" }, surroundings: { ...onT4, ...online } },
  "large-sglang": { shape: { model: "llama-3.3-70b", engine: "sglang" }, surroundings: { ...chatOnH100, ...online } },
  "large-triton": { shape: { model: "llama-3.3-70b", engine: "triton" }, surroundings: { ...chatOnH100, ...online } },
  renewed: {
    shape: { model: "qwen2.5-7b", canary: { weight: 10, model: "llama-3.3-70b" } },
    surroundings: chatOnH100,
  },
};

const started = Object.entries(examples).flatMap(([name, it]) => startedEngines(name, it));
const vllm = startedBy("vllm");
const sglang = startedBy("sglang");
const triton = startedBy("triton");

function startedBy(engine: string): readonly StartedEngine[] {
  return started.filter(({ server }) => server.gpu.engine === engine);
}

/** A mistake that one could make in arguments, and what an engine says of it. */
interface Mistake {
  readonly engine: ParsedEngine;
  readonly what: string;
  readonly given: Asked;
  readonly said: string;
}

const blob = vllm.find(({ args }) => args[0]?.startsWith("az://"))?.args ?? [];
const container = { gpus: 1, variables: {} };
const transfer = "--kv-transfer-config";
const loader = "--model-loader-extra-config";
const mistakes: readonly Mistake[] = [
  ...mistakesOf("vllm", (arg) => ({ ...container, arguments: [...blob, arg] }), [
    ["an option that is misspelt", "--max-model-length=1", "unrecognized arguments: --max-model-length=1"],
    ["an option that is shortened", "--max-model=1", "unrecognized arguments: --max-model=1"],
    ["a word for a number", "--port=http", "argument --port: invalid int value: 'http'"],
    ["no value for what has one", "--dtype", "argument --dtype: expected one argument"],
    ["a value for what has none", "--headless=1", "argument --headless: ignored explicit argument '1'"],
    ["a value that there is not", "--dtype=fp3", "argument --dtype: invalid choice: 'fp3'"],
    ["what is no JSON", `${transfer}={a`, `argument ${transfer}: `],
    ["an option that its loader lacks", `${loader}={"memory":1}`, "Unexpected extra config keys"],
    ["half a byte", `${loader}={"memory_limit":0.5}`, "memory_limit must be an integer"],
    ["a field that is misspelt", `${transfer}={"kv_rol":"kv_both"}`, "kv_rol\n  Unexpected keyword argument"],
    ["a role that there is not", `${transfer}={"kv_role":"both"}`, "Input should be 'kv_producer', 'kv_both'"],
    ["a connector that there is not", `${transfer}={"kv_connector":"Nixl","kv_role":"kv_both"}`, "no connector Nixl"],
    ["more GPUs than it has", "--tensor-parallel-size=2", "World size (2) is larger than the number of available GPUs"],
  ]),
  ...mistakesOf(
    "vllm",
    (field) => ({ ...container, options: { ...triton[0]?.options, ...(JSON.parse(field) as object) } }),
    [
      [
        "a field of Triton that is misspelt",
        '{"max_model_length":1}',
        "unexpected keyword argument 'max_model_length'",
      ],
      ["a field of Triton of another type", '{"max_model_len":"1"}', "of another type than vLLM's own: max_model_len"],
      ["a value of Triton that there is not", '{"dtype":"fp3"}', "argument --dtype: invalid choice: 'fp3'"],
    ],
  ),
  {
    engine: "vllm",
    what: "a variable that is misspelt",
    given: { ...container, variables: { VLLM_NO_USAGE_STAT: "1" }, arguments: blob },
    said: "Unknown vLLM environment variable detected: VLLM_NO_USAGE_STAT",
  },
  ...mistakesOf("sglang", (arg) => ({ ...container, arguments: [...(sglang[0]?.args ?? []), arg] }), [
    ["an option that is misspelt", "--context-size=1", "unrecognized arguments: --context-size=1"],
    ["an option that is shortened", "--context-len=1", "unrecognized arguments: --context-len=1"],
    ["a word for a number", "--port=http", "argument --port: invalid int value: 'http'"],
    ["a value for what has none", "--enable-metrics=1", "argument --enable-metrics: ignored explicit argument '1'"],
    ["a value that there is not", "--dtype=fp3", "argument --dtype: invalid choice: 'fp3'"],
  ]),
];

function mistakesOf(
  engine: ParsedEngine,
  madeIn: (mistake: string) => Asked,
  table: readonly (readonly [what: string, mistake: string, said: string])[],
): readonly Mistake[] {
  return table.map(([what, mistake, said]) => ({ engine, what, given: madeIn(mistake), said }));
}

/** What each parser is asked: all together, since it takes seconds to start. */
const asked: Readonly<Record<ParsedEngine, readonly Asked[]>> = {
  vllm: [...vllm.map(askedOf), ...triton.map(askedOf), ...ofMistakes("vllm")],
  sglang: [...sglang.map(askedOf), ...ofMistakes("sglang")],
};

function askedOf({ args, options, gpus, variables }: StartedEngine): Asked {
  return options === null ? { gpus, variables, arguments: args } : { gpus, variables, options };
}

function ofMistakes(engine: ParsedEngine): readonly Asked[] {
  return mistakes.filter((it) => it.engine === engine).map(({ given }) => given);
}

let answers: Readonly<Record<ParsedEngine, readonly Answer[]>> | string;

beforeAll(async () => {
  const ask = await realEngineParsers();
  if (typeof ask === "string") answers = ask;
  else {
    const [first, second] = await Promise.all([ask("vllm", asked.vllm), ask("sglang", asked.sglang)]);
    answers = { vllm: first, sglang: second };
  }
});

/** What a parser made of what it was asked. */
function answerTo(engine: ParsedEngine, given: Asked, skip: (why: string) => never): Answer | undefined {
  if (typeof answers === "string") return skip(answers);
  const question = JSON.stringify(given);
  return answers[engine].find((_, at) => JSON.stringify(asked[engine][at]) === question);
}

it.each(["vllm", "sglang"] as const)("the parser of %s is that of its image", (engine) => {
  const pins = readFileSync(path.join(__dirname, "engine-parsers/engines.txt"), "utf8");
  expect(pins).toContain(`${engine}==${versions[engine].version.slice(1)} `);
});

it("every kind of server is among those that parsers are asked about", () => {
  const kinds = [vllm, sglang, triton].map((it) => [...new Set(it.map(({ role }) => role))].sort());
  expect(kinds).toEqual([["prefill", "server", "worker"], ["server", "worker"], ["server"]]);
});

/** Half precision where the GPU has no BF16, else what the engine takes from the model. */
function typeOf({ server: { gpu } }: StartedEngine): string {
  return gpu.capability < 8 ? "half" : "auto";
}

function layoutOf({ server, role }: StartedEngine): ReturnType<typeof fitOfRole> {
  return fitOfRole(server, role === "prefill" ? "prefill" : "server");
}

it.for(vllm.map((it) => [it.title, it] as const))("vLLM reads what the %s is started with", ([, given], { skip }) => {
  const { server, role, port, memoryGiB } = given;
  const { tensor, pipeline, contextTokens } = layoutOf(given);
  const { source } = server;
  const streamed = source.kind === "blob";
  expect(answerTo("vllm", askedOf(given), skip)).toMatchObject({
    parsed: {
      model: streamed ? `az://infer-chat/${source.folder}` : source.repository,
      served_model_name: [given.model],
      host: null,
      port,
      tensor_parallel_size: tensor,
      pipeline_parallel_size: pipeline,
      distributed_executor_backend: pipeline > 1 ? "mp" : null,
      nnodes: pipeline,
      node_rank: role === "worker" ? 1 : 0,
      master_addr: pipeline > 1 ? `${server.name}-0.${server.name}.infer-chat` : "127.0.0.1",
      headless: role === "worker",
      max_model_len: contextTokens,
      gpu_memory_utilization: engines.vllm.memoryShare,
      enable_prefix_caching: true,
      dtype: typeOf(given),
      load_format: streamed ? "runai_streamer" : "auto",
      // A quarter of the memory, for the processes of all GPUs together.
      model_loader_extra_config: streamed
        ? { memory_limit: Math.floor(memoryGiB / 4 / tensor) * 2 ** 30, ...(tensor > 1 && { distributed: true }) }
        : {},
      shutdown_timeout: 240,
      kv_transfer_config:
        server.prefill === null
          ? null
          : { kv_connector: "NixlConnector", kv_role: "kv_both", kv_load_failure_policy: "recompute" },
    },
  });
});

it.for(triton.map((it) => [it.title, it] as const))(
  "vLLM reads what the Triton of the %s gives it",
  ([, given], { skip }) => {
    const { source } = given.server;
    const { tensor, contextTokens } = layoutOf(given);
    expect(answerTo("vllm", askedOf(given), skip)).toMatchObject({
      parsed: {
        model: source.kind === "huggingFace" ? source.repository : "",
        tensor_parallel_size: tensor,
        pipeline_parallel_size: 1,
        max_model_len: contextTokens,
        gpu_memory_utilization: engines.triton.memoryShare,
        enable_prefix_caching: true,
        dtype: typeOf(given),
      },
    });
  },
);

it.for(sglang.map((it) => [it.title, it] as const))(
  "SGLang reads what the %s is started with",
  ([, given], { skip }) => {
    const { server, role, port } = given;
    const { source } = server;
    const { tensor, pipeline, contextTokens } = layoutOf(given);
    expect(answerTo("sglang", askedOf(given), skip)).toMatchObject({
      parsed: {
        model_path: source.kind === "huggingFace" ? source.repository : "",
        served_model_name: given.model,
        host: "0.0.0.0",
        port,
        tp_size: tensor,
        pp_size: pipeline,
        nnodes: pipeline,
        node_rank: role === "worker" ? 1 : 0,
        dist_init_addr: pipeline > 1 ? `${server.name}-0.${server.name}.infer-chat:20000` : null,
        context_length: contextTokens,
        mem_fraction_static: engines.sglang.memoryShare,
        enable_metrics: true,
        disable_radix_cache: false,
        dtype: typeOf(given),
      },
    });
  },
);

it.for(mistakes.map((it) => [it.engine, it.what, it] as const))(
  "%s refuses %s",
  ([, , { engine, given, said }], { skip }) => {
    expect(answerTo(engine, given, skip)).toEqual({ refused: expect.stringContaining(said) as string });
  },
);
