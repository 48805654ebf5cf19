import { z } from "zod";
import type { FabricProfile } from "../catalog/fabric-profile";
import { versions } from "../catalog/versions";
import { logSections } from "../components/platform/node-health/controller/log-sections";
import type { Check, PodMessages, Reading } from "./check";
import { imageOf } from "../catalog/image-of";
import { nothing, readSection } from "./read-section";
import { scriptPrelude } from "./script";
import { modelProgram, resultProgram } from "./serving-program";
import { wholeNodeJob } from "./whole-node-job";

/** A pool on one of whose nodes a model serves. */
export interface ServingPool {
  readonly key: string;
  readonly profile: FabricProfile;
  readonly gpus: number;
}

/** Memory that a GPU must have, in GB: a node with one holds 14.5 GB of weights in it, and beside them what belongs to the requests. */
export const servingMemoryGB = 24;

/** What is asked of the model: so many requests of this length, some at once, and answers of exactly this length. */
const load = { requests: 512, atOnce: 64, inputTokens: 1024, outputTokens: 256 } as const;

/** Minutes that the server may take until it answers: it compiles what it runs. */
const startMinutes = 20;

/**
 * Tokens that a model writes in a second, on all GPUs of a node, and how long whoever asks waits for them. Server and benchmark are in one
 * pod, so that no network between them is measured, and the weights are made up. Nobody publishes floors for such a model: compare with an
 * earlier run.
 */
export function serving(pool: ServingPool): Check {
  const name = `serve-${pool.key}`;
  return {
    name,
    title: `a model of 7 billion parameters served by vLLM on a node of ${pool.key}`,
    pool: pool.key,
    pods: 1,
    minutes: startMinutes + 20,
    unit: "tokens/s",
    floor: null,
    objects: (place) =>
      wholeNodeJob(place, pool.profile, {
        name,
        pods: 1,
        image: imageOf(versions.vllm),
        script: scriptOf(pool.gpus),
      }),
    read: ([pod]) => readServing(pod),
  };
}

/**
 * The server's exit code stands for one that ends too early, 124 for one that does not answer in time. The last words of its log go with
 * both; what comes last in them is the cause, as far as it is known: memory, or an error that is not of the engine's frame.
 * Source of the options: vllm-project/vllm:vllm/benchmarks/serve.py, vllm/benchmarks/datasets/datasets.py and vllm/engine/arg_utils.py (v0.26.0)
 */
function scriptOf(gpus: number): string {
  return `${scriptPrelude}
export HOME=/tmp HF_HUB_OFFLINE=1 VLLM_NO_USAGE_STATS=1
cat > /tmp/model.py << 'PROGRAM'
${modelProgram}PROGRAM
cat > /tmp/result.py << 'PROGRAM'
${resultProgram}PROGRAM
answers() { python3 -c 'import urllib.request as it; it.urlopen("http://127.0.0.1:8000/health", timeout=5)' 2> /dev/null; }
start() {
  python3 /tmp/model.py /tmp/model >&2 || return
  vllm serve /tmp/model --served-model-name model --host 127.0.0.1 --port 8000 --load-format dummy --dtype float16 --seed 0 \\
    --max-model-len 4096 --tensor-parallel-size ${parallelOf(gpus)} --no-enable-prefix-caching > /tmp/server.log 2>&1 3>&- &
  server=$!
  local code tries
  for tries in {1..${startMinutes * 12}}; do
    if answers; then return 0; fi
    if ! kill -0 "$server" 2> /dev/null; then
      wait "$server"
      code=$?
      { tail -n 1 /tmp/server.log; grep 'Error: ' /tmp/server.log | grep -v 'core initialization failed' | tail -n 1; grep -i 'out of memory' /tmp/server.log | tail -n 1; } >&2
      return "$((code == 0 ? 1 : code))"
    fi
    sleep 5
  done
  tail -n 2 /tmp/server.log >&2
  return 124
}
bench() {
  timeout 1200 vllm bench serve --backend openai --base-url http://127.0.0.1:8000 --endpoint /v1/completions \\
    --model /tmp/model --served-model-name model --dataset-name random --random-input-len ${load.inputTokens} --random-output-len ${load.outputTokens} \\
    --random-range-ratio 0 --num-prompts ${load.requests} --max-concurrency ${load.atOnce} --num-warmups ${load.atOnce} --ignore-eos --temperature 0 --seed 0 \\
    --percentile-metrics ttft,itl --metric-percentiles 50,99 --disable-tqdm --save-result --result-filename /tmp/bench.json >&2
}
section server start
code=$?
if [ "$code" = 0 ]; then
  section benchmark bench && section result python3 /tmp/result.py /tmp/bench.json
  code=$?
  # Nothing of it is kept, and a slow end would hold the node.
  kill -KILL "$server" 2> /dev/null
fi
exit "$code"
`;
}

/** GPUs that share the model: its 8 heads of keys and values go to as many as divide them. */
function parallelOf(gpus: number): number {
  return [8, 4, 2].find((it) => gpus % it === 0) ?? 1;
}

/** What the benchmark reports. Source: vllm-project/vllm:vllm/benchmarks/serve.py (v0.26.0, benchmark and process_one_metric) */
const rate = z.number().min(0);
const report = z.object({
  completed: z.int().min(0),
  failed: z.int().min(0),
  request_throughput: rate,
  output_throughput: rate,
  p50_ttft_ms: rate,
  p99_ttft_ms: rate,
  p50_itl_ms: rate,
  p99_itl_ms: rate,
});

function readServing(pod: PodMessages | undefined): Reading {
  const message = pod?.["main"];
  const server = readServer(message);
  if (server.kind === "no-evidence") return server;
  const benchmark = readSection(message, "benchmark", () => server);
  if (benchmark.kind === "no-evidence") return benchmark;
  return readSection(message, "result", (lines) => {
    const found = lines.flatMap((line) => {
      try {
        return report.safeParse(JSON.parse(line)).data ?? [];
      } catch {
        return [];
      }
    })[0];
    if (found === undefined) return nothing("the benchmark of vLLM left no whole result");
    const { completed, failed } = found;
    const value = Math.round(found.output_throughput);
    if (completed === 0) return nothing("not one request came to its end");
    if (failed > 0 || completed < load.requests)
      return { kind: "wrong", value, because: `${load.requests - completed} of ${load.requests} requests failed` };
    const wait = (middle: number, slow: number): string => `${round(middle)} and ${round(slow)} ms`;
    return {
      kind: "measured",
      value,
      detail:
        `${round(found.request_throughput)} requests/s of ${load.inputTokens} and ${load.outputTokens} tokens, ${load.atOnce} at once; ` +
        `first token after ${wait(found.p50_ttft_ms, found.p99_ttft_ms)}, the next after ${wait(found.p50_itl_ms, found.p99_itl_ms)} (median and 99 %)`,
    };
  });
}

/** Why the server did not serve, in words for each way in which it can fail. */
function readServer(message: string | undefined): Reading {
  const section = logSections(message ?? "").get("server");
  const last = section?.lines.at(-1) ?? "no word why";
  if (section?.exitCode === 124)
    return nothing(`the model server did not answer within ${startMinutes} minutes: ${last}`);
  if (section?.lines.some((it) => /out of memory/i.test(it)) === true)
    return nothing(`the model server ran out of memory: ${last}`);
  if (section !== undefined && section.exitCode !== null && section.exitCode !== 0)
    return nothing(`the model server did not start, exit code ${section.exitCode}: ${last}`);
  return readSection(message, "server", () => ({ kind: "measured", value: 0, detail: "" }));
}

/** Two digits behind the point are more than such a run repeats. */
function round(value: number): number {
  return Math.round(value * 100) / 100;
}
