import type { Output } from "@pulumi/pulumi";
import { parse, stringify } from "yaml";
import { describe, expect, it } from "vitest";
import { engines } from "../../../../catalog/engines";
import { annotations } from "../../../../catalog/scheduling";
import { servingEstimate } from "../../../../catalog/serving-estimate";
import { modelObjects } from "../../../../components/inference/model-service/objects";
import { type ModelSurroundings, planModelService } from "../../../../components/inference/model-service/plan";
import { scalerObjects } from "../../../../components/inference/model-service/scaler";
import type { ModelServiceShape } from "../../../../components/inference/model-service/shape";
import type { KubernetesObject } from "../../../../core/kubernetes-object";
import { list, read, record, text } from "../../../../core/property-tree";
import { keysOf } from "../../../../core/records";
import { toProps } from "../../../../core/property-value";
import { chat, chatOnH100 } from "./surroundings";
import { wholeExamples } from "./whole-examples";

const wires = { accountName: "data", serviceAccount: "workload", scaler: null };

function objectsOf(
  name: string,
  shape: ModelServiceShape,
  surroundings: ModelSurroundings,
): Readonly<Record<string, KubernetesObject>> {
  return modelObjects(planModelService(name, shape, surroundings), wires);
}

function argumentsOf(object: KubernetesObject | undefined, template: string): readonly unknown[] {
  const [container] = list(toProps(object ?? {}), `${template}.spec.containers`);
  return list(container, "args");
}

/** What the picker of a model is told. */
function configurationOf(picker: KubernetesObject | undefined): object {
  const told = argumentsOf(picker, "spec.template");
  return parse(String(told[told.indexOf("--config-text") + 1])) as object;
}

/** Every object whole, as a manifest: look at each line of the diff, and let `--update` write it. */
it.each(Object.entries(wholeExamples))("makes what %s.yaml says", async (name, { shape, surroundings }) => {
  const objects = Object.entries(objectsOf(name, shape, surroundings));
  const manifest = objects.map(([role, it]) => `# ${role}\n${stringify(it, { aliasDuplicateObjects: false })}`);
  await expect(manifest.join("---\n")).toMatchFileSnapshot(`${name}.yaml`);
});

describe("servers are started", () => {
  it("within one node, with weights that stream past the memory of the container", () => {
    const { servers } = objectsOf("large", { model: "llama-3.3-70b" }, chatOnH100);
    expect(argumentsOf(servers, "spec.template")).toEqual([
      "az://infer-chat/models/meta-llama/Llama-3.3-70B-Instruct",
      "--served-model-name=large",
      "--port=8000",
      "--tensor-parallel-size=4",
      "--max-model-len=131072",
      "--gpu-memory-utilization=0.92",
      "--enable-prefix-caching",
      "--load-format=runai_streamer",
      // A quarter of the 900 GiB that half a node has, by four.
      '--model-loader-extra-config={"memory_limit":60129542144,"distributed":true}',
      "--shutdown-timeout=240",
    ]);
  });

  it("over several nodes, each with its place among them", () => {
    const { servers } = objectsOf("r1", { model: "deepseek-r1" }, chatOnH100);
    const last = (template: string): readonly unknown[] =>
      argumentsOf(servers, `spec.leaderWorkerTemplate.${template}`).slice(-7);
    const place = [
      "--nnodes=$(LWS_GROUP_SIZE)",
      "--node-rank=$(LWS_WORKER_INDEX)",
      "--master-addr=$(LWS_LEADER_ADDRESS)",
    ];
    const layers = ["--pipeline-parallel-size=2", "--distributed-executor-backend=mp"];
    expect(last("leaderTemplate").slice(-5)).toEqual([...layers, ...place]);
    expect(last("workerTemplate").slice(-6)).toEqual([...layers, ...place, "--headless"]);
  });

  it("without BF16 where GPUs have none", () => {
    const pool = { ...chat.pool, key: "t4", size: "Standard_NC4as_T4_v3" };
    const model = {
      weightGB: 4,
      layers: 20,
      attentionHeads: 16,
      kept: { heads: 4, headSize: 64 },
      contextTokens: 8192,
    };
    const { servers } = objectsOf("own", { model, weights: { blob: "models/own" } }, { ...chat, pool });
    expect(argumentsOf(servers, "spec.template")).toContain("--dtype=half");
  });

  it("from Hugging Face, with the team's own token where the model asks for one", () => {
    const { servers, "sign-in": signIn } = objectsOf(
      "llama",
      { model: "llama-3.1-8b" },
      { ...chat, blob: false, egress: "https" },
    );
    expect(argumentsOf(servers, "spec.template")[0]).toBe("meta-llama/Llama-3.1-8B-Instruct");
    const [container] = list(toProps(servers ?? {}), "spec.template.spec.containers");
    expect(list(container, "env").at(-1)).toEqual({
      name: "HF_TOKEN",
      valueFrom: { secretKeyRef: { name: "hugging-face", key: "token" } },
    });
    expect(read(toProps(servers ?? {}), "spec.template.spec.serviceAccountName")).toBeUndefined();
    expect(signIn).toBeUndefined();
  });
});

describe("a token of the Key Vault", () => {
  const weights = { huggingFace: "somebody/gated", tokenSecret: "hf-token" };
  const model = { weightGB: 4, layers: 20, attentionHeads: 16, kept: { heads: 4, headSize: 64 }, contextTokens: 8192 };
  const more = { blob: false, egress: "https", secrets: ["wandb", "hf-token"] } as const;

  it("is a file, read with the team's identity, and no Secret of Kubernetes", () => {
    const { servers } = objectsOf("own", { model, weights }, { ...chat, ...more });
    const spec = read(toProps(servers ?? {}), "spec.template.spec");
    const [container] = list(spec, "containers");
    expect(list(container, "env").at(-1)).toEqual({
      name: "HF_TOKEN_PATH",
      value: "/mnt/secrets-store/hf-token/hf-token",
    });
    expect(list(container, "volumeMounts").at(-1)).toEqual({
      name: "secret-hf-token",
      mountPath: "/mnt/secrets-store/hf-token",
      readOnly: true,
    });
    expect(list(spec, "volumes").at(-1)).toEqual({
      name: "secret-hf-token",
      csi: {
        driver: "secrets-store.csi.k8s.io",
        readOnly: true,
        volumeAttributes: { secretProviderClass: "hf-token" },
      },
    });
    expect(read(spec, "serviceAccountName")).toBe("workload");
    expect(JSON.stringify(spec)).not.toContain("secretKeyRef");
  });
});

describe("SGLang", () => {
  const open = { ...chat, egress: "https" } as const;
  const shape = { model: "qwen2.5-7b", engine: "sglang", maxReplicas: 2 } as const;

  it("is started within one node, as no root, in a home of its own", () => {
    const { servers } = objectsOf("small", shape, open);
    const pod = read(toProps(servers ?? {}), "spec.template.spec");
    const [container] = list(pod, "containers");
    expect(read(pod, "securityContext.runAsNonRoot")).toBe(true);
    expect(text(container, "image")).toMatch(/^docker\.io\/lmsysorg\/sglang:v0\.5\.12@sha256:/);
    expect([...list(container, "command"), ...list(container, "args")]).toEqual([
      "python3",
      "-m",
      "sglang.launch_server",
      "--model-path=Qwen/Qwen2.5-7B-Instruct",
      "--served-model-name=small",
      "--host=0.0.0.0",
      "--port=8000",
      "--tp-size=1",
      "--context-length=32768",
      "--mem-fraction-static=0.8",
      "--enable-metrics",
    ]);
    expect(list(container, "env")).toEqual([
      { name: "HOME", value: "/home/sglang" },
      { name: "USER", value: "sglang" },
    ]);
    expect(list(container, "volumeMounts").at(-1)).toEqual({ name: "cache", mountPath: "/home/sglang" });
  });

  it("without BF16 where GPUs have none", () => {
    const pool = { ...chat.pool, key: "t4", size: "Standard_NC4as_T4_v3" };
    const figures = {
      weightGB: 4,
      layers: 20,
      attentionHeads: 16,
      kept: { heads: 4, headSize: 64 },
      contextTokens: 8192,
    };
    const own = { model: figures, engine: "sglang", weights: { huggingFace: "somebody/own" } } as const;
    const { servers } = objectsOf("own", own, { ...open, pool });
    expect(argumentsOf(servers, "spec.template")).toContain("--dtype=half");
  });

  it("is watched by its own metrics, by the picker and by KEDA", () => {
    const plan = planModelService("small", shape, { ...open, keda: true, metrics: "readable" });
    const scaler = { queryEndpoint: "https://metrics", identityClientId: "client", clusterName: "aks" };
    const { deployment, monitor, scaler: scaled } = modelObjects(plan, { ...wires, scaler });
    expect((configurationOf(deployment) as { readonly plugins: readonly object[] }).plugins.at(-1)).toEqual({
      type: "core-metrics-extractor",
      parameters: {
        defaultEngine: "sglang",
        engineConfigs: [
          {
            name: "sglang",
            queuedRequestsSpec: "sglang:num_queue_reqs",
            runningRequestsSpec: "sglang:num_running_reqs",
            kvUsageSpec: "sglang:token_usage",
          },
        ],
      },
    });
    expect(monitor?.["spec"]).toMatchObject({
      podMetricsEndpoints: [
        { path: "/metrics", metricRelabelings: [{ regex: "sglang:num_queue_reqs|sglang:token_usage" }] },
      ],
    });
    expect(list(toProps(scaled ?? {}), "spec.triggers")).toHaveLength(2);
  });

  it("says so, with room for fewer tokens than vLLM has", () => {
    const said = objectsOf("small", shape, open)["servers"]?.metadata.annotations?.[annotations.servingEstimate] ?? "";
    // (24 x 0.8 - 1 - 15.23) GB / 57,344.
    expect(servingEstimate.parse(JSON.parse(said))).toMatchObject({ engine: "SGLang", tokensAtOnce: 51_792 });
  });
});

describe("Triton", () => {
  const open = { ...chat, egress: "https" } as const;
  const shape = { model: "qwen2.5-7b", engine: "triton", maxReplicas: 2 } as const;
  const template = (object: KubernetesObject | undefined): unknown => read(toProps(object ?? {}), "spec.template");
  const optionsOf = (object: KubernetesObject | undefined): unknown =>
    JSON.parse(record(template(object), "metadata.annotations")["azure-gpu-cluster/triton-model.json"] as string);

  it("is started with nothing that its parser does not know", () => {
    const { servers } = objectsOf("small", shape, open);
    const [container] = list(template(servers), "spec.containers");
    const args = list(container, "args") as string[];
    expect(args.map((it) => it.split("=")[0]).filter((it) => !frontendOptions.includes(it ?? ""))).toEqual([]);
    expect([...list(container, "command"), ...args]).toEqual([
      "python3",
      "/opt/tritonserver/python/openai/openai_frontend/main.py",
      "--model-repository=/models",
      "--tokenizer=Qwen/Qwen2.5-7B-Instruct",
      "--openai-port=8000",
      "--default-max-tokens=32768",
    ]);
  });

  it("has vLLM share a model over the GPUs of its node, by names that it knows", () => {
    const surroundings = { ...chatOnH100, egress: "https", scratchStorageClass: "scratch-nvme" } as const;
    const { servers } = objectsOf("large", { model: "llama-3.3-70b", engine: "triton" }, surroundings);
    const options = optionsOf(servers) as Readonly<Record<string, unknown>>;
    expect(options).toEqual({
      model: "meta-llama/Llama-3.3-70B-Instruct",
      tensor_parallel_size: 4,
      max_model_len: 131072,
      gpu_memory_utilization: 0.9,
      enable_prefix_caching: true,
    });
    expect(Object.keys(options).filter((it) => !vllmOptions.includes(it))).toEqual([]);
  });

  it("without BF16 where GPUs have none", () => {
    const pool = { ...chat.pool, key: "t4", size: "Standard_NC4as_T4_v3" };
    const figures = {
      weightGB: 4,
      layers: 20,
      attentionHeads: 16,
      kept: { heads: 4, headSize: 64 },
      contextTokens: 8192,
    };
    const own = { model: figures, engine: "triton", weights: { huggingFace: "somebody/own" } } as const;
    const { servers } = objectsOf("own", own, { ...open, pool });
    expect(optionsOf(servers)).toMatchObject({ dtype: "half" });
  });

  it("is called by the name of the service by its canary as well, each with files of its own", () => {
    const canary = { weight: 10, model: "llama-3.1-8b" } as const;
    const { servers, "canary-servers": second } = objectsOf("small", { ...shape, canary }, { ...open, gpus: 3 });
    const mounts = [servers, second].map((it) => list(list(template(it), "spec.containers")[0], "volumeMounts").at(-1));
    const mount = { name: "model-repository", mountPath: "/models/small", readOnly: true };
    expect(mounts).toEqual([mount, mount]);
    expect([servers, second].map(optionsOf)).toMatchObject([
      { model: "Qwen/Qwen2.5-7B-Instruct" },
      { model: "meta-llama/Llama-3.1-8B-Instruct" },
    ]);
  });

  it("is picked by what it was sent, since it says neither what waits nor how full it is", () => {
    expect(configurationOf(objectsOf("small", shape, open)["deployment"])).toEqual({
      apiVersion: "llm-d.ai/v1alpha1",
      kind: "EndpointPickerConfig",
      plugins: [
        { type: "active-request-scorer" },
        { type: "prefix-cache-scorer" },
        // As many requests at once as the preview says.
        { type: "concurrency-detector", parameters: { maxConcurrency: 32 } },
      ],
      flowControl: { saturationDetector: { pluginRef: "concurrency-detector" } },
      dataLayer: { injectDefaults: false },
      schedulingProfiles: [
        {
          name: "default",
          plugins: [
            { pluginRef: "active-request-scorer", weight: 4 },
            { pluginRef: "prefix-cache-scorer", weight: 3 },
          ],
        },
      ],
    });
  });

  it("is scaled by how many requests there are at once", async () => {
    const plan = planModelService("small", shape, { ...open, keda: true, metrics: "readable" });
    const scaler = { queryEndpoint: "https://metrics", identityClientId: "client", clusterName: "aks" };
    const { monitor, scaler: scaled } = modelObjects(plan, { ...wires, scaler });
    expect(monitor?.["spec"]).toMatchObject({
      podMetricsEndpoints: [
        { path: "/metrics", metricRelabelings: [{ regex: "vllm:e2e_request_latency_seconds_sum" }] },
      ],
    });
    const { triggers } = scaled?.["spec"] as { readonly triggers: readonly [{ readonly metadata: TriggerMetadata }] };
    expect(triggers).toHaveLength(1);
    const { query, threshold } = triggers[0].metadata;
    // Eight tenths of the 32 that a server is expected to work on at once.
    expect(threshold).toBe("25");
    expect(await new Promise((done) => query.apply(done))).toBe(
      'sum(rate(vllm:e2e_request_latency_seconds_sum{cluster="aks", namespace="infer-chat", model="small"}[120s]))',
    );
  });

  it("follows the clock, which needs no metric", () => {
    const schedule = { timezone: "Europe/Berlin", start: "0 7 * * 1-5", end: "0 20 * * 1-5", replicas: 2 };
    const plan = planModelService("small", { ...shape, minReplicas: 0, schedule }, { ...open, keda: true });
    expect(scalerObjects(plan, null)["scaler"]?.["spec"]).toMatchObject({ triggers: [{ type: "cron" }] });
  });
});

interface TriggerMetadata {
  readonly query: Output<string>;
  readonly threshold: string;
}

/** Fields of vLLM's `AsyncEngineArgs` that are ours. Source: vllm/engine/arg_utils.py in the package vllm 0.24.0 of PyPI */
const vllmOptions = [
  "model",
  "tensor_parallel_size",
  "max_model_len",
  "gpu_memory_utilization",
  "enable_prefix_caching",
  "dtype",
];

/** Options of Triton's frontend. Source: triton-inference-server/server:python/openai/openai_frontend/main.py (v2.71.0, parse_args) */
const frontendOptions = [
  "--backend",
  "--chat-template",
  "--default-max-tokens",
  "--enable-kserve-frontends",
  "--host",
  "--http-max-input-size",
  "--kserve-grpc-port",
  "--kserve-http-port",
  "--load-model",
  "--lora-separator",
  "--max-tool-call-parse-bytes",
  "--model-control-mode",
  "--model-repository",
  "--openai-port",
  "--openai-restricted-api",
  "--tokenizer",
  "--tool-call-parser",
  "--tritonserver-log-verbose-level",
  "--uvicorn-log-level",
];

it.each(keysOf(engines))("the picker of %s refers to no plugin that it does not have", (engine) => {
  const { deployment } = objectsOf("small", { model: "qwen2.5-7b", engine }, { ...chat, egress: "https" });
  const said = toProps(configurationOf(deployment));
  const profiles = list(said, "schedulingProfiles").flatMap((it) => list(it, "plugins"));
  const full = read(said, "flowControl.saturationDetector.pluginRef");
  const plugins = list(said, "plugins").map((it) => text(it, "type"));
  const referred = [...profiles.map((it) => text(it, "pluginRef")), ...(full === undefined ? [] : [full])];
  expect(referred.filter((it) => !plugins.includes(it as string))).toEqual([]);
});

describe("with a response cache", () => {
  const cached = { model: "qwen2.5-7b", responseCache: { memoryMiB: 4096, minutes: 30 } } as const;
  const pod = (object: KubernetesObject | undefined, template = "spec.template"): unknown =>
    read(toProps(object ?? {}), template);
  const portsOf = (of: unknown): unknown =>
    [...list(of, "spec.initContainers"), ...list(of, "spec.containers")].map((it) => [
      text(it, "name"),
      ...list(it, "ports").map((port) => [text(port, "name"), read(port, "containerPort")]),
    ]);

  it("the cache is before the server, of whose part of a node it takes what it needs", () => {
    const { servers, "response-cache": program } = objectsOf("small", cached, chat);
    const of = pod(servers);
    expect(portsOf(of)).toEqual([
      ["response-cache", ["http", 8000], ["control", 8001]],
      ["vllm", ["vllm", 8100]],
    ]);
    const [cache] = list(of, "spec.initContainers");
    const [engine] = list(of, "spec.containers");
    // A quarter more than 4 GiB, and 1 GiB.
    expect(read(cache, "resources.limits")).toEqual({ cpu: "1", memory: "6Gi" });
    expect(read(engine, "resources.limits")).toEqual({ cpu: "32", memory: "410Gi", "nvidia.com/gpu": "1" });
    expect(list(cache, "args")).toEqual(expect.arrayContaining(["-s", "answers=malloc,4096M"]));
    expect(list(engine, "args")).toContain("--port=8100");
    for (const probe of ["startupProbe", "readinessProbe", "livenessProbe"])
      expect(read(engine, `${probe}.httpGet.port`)).toBe("vllm");
    const { "response-cache.vcl": said } = record(toProps(program ?? {}), "data");
    expect(said).toContain('.port = "8100";');
    expect(said).toContain("set beresp.ttl = 30m;");
  });

  it("changes nothing but servers, and adds its program", () => {
    const { servers: before, ...one } = objectsOf("small", { model: "qwen2.5-7b" }, chat);
    const { servers: after, "response-cache": program, ...other } = objectsOf("small", cached, chat);
    expect(other).toEqual(one);
    expect(program?.metadata).toMatchObject({ name: "small-response-cache", namespace: "infer-chat" });
    expect(read(toProps(after ?? {}), "spec.selector")).toEqual(read(toProps(before ?? {}), "spec.selector"));
    expect(after?.metadata).toEqual(before?.metadata);
  });

  it("makes the pods anew when its program changes", () => {
    const annotationsOf = (minutes: number): unknown =>
      read(pod(objectsOf("small", { ...cached, responseCache: { minutes } }, chat)["servers"]), "metadata.annotations");
    expect(annotationsOf(30)).not.toEqual(annotationsOf(31));
  });

  it("lets the proxy have prompts read by others behind it, and is not before those", () => {
    const { servers, prefill } = objectsOf("small", { ...cached, prefill: { replicas: 2 } }, chat);
    expect(portsOf(pod(servers))).toEqual([
      ["response-cache", ["http", 8000], ["control", 8001]],
      ["routing-proxy", ["routing-proxy", 8100]],
      ["vllm", ["vllm", 8200]],
    ]);
    const [, proxy] = list(pod(servers), "spec.initContainers");
    expect(list(proxy, "args").slice(0, 2)).toEqual(["--port=8100", "--model-server-port=8200"]);
    expect(read(proxy, "readinessProbe.httpGet.port")).toBe("routing-proxy");
    const [engine] = list(pod(servers), "spec.containers");
    expect(read(engine, "resources.limits")).toEqual({ cpu: "31", memory: "409Gi", "nvidia.com/gpu": "1" });
    const alone = objectsOf("small", { model: "qwen2.5-7b", prefill: { replicas: 2 } }, chat);
    expect(prefill).toEqual(alone["prefill"]);
  });

  it("is before the first server of a group alone", () => {
    const shape = { model: "deepseek-r1", responseCache: {} } as const;
    const one = objectsOf("r1", { model: "deepseek-r1" }, chatOnH100);
    const { servers } = objectsOf("r1", shape, chatOnH100);
    const template = (role: string): string => `spec.leaderWorkerTemplate.${role}Template`;
    expect(portsOf(pod(servers, template("leader")))).toEqual([
      ["response-cache", ["http", 8000], ["control", 8001]],
      ["vllm", ["vllm", 8100]],
    ]);
    expect(pod(servers, template("worker"))).toEqual(pod(one["servers"], template("worker")));
  });

  it("a canary has its own, with the same words", () => {
    const image = `docker.io/vllm/vllm-openai:v0.27.0@sha256:${"a".repeat(64)}`;
    const objects = objectsOf("small", { ...cached, canary: { weight: 10, image } }, chat);
    expect(objects["canary-response-cache"]).toEqual({
      ...objects["response-cache"],
      metadata: {
        name: "small-canary-response-cache",
        namespace: "infer-chat",
        labels: {
          "app.kubernetes.io/name": "small",
          "app.kubernetes.io/instance": "small-canary",
          "app.kubernetes.io/component": "server",
        },
      },
    });
    const [main, canary] = ["servers", "canary-servers"].map((it) => pod(objects[it]));
    expect(list(canary, "spec.initContainers")).toEqual(list(main, "spec.initContainers"));
    expect(list(canary, "spec.volumes")).toContainEqual({
      name: "response-cache",
      configMap: { name: "small-canary-response-cache" },
    });
  });

  it("takes an image of one's own", () => {
    const image = `registry.azurecr.io/varnish@sha256:${"e".repeat(64)}`;
    const { servers } = objectsOf("small", { ...cached, responseCache: { image } }, chat);
    expect(text(list(pod(servers), "spec.initContainers")[0], "image")).toBe(image);
  });

  it("says of a server what it does without hits", () => {
    const said = (shape: ModelServiceShape): unknown =>
      objectsOf("small", shape, chat)["servers"]?.metadata.annotations?.[annotations.servingEstimate];
    expect(said(cached)).toBe(said({ model: "qwen2.5-7b" }));
  });
});

describe("with prefill", () => {
  const split = { model: "qwen2.5-7b", prefill: { replicas: 2 } } as const;
  const spec = (object: KubernetesObject | undefined): unknown => read(toProps(object ?? {}), "spec.template.spec");

  it("a server leaves its port and a part of its node to the proxy, and takes no adapters where there are none", () => {
    const one = objectsOf("small", { model: "qwen2.5-7b" }, chat);
    const { servers, prefill } = objectsOf("small", split, chat);
    const [alone] = list(spec(one["servers"]), "containers");
    const [writer] = list(spec(servers), "containers");
    const [reader] = list(spec(prefill), "containers");
    const [proxy] = list(spec(servers), "initContainers");
    expect(read(alone, "resources.limits")).toEqual({ cpu: "33", memory: "416Gi", "nvidia.com/gpu": "1" });
    expect(read(writer, "resources.limits")).toEqual({ cpu: "32", memory: "415Gi", "nvidia.com/gpu": "1" });
    expect(read(proxy, "resources.limits")).toEqual({ cpu: "1", memory: "1Gi" });
    expect(read(reader, "resources.limits")).toEqual(read(alone, "resources.limits"));
    expect([writer, reader, proxy].map((it) => list(it, "ports"))).toEqual([
      [{ name: "vllm", containerPort: 8200 }],
      [{ name: "http", containerPort: 8000 }],
      [{ name: "http", containerPort: 8000 }],
    ]);
    expect(read(spec(servers), "affinity")).toBeUndefined();
    expect(read(spec(prefill), "initContainers")).toBeUndefined();
  });

  it("is what an existing Deployment can become: its selector stays, and it keeps its place in the pool", () => {
    const one = objectsOf("small", { model: "qwen2.5-7b" }, chat);
    const two = objectsOf("small", split, chat);
    expect(read(toProps(two["servers"] ?? {}), "spec.selector")).toEqual(
      read(toProps(one["servers"] ?? {}), "spec.selector"),
    );
    const picked = record(toProps(two["pool"] ?? {}), "spec.selector.matchLabels");
    const labelsAt = (role: string): unknown => read(toProps(two[role] ?? {}), "spec.template.metadata.labels");
    expect([labelsAt("servers"), labelsAt("prefill")]).toEqual([
      expect.objectContaining(picked),
      expect.objectContaining(picked),
    ]);
    expect(labelsAt("deployment")).not.toEqual(expect.objectContaining(picked));
  });

  it("lets nobody but the picker name the server that reads", () => {
    const rules = (shape: ModelServiceShape): unknown =>
      read(toProps(objectsOf("small", shape, chat)["route"] ?? {}), "spec.rules[0].filters");
    expect(rules({ model: "qwen2.5-7b" })).toBeUndefined();
    expect(rules(split)).toEqual([
      {
        type: "RequestHeaderModifier",
        requestHeaderModifier: {
          remove: [
            "x-prefiller-host-port",
            "x-encoder-hosts-ports",
            "x-data-parallel-host-port",
            "x-kv-cache-source-host-port",
          ],
        },
      },
    ]);
  });

  it("locks memory as root where the pool's pods do, the proxy never", () => {
    const pool = { ...chatOnH100.pool, memlock: "ipc-lock" } as const;
    const { servers, prefill } = objectsOf("small", split, { ...chatOnH100, pool });
    const contexts = [servers, prefill].map((it) => read(list(spec(it), "containers")[0], "securityContext"));
    expect(contexts).toEqual([
      { runAsUser: 0, capabilities: { add: ["IPC_LOCK"], drop: ["ALL"] } },
      { runAsUser: 0, capabilities: { add: ["IPC_LOCK"], drop: ["ALL"] } },
    ]);
    expect(read(list(spec(servers), "initContainers")[0], "securityContext")).toMatchObject({
      runAsNonRoot: true,
      runAsUser: 65532,
    });
  });

  it("follows the clock with both kinds of servers where none is there outside of it", () => {
    const schedule = { timezone: "Europe/Berlin", start: "0 7 * * 1-5", end: "0 20 * * 1-5", replicas: 1 };
    const plan = planModelService("small", { ...split, minReplicas: 0, schedule }, { ...chat, keda: true });
    const { scaler, "prefill-scaler": second, ...others } = scalerObjects(plan, null);
    expect(others).toEqual({});
    expect(scaler).toMatchObject({ metadata: { name: "small" }, spec: { scaleTargetRef: { name: "small" } } });
    expect(second).toMatchObject({
      metadata: { name: "small-prefill" },
      spec: {
        scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "small-prefill" },
        minReplicaCount: 0,
        maxReplicaCount: 2,
        triggers: [{ type: "cron", metadata: { desiredReplicas: "2", start: "0 7 * * 1-5" } }],
      },
    });
    expect(read(toProps(modelObjects(plan, wires)["prefill"] ?? {}), "spec.replicas")).toBeUndefined();
  });

  it("is scaled by what waits where it is written, and by nothing of where it is read", () => {
    const plan = planModelService("small", { ...split, maxReplicas: 2 }, { ...chat, keda: true, metrics: "readable" });
    const scaler = { queryEndpoint: "https://metrics", identityClientId: "client", clusterName: "aks" };
    const objects = modelObjects(plan, { ...wires, scaler });
    expect(Object.keys(objects).filter((it) => it.includes("scaler"))).toEqual(["scaler-login", "scaler"]);
    expect(read(toProps(objects["monitor"] ?? {}), "spec.selector.matchLabels")).toEqual({
      "app.kubernetes.io/name": "small",
      "app.kubernetes.io/component": "server",
    });
  });

  it("says so with its price: what reads is paid for by what is written", () => {
    const said = (shape: ModelServiceShape): object =>
      servingEstimate.parse(
        JSON.parse(
          objectsOf("small", shape, chat)["servers"]?.metadata.annotations?.[annotations.servingEstimate] ?? "",
        ),
      );
    expect(said({ ...split, minReplicas: 2 })).toEqual({
      ...said({ model: "qwen2.5-7b", minReplicas: 2 }),
      prefill: { replicas: [2, 2], gpusPerReplica: 1 },
      usdPerMillionTokens: 2.6,
    });
  });
});

describe("the route", () => {
  it("gives a canary its part of the requests", () => {
    const canary = { weight: 10, image: `docker.io/vllm/vllm-openai:v0.27.0@sha256:${"a".repeat(64)}` };
    const { route, "canary-servers": second } = objectsOf("small", { model: "qwen2.5-7b", canary }, chat);
    const [rule] = list(toProps(route ?? {}), "spec.rules");
    expect(list(rule, "backendRefs").map((it) => [text(it, "name"), read(it, "weight")])).toEqual([
      ["small", 90],
      ["small-canary", 10],
    ]);
    expect(second?.["spec"]).toMatchObject({
      replicas: 1,
      template: { spec: { containers: [{ image: canary.image }] } },
    });
  });

  it("takes the path away that sets models apart behind one name", () => {
    const gateway = { namespace: "inference-gateway", name: "models", hostName: "models.example.com", replicas: 2 };
    const { route } = objectsOf("small", { model: "qwen2.5-7b" }, { ...chat, gateway });
    expect(route?.["spec"]).toMatchObject({
      hostnames: ["models.example.com"],
      rules: [
        {
          matches: [{ path: { type: "PathPrefix", value: "/chat/small" } }],
          filters: [{ urlRewrite: { path: { type: "ReplacePrefixMatch", replacePrefixMatch: "/" } } }],
        },
      ],
    });
  });
});

describe("a limit", () => {
  const canary = { weight: 10, image: `docker.io/vllm/vllm-openai:v0.27.0@sha256:${"a".repeat(64)}` };
  const model = { model: "qwen2.5-7b", canary } as const;

  it("of requests is counted at the route, beside who may ask", () => {
    const free = objectsOf("small", model, chat);
    const { access, ...others } = objectsOf("small", { ...model, limits: { requestsPerMinute: 600 } }, chat);
    expect(access?.["spec"]).toEqual({
      targetRefs: [{ group: "gateway.networking.k8s.io", kind: "HTTPRoute", name: "small" }],
      traffic: {
        apiKeyAuthentication: { mode: "Strict", secretRef: { name: "small-api-keys" } },
        rateLimit: { local: [{ requests: 300, unit: "Minutes" }] },
      },
    });
    expect({ ...others, access: free["access"] }).toEqual(free);
  });

  it("of tokens is counted in answers, which a backend before each pool has the gateway read", () => {
    const objects = objectsOf("small", { ...model, limits: { tokensPerMinute: 2_000_000 } }, chat);
    const backend = (name: string): object => ({
      apiVersion: "agentgateway.dev/v1alpha1",
      kind: "AgentgatewayBackend",
      metadata: { name, namespace: "infer-chat" },
      spec: {
        ai: {
          provider: {
            custom: {
              backendRef: { group: "inference.networking.k8s.io", kind: "InferencePool", name },
              formats: [{ type: "Completions" }],
            },
          },
        },
        policies: { ai: { routes: { "/v1/chat/completions": "Completions", "*": "Detect" } } },
      },
    });
    expect([objects["counter"], objects["canary-counter"]]).toEqual([backend("small"), backend("small-canary")]);
    expect(objects["access"]?.["spec"]).toMatchObject({
      traffic: { rateLimit: { local: [{ tokens: 1_000_000, unit: "Minutes" }] } },
    });
    const [rule] = list(toProps(objects["route"] ?? {}), "spec.rules");
    const through = { group: "agentgateway.dev", kind: "AgentgatewayBackend" };
    expect(list(rule, "backendRefs")).toEqual([
      { ...through, name: "small", weight: 90 },
      { ...through, name: "small-canary", weight: 10 },
    ]);
  });
});

it("lets in whoever has a token of Entra ID for the application, of either version", () => {
  const tenantId = "11111111-1111-4111-8111-111111111111";
  const access = { entra: { tenantId, audience: "api://models" } };
  const objects = objectsOf("small", { model: "qwen2.5-7b", access }, chat);
  const jwks = {
    remote: {
      jwksPath: `${tenantId}/discovery/v2.0/keys`,
      backendRef: { group: "agentgateway.dev", kind: "AgentgatewayBackend", name: "small-entra", port: 443 },
    },
  };
  expect(objects["access"]?.["spec"]).toEqual({
    targetRefs: [{ group: "gateway.networking.k8s.io", kind: "HTTPRoute", name: "small" }],
    traffic: {
      jwtAuthentication: {
        mode: "Strict",
        providers: [
          { issuer: `https://login.microsoftonline.com/${tenantId}/v2.0`, audiences: ["api://models"], jwks },
          { issuer: `https://sts.windows.net/${tenantId}/`, audiences: ["api://models"], jwks },
        ],
      },
    },
  });
  expect(objects["access-keys"]?.["spec"]).toEqual({
    static: { host: "login.microsoftonline.com", port: 443 },
    policies: { tls: {} },
  });
});

describe("KEDA", () => {
  const schedule = { timezone: "Europe/Berlin", start: "0 7 * * 1-5", end: "0 20 * * 1-5", replicas: 2 };
  const shape = { model: "qwen2.5-7b", minReplicas: 0, maxReplicas: 3, schedule } as const;

  it("is asked for servers by load and by the clock, and `up` says no number of its own", () => {
    const plan = planModelService("small", shape, { ...chat, keda: true, metrics: "readable" });
    const scaler = { queryEndpoint: "https://metrics", identityClientId: "client", clusterName: "aks" };
    const objects = modelObjects(plan, { ...wires, scaler });
    expect(read(toProps(objects["servers"] ?? {}), "spec.replicas")).toBeUndefined();
    expect(objects["scaler-login"]?.["spec"]).toEqual({
      podIdentity: { provider: "azure-workload", identityId: "client" },
    });
    const authenticationRef = { name: "small" };
    const metadata = (threshold: string): object => ({
      serverAddress: "https://metrics",
      query: expect.anything() as unknown,
      threshold,
    });
    expect(objects["scaler"]?.["spec"]).toMatchObject({
      scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "small" },
      minReplicaCount: 0,
      maxReplicaCount: 3,
      fallback: { replicas: 1 },
      triggers: [
        { type: "prometheus", metricType: "AverageValue", metadata: metadata("4"), authenticationRef },
        { type: "prometheus", metricType: "AverageValue", metadata: metadata("0.8"), authenticationRef },
        {
          type: "cron",
          metadata: {
            timezone: "Europe/Berlin",
            start: "0 7 * * 1-5",
            end: "0 20 * * 1-5",
            desiredReplicas: "2",
          },
        },
      ],
    });
    expect(objects["monitor"]?.["spec"]).toMatchObject({
      podMetricsEndpoints: [{ metricRelabelings: [{ regex: "vllm:num_requests_waiting|vllm:kv_cache_usage_perc" }] }],
    });
  });

  it("goes by the clock alone without metrics", () => {
    const plan = planModelService("small", shape, { ...chat, keda: true });
    const { scaler, ...others } = scalerObjects(plan, null);
    expect(others).toEqual({});
    expect(list(toProps(scaler ?? {}), "spec.triggers").map((it) => text(it, "type"))).toEqual(["cron"]);
  });
});

it("says on its servers what they are expected to do", () => {
  const { servers } = objectsOf("small", { model: "qwen2.5-7b" }, chat);
  const said = servers?.metadata.annotations?.[annotations.servingEstimate] ?? "";
  expect(servingEstimate.parse(JSON.parse(said))).toEqual({
    name: "small",
    namespace: "infer-chat",
    address: "small-chat.models.example.com",
    weight: 100,
    pool: "a10",
    replicas: [1, 1],
    gpusPerReplica: 1,
    nodesPerReplica: 1,
    contextTokens: 32_768,
    tokensAtOnce: 75_857,
    requestsAtOnce: 37,
    tokensPerSecond: 680,
    usdPerMillionTokens: 1.3,
    assumptions: { bandwidthShare: 0.6, tokensPerRequest: 2048 },
  });
});

it("tells the picker how to weigh the servers", () => {
  const { deployment } = objectsOf("small", { model: "qwen2.5-7b" }, chat);
  expect(configurationOf(deployment)).toMatchObject({
    schedulingProfiles: [{ plugins: [{ weight: 2 }, { weight: 2 }, { pluginRef: "prefix-cache-scorer", weight: 3 }] }],
  });
});
