import { expect, it } from "vitest";
import { inferencePoolCrd } from "../../../../components/platform/inference-pools/inference-pool-crd";
import { inferencePools } from "../../../../components/platform/inference-pools/inference-pools";
import { planPlatform, type PlatformPlan } from "../../../../components/platform/plan-platform";
import { read } from "../../../../core/property-tree";
import { isRecord } from "../../../../core/property-value";
import { loadCrds } from "../../../../simulator/kubernetes/crds";
import { problemsOf } from "../../../recorded";

const planOf = (choice?: object | false): PlatformPlan =>
  planPlatform({ inferencePools }, choice === undefined ? {} : { inferencePools: choice }, {
    kubernetesVersion: "1.36",
    pools: [],
  });

it("is three kinds and nothing that runs", () => {
  const [plan] = planOf({}).addOns;
  expect({ ...plan, crds: Object.entries(plan?.crds ?? {}).map(([name, it]) => [name, it.metadata.name]) }).toEqual({
    key: "inferencePools",
    name: "inference-pools",
    aliases: [],
    after: [],
    namespace: null,
    ingress: null,
    release: null,
    crds: [
      ["inference-pools-crd", "inferencepools.inference.networking.k8s.io"],
      ["inference-pools-objectives", "inferenceobjectives.llm-d.ai"],
      ["inference-pools-rewrites", "inferencemodelrewrites.llm-d.ai"],
    ],
    objects: {},
    handsOver: {},
  });
});

it("is installed only where it is asked for", () => {
  expect(planOf().addOns).toEqual([]);
  expect(planOf(false).addOns).toEqual([]);
});

it("fails on a setting: it has none", () => {
  expect(problemsOf(() => planOf({ gateway: "istio" }))).toEqual([
    "inferencePools.gateway: is not a known key; unknown keys are never ignored. Remove it",
  ]);
});

it("has the fields of InferencePools that the product has", async ({ skip }) => {
  const all = await loadCrds("gatewayApiInferenceExtension").catch((error: unknown) => {
    process.stderr.write(`Skipped: our InferencePools against the product's. ${String(error)}\n`);
    return skip("no module");
  });
  const theirs = all.find((it) => read(it, "metadata.name") === inferencePoolCrd.metadata.name);
  expect(inferencePoolCrd).toEqual(withoutExplanations(theirs));
});

function withoutExplanations(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withoutExplanations);
  if (!isRecord(schema)) return schema;
  const kept = Object.entries(schema).filter(([key, it]) => key !== "description" || typeof it !== "string");
  return Object.fromEntries(kept.map(([key, it]) => [key, withoutExplanations(it)]));
}
