import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { parse, stringify } from "yaml";
import { preview, type Preview } from "../../preview/preview";
import { modelLines } from "../../preview/model-lines";
import { previewJson } from "../../preview/preview-json";
import { renderText } from "../../preview/render-text";
import { partsOf } from "../../core/urn";
import { plainStacks, today } from "../stack-files";

/** dev with a gateway, and what else is said in a section. */
function planDev(sections: Readonly<Record<string, object>>): Promise<Preview> {
  const file = path.join(mkdtempSync(path.join(tmpdir(), "models-")), "Pulumi.dev.yaml");
  const { config } = parse(readFileSync(plainStacks.dev, "utf8")) as { config: Record<string, object> };
  for (const [section, more] of Object.entries(sections)) {
    const key = `azure-gpu-cluster:${section}`;
    config[key] = { ...config[key], ...more };
  }
  config["azure-gpu-cluster:platform"] = {
    inferenceGateway: { hostName: "*.models.example.com", tls: { secret: "wildcard" } },
  };
  writeFileSync(file, stringify({ config }));
  return preview(file, { today });
}

const chat = (models: object): object => ({
  chat: { pool: "a10", gpus: 2, groupObjectId: "33333333-3333-4333-8333-333333333333", models },
});

describe("a model of a team in dev", () => {
  let result: Preview;
  beforeAll(async () => {
    result = await planDev({
      cluster: { keda: true },
      metrics: { workspace: { queries: "anywhere" } },
      inferenceTeams: chat({ small: { model: "qwen2.5-7b", minReplicas: 1, maxReplicas: 2 } }),
    });
  });

  it("is told with its address, its speed and its price, as text and as JSON", () => {
    const text = renderText(result, (_, it) => it);
    expect(text.slice(text.indexOf("Models"), text.indexOf("Stores"))).toBe(
      [
        "Models",
        "  infer-chat/small at small-chat.models.example.com: 1 to 2 servers of 1 GPU of a10; each 37 requests at once, up to 32,768 tokens each and 75,857 together, about 680 tokens/s, 1.3 USD a million tokens",
        "  Estimates, for servers that are always busy: 60 % of the memory bandwidth of the GPUs, 2,048 tokens for a request and its answer, list prices.",
        "",
        "",
      ].join("\n"),
    );
    expect(previewJson(result, 0).summary.models).toMatchObject([
      { name: "small", namespace: "infer-chat", replicas: [1, 2], tokensPerSecond: 680, usdPerMillionTokens: 1.3 },
    ]);
  });

  it("breaks no rule", () => {
    expect(result.findings.filter(({ urn }) => urn.includes("infer-chat-small"))).toEqual([]);
  });

  it("waits for its namespace and its gateway, and its route for who may ask", () => {
    const made = (name: string): readonly string[] =>
      (result.plan.resources.find((it) => it.name === name)?.dependencies ?? []).map((it) => partsOf(it).name);
    expect(made("infer-chat-small-servers")).toEqual(
      expect.arrayContaining(["infer-chat", "infer-chat-default", "inference-gateway"]),
    );
    expect(made("infer-chat-small-route")).toEqual(
      expect.arrayContaining(["infer-chat-small-access", "infer-chat-small-pool"]),
    );
  });

  it("is scaled by KEDA, as an identity of its team that reads metrics and nothing else", () => {
    const inputs = (name: string, kind: string): unknown =>
      result.plan.resources.find((it) => it.name === name && it.type.endsWith(kind))?.inputs;
    expect(inputs("infer-chat-scaler", ":FederatedIdentityCredential")).toMatchObject({
      subject: "system:serviceaccount:kube-system:keda-operator",
    });
    expect(inputs("infer-chat-scaler", ":RoleAssignment")).toMatchObject({
      scope: expect.stringContaining("/providers/Microsoft.Monitor/accounts/") as unknown,
      roleDefinitionId: expect.stringContaining("b0d8363b-8ddd-447d-831f-62ca05bff136") as unknown,
    });
    expect(inputs("infer-chat-small-scaler", ":ScaledObject")).toMatchObject({
      spec: {
        triggers: [
          {
            metadata: {
              serverAddress: expect.stringMatching(/^https:\/\/.*\.prometheus\.monitor\.azure\.com$/) as unknown,
              query:
                'sum(vllm:num_requests_waiting{cluster="aks-gpu-dev-eastus", namespace="infer-chat", model_name="small"})',
            },
          },
          { metadata: { query: expect.stringContaining("vllm:kv_cache_usage_perc{") as unknown } },
        ],
      },
    });
  });
});

it("a model of a split environment meets pools, KEDA and metrics of the stack that made them", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "models-"));
  const write = (stack: "staging" | "staging-workloads", sections: Readonly<Record<string, object>>): string => {
    const { config } = parse(readFileSync(plainStacks[stack], "utf8")) as { config: Record<string, object> };
    for (const [section, more] of Object.entries(sections)) {
      const key = `azure-gpu-cluster:${section}`;
      config[key] = { ...config[key], ...more };
    }
    const file = path.join(folder, `Pulumi.${stack}.yaml`);
    writeFileSync(file, stringify({ config }));
    return file;
  };
  write("staging", { cluster: { keda: true } });
  const file = write("staging-workloads", {
    platform: { inferenceGateway: { hostName: "models.example.com", tls: { secret: "models" } } },
    inferenceTeams: chat({ small: { model: "qwen2.5-7b", maxReplicas: 2 } }),
  });
  const { summary, plan } = await preview(file, { today });
  expect(summary.models).toMatchObject([{ address: "models.example.com/chat/small", replicas: [1, 2] }]);
  expect(plan.resources.filter((it) => it.type.endsWith(":ScaledObject")).map(({ name }) => name)).toEqual([
    "infer-chat-small-scaler",
  ]);
});

it("a model that has its prompts read elsewhere is told with both kinds of servers", async () => {
  const result = await planDev({ inferenceTeams: chat({ small: { model: "qwen2.5-7b", prefill: { replicas: 1 } } }) });
  expect(modelLines(result.summary.models)[0]).toBe(
    "  infer-chat/small at small-chat.models.example.com: 1 server of 1 GPU of a10, and 1 server of 1 GPU that read prompts; each 37 requests at once, up to 32,768 tokens each and 75,857 together, about 680 tokens/s, 2.6 USD a million tokens",
  );
  expect(result.findings.filter(({ urn }) => urn.includes("infer-chat-small"))).toEqual([]);
  expect(renderText(result, (_, it) => it)).toContain("goes to the servers that write over TCP");
});

it.each([
  ["sglang", "1 server of 1 GPU of a10 with SGLang; each 25 requests at once"],
  ["triton", "1 server of 1 GPU of a10 with Triton; each 32 requests at once"],
])("a model is told with its engine, %s, where it has chosen one", async (engine, expected) => {
  const path = "inferenceTeams.chat.models.small";
  const models = chat({ small: { model: "qwen2.5-7b", engine } });
  await expect(planDev({ inferenceTeams: models })).rejects.toThrow(`${path}.weights`);
  const { chat: team } = models as { readonly chat: object };
  const { summary } = await planDev({ inferenceTeams: { chat: { ...team, egress: "https" } } });
  expect(modelLines(summary.models)[0]).toContain(expected);
});

it("a stack without models says nothing of models", async () => {
  const { summary } = await preview(plainStacks.dev, { today });
  expect(summary.models).toEqual([]);
  expect(modelLines([])).toEqual([]);
});

it("fails where models ask for a gateway that is not there", async () => {
  const file = path.join(mkdtempSync(path.join(tmpdir(), "models-")), "Pulumi.dev.yaml");
  const { config } = parse(readFileSync(plainStacks.dev, "utf8")) as { config: Record<string, object> };
  config["azure-gpu-cluster:inferenceTeams"] = chat({ small: { model: "qwen2.5-7b" } });
  writeFileSync(file, stringify({ config }));
  await expect(preview(file, { today })).rejects.toThrow(
    /inferenceTeams\.chat\.models\.small \(line \d+\): needs the gateway of models, which the cluster does not have/,
  );
});
