import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { versions } from "../../../../catalog/versions";
import { gatewayApiKindsFile } from "../../../../cli/gateway-api-kinds-file";
import { gatewayApi } from "../../../../components/platform/gateway-api/gateway-api";
import { planPlatform, type PlatformPlan } from "../../../../components/platform/plan-platform";
import { loadCrds } from "../../../../simulator/kubernetes/crds";
import { problemsOf } from "../../../recorded";
import { root } from "../../../stack-files";

const planOf = (choice?: object | false): PlatformPlan =>
  planPlatform({ gatewayApi }, choice === undefined ? {} : { gatewayApi: choice }, {
    kubernetesVersion: "1.36",
    pools: [],
  });

it("is the eight kinds of the standard channel and nothing that runs", () => {
  const [plan] = planOf({}).addOns;
  const kinds = [
    "backendtlspolicies",
    "gatewayclasses",
    "gateways",
    "grpcroutes",
    "httproutes",
    "listenersets",
    "referencegrants",
    "tlsroutes",
  ];
  expect({ ...plan, crds: Object.entries(plan?.crds ?? {}).map(([name, it]) => [name, it.metadata.name]) }).toEqual({
    key: "gatewayApi",
    name: "gateway-api",
    aliases: [],
    after: [],
    namespace: null,
    ingress: null,
    release: null,
    crds: kinds.map((it) => [`gateway-api-${it}`, `${it}.gateway.networking.k8s.io`]),
    objects: {},
    handsOver: {},
  });
});

it("says in each kind which version and channel it is of, by which other owners know it", () => {
  const crds = Object.values(planOf({}).addOns[0]?.crds ?? {});
  const said = crds.map(({ metadata: { annotations = {} } }) => [
    annotations["gateway.networking.k8s.io/bundle-version"],
    annotations["gateway.networking.k8s.io/channel"],
  ]);
  expect(said).toEqual(Array(8).fill([`v${versions.gatewayApi.version}`, "standard"]));
});

it("is installed only where it is asked for", () => {
  expect(planOf().addOns).toEqual([]);
  expect(planOf(false).addOns).toEqual([]);
});

it("fails on a setting: it has none", () => {
  expect(problemsOf(() => planOf({ channel: "experimental" }))).toEqual([
    "gatewayApi.channel: is not a known key; unknown keys are never ignored. Remove it",
  ]);
});

it("has the kinds that the product has", async ({ skip }) => {
  const crds = await loadCrds("gatewayApi").catch((error: unknown) => {
    process.stderr.write(`Skipped: our kinds of the Gateway API against the product's. ${String(error)}\n`);
    return skip("no module");
  });
  const file = path.join(root, "components", "platform", "gateway-api", "kinds.json");
  // Not in the message of a failure: `npm run gateway-api-kinds` repairs it.
  expect(readFileSync(file, "utf8") === gatewayApiKindsFile(crds)).toBe(true);
});

it("leaves explanations out, and keeps a field with that name", () => {
  const description = { type: "string", description: "What it is for." };
  const crd = { kind: "CustomResourceDefinition", spec: { description: "All.", properties: { description } } };
  expect(JSON.parse(gatewayApiKindsFile([crd]))).toEqual({
    source: "sigs.k8s.io/gateway-api@v1.5.1: config/crd/standard",
    license: "Apache-2.0",
    kinds: [{ kind: "CustomResourceDefinition", spec: { properties: { description: { type: "string" } } } }],
  });
});
