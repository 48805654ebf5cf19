import { describe, expect, it } from "vitest";
import type { Value } from "../../core/property-value";
import { nameAvailability } from "../../azure/name-availability";
import { computeQuota } from "../../preflight/compute-quota";
import { countedQuota } from "../../preflight/counted-quota";
import { images } from "../../preflight/images";
import { names } from "../../preflight/names";
import { askOwn } from "../../preflight/own";
import type { PreflightFacts } from "../../preflight/preflight-facts";
import { providers } from "../../preflight/providers";
import type { Answer } from "../../preflight/question";
import { subscription } from "../../preflight/subscription";
import { absent, found, nothing, pool, silent, told } from "./answers";

describe("an image", () => {
  const version = { publisher: "p", offer: "o", sku: "s", version: "1.2.3" };
  const gallery =
    "/subscriptions/one/resourceGroups/rg/providers/Microsoft.Compute/galleries/g/images/i/versions/1.0.0";
  const judge = (market: Answer, ids: readonly Answer[] = []): ReturnType<typeof told> =>
    told(
      images.judge(
        { subscriptionId: "one", location: "eastus", market: [version], ids: ids.map(() => gallery) },
        { market: [{ version: market, others: found({ value: [{ name: "1.10.0" }, { name: "1.9.0" }] }) }], ids },
      ),
    );
  const state = (imageState: string, more: Readonly<Record<string, Value>> = {}): Answer =>
    found({ name: "1.2.3", properties: { imageDeprecationStatus: { imageState, ...more } } });

  it.each<[what: string, answer: Answer, told: readonly [string, string]]>([
    ["that is there", state("Active"), ["ok", "there"]],
    ["of which nothing more is said", found({ name: "1.2.3" }), ["ok", "there"]],
    ["that is gone, with the newest by number", absent, ["missing", "not there; newest: 1.10.0"]],
    ["that was withdrawn", state("Deprecated"), ["missing", "withdrawn; newest: 1.10.0"]],
    [
      "that will be",
      state("ScheduledForDeprecation", { scheduledDeprecationTime: "2027-01-31T00:00:00Z" }),
      ["warning", "there until 2027-01-31"],
    ],
    ["that nobody knows of", silent, ["unknown", "could not be asked: Azure failed"]],
  ])("%s", (_, answer, said) => {
    expect(judge(answer)).toEqual([said]);
  });

  it("of a gallery must be copied to the region", () => {
    const copies = (regions: readonly string[]): Answer =>
      found({
        location: "West Europe",
        properties: { publishingProfile: { targetRegions: regions.map((name) => ({ name })) } },
      });
    expect(judge(state("Active"), [copies(["East US"]), copies(["North Europe"]), absent, silent]).slice(1)).toEqual([
      ["ok", "there"],
      ["missing", "in westeurope, northeurope"],
      ["missing", "not there"],
      ["unknown", "could not be asked: Azure failed"],
    ]);
  });

  it("is read out of scale sets, machines and the pools of a cluster", () => {
    const snapshot = "/subscriptions/one/resourceGroups/rg/providers/Microsoft.ContainerService/snapshots/held";
    const reference = { publisher: "p", offer: "o", sku: "s", version: "1.2.3" };
    const given = [
      { virtualMachineProfile: { storageProfile: { imageReference: reference } } },
      { storageProfile: { imageReference: reference } },
      { storageProfile: { imageReference: { id: gallery } } },
      { agentPoolProfiles: [{ creationData: { sourceResourceId: snapshot } }, {}] },
      { creationData: { createOption: "Empty" } },
    ];
    const resources = given.map((inputs) => ({ token: "", arm: "", id: "/x", inputs }));
    const facts = { ...noFacts, resources };
    expect(images.needs(facts)).toMatchObject({ market: [reference], ids: [gallery, snapshot] });
    expect(images.needs({ ...noFacts, resources: resources.slice(4) })).toBeNull();
  });
});

const noFacts = {
  stack: "dev",
  subscriptionId: "one",
  declaredSubscriptionId: "one",
  otherwise: null,
  declaredTenantId: null,
  location: "eastus",
  quota: [],
  regionalVcpus: 0,
  resources: [],
  existingSubnets: [],
  identity: { objectId: null, tenantId: null },
};

it("asks nothing of a plan that makes nothing in Azure, but whether the subscription is there", () => {
  const asks = [computeQuota, countedQuota, images, names, providers].map((it) => it.needs(noFacts));
  expect(asks).toEqual([null, null, null, null, null]);
  expect(subscription.needs(noFacts)).not.toBeNull();
});

describe("a name", () => {
  const [account] = Object.values(nameAvailability);
  const need = { ...account, name: "st", id: "/subscriptions/one/ST" } as Parameters<
    typeof names.judge
  >[0]["names"][number];
  const judge = (answer: Answer, own = nothing): ReturnType<typeof told> =>
    told(
      names.judge(
        { subscriptionId: "one", location: "eastus", names: [need], resources: [] },
        { answers: [answer], own },
      ),
    );

  it.each<[answer: Answer, told: readonly [string, string]]>([
    [found({ nameAvailable: true }), ["ok", "free"]],
    [found({ available: true }), ["ok", "free"]],
    [found({ nameAvailable: false, reason: "AlreadyExists" }), ["missing", "somebody has it"]],
    [found({ nameAvailable: false, reason: "AccountNameInvalid" }), ["missing", "AccountNameInvalid"]],
    [found({ available: false }), ["missing", "taken"]],
    [
      found({ nameAvailable: "perhaps" }),
      ["unknown", "could not be asked: the answer has another form than the one that is published"],
    ],
    [silent, ["unknown", "could not be asked: Azure failed"]],
  ])("%j", (answer, said) => {
    expect(judge(answer)).toEqual([said]);
    expect(judge(answer, { ...nothing, ids: new Set(["/subscriptions/one/st"]) })).toEqual([
      ["ok", "this environment has it already"],
    ]);
  });

  it("is not known to be somebody else's while nobody says what is ours", () => {
    expect(judge(found({ nameAvailable: false, reason: "AlreadyExists" }), { ...nothing, unknown: silent })).toEqual([
      ["unknown", "could not be asked: Azure failed"],
    ]);
  });
});

describe("a quota", () => {
  const place = { subscriptionId: "one", location: "eastus", provider: "Microsoft.Compute", apiVersion: "2024-11-01" };
  const usages = (name: string, limit: number, currentValue: number): Answer =>
    found({ value: [{ name: { value: name }, limit, currentValue }] });

  it("of a family that no source names is to be looked up", () => {
    const needs = {
      place,
      families: [{ family: null, vcpus: 8, spot: false }],
      regionalVcpus: 0,
      machines: [],
      resources: [],
    };
    expect(told(computeQuota.judge(needs, { usages: usages("cores", 1, 0), own: nothing }))).toEqual([
      ["warning", "the catalogue cannot say which quota it is"],
    ]);
  });

  it("of spot has nothing to do with that of the family, nor its own machines with each other", () => {
    const machines = [pool("a10"), pool("spot", { spot: true })];
    const own = { ...nothing, nodes: new Map(machines.map(({ id }) => [id.toLowerCase(), 2])) };
    const needs = {
      place,
      families: [{ family: "lowPriorityCores", vcpus: 72, spot: true }],
      regionalVcpus: 0,
      machines,
      resources: [],
    };
    expect(told(computeQuota.judge(needs, { usages: usages("lowPriorityCores", 100, 100), own }))).toEqual([
      ["ok", "100 vCPUs, 100 used, 72 of them by this environment"],
    ]);
  });

  it("that seems too small is not known to be while nobody says what of it is ours", () => {
    const needs = { place, families: [], regionalVcpus: 72, machines: [], resources: [] };
    const own = { ...nothing, unknown: silent };
    expect(told(computeQuota.judge(needs, { usages: usages("cores", 10, 0), own }))[0]?.[0]).toBe("unknown");
    expect(told(computeQuota.judge(needs, { usages: usages("cores", 100, 0), own }))[0]?.[0]).toBe("ok");
  });

  it("that Azure does not list is to be looked up", () => {
    const needs = {
      subscriptionId: "one",
      counted: [{ provider: "Microsoft.Compute", usages: ["NatGateways"], ids: ["/a"] }],
      places: new Map([["Microsoft.Compute", place]]),
      resources: [],
    };
    const answers = { usages: new Map([["Microsoft.Compute", usages("other", 1, 0)]]), own: nothing };
    expect(told(countedQuota.judge(needs, answers))).toEqual([
      ["warning", "Microsoft.Compute lists no such quota in eastus"],
    ]);
  });
});

describe("what is there of an environment", () => {
  const group = "/subscriptions/one/resourceGroups/rg";
  const cluster = `${group}/providers/Microsoft.ContainerService/managedClusters/aks`;
  const resources = [{ token: "", arm: "", id: cluster, inputs: {} }];

  it("is found by its planned IDs; a pool that is stopped has no machine", async () => {
    const asked: string[] = [];
    const own = await askOwn("one", { resources, machines: [pool("a10"), pool("b10")] }, ({ path }) => {
      asked.push(path);
      return Promise.resolve(
        path.endsWith("/resources")
          ? found({ value: [{ id: cluster.toUpperCase() }] })
          : found({
              properties: {
                agentPoolProfiles: [
                  { name: "a10", count: 3 },
                  { name: "b10", count: 3, powerState: { code: "Stopped" } },
                ],
              },
            }),
      );
    });
    expect(asked).toEqual([`${group}/resources`, cluster.toLowerCase()]);
    expect([...own.nodes.values()]).toEqual([3, 0]);
    expect([[...own.ids], [...own.groups], own.unknown]).toEqual([[cluster.toLowerCase()], ["rg"], null]);
  });

  it("is nothing before the first up, and not known where nobody says", async () => {
    const told = (answer: Answer): ReturnType<typeof askOwn> =>
      askOwn("one", { resources, machines: [pool("a10")] }, () => Promise.resolve(answer));
    expect(await told(absent)).toEqual(nothing);
    expect(await told(silent)).toEqual({ ...nothing, unknown: silent });
  });
});

it.each<[what: string, body: Value, verdicts: readonly string[]]>([
  ["enabled", { state: "Enabled" }, ["ok", "ok", "ok"]],
  ["late with a payment", { state: "PastDue" }, ["warning", "ok", "ok"]],
  ["warned", { state: "Warned" }, ["missing", "ok", "ok"]],
  [
    "without a limit for now",
    { state: "Enabled", subscriptionPolicies: { spendingLimit: "CurrentPeriodOff" } },
    ["ok", "warning", "ok"],
  ],
])("a subscription that is %s", (_, body, verdicts) => {
  expect(subscription.judge(noFacts, found(body)).map((it) => it.verdict)).toEqual(verdicts);
});

it.each<
  [declared: string | null, otherwise: PreflightFacts["otherwise"], verdict: string, have: string, remedy: boolean]
>([
  ["one", { subscriptionId: "two", saidBy: "the login" }, "ok", "the same in the stack file", false],
  ["two", { subscriptionId: "one", saidBy: "the login" }, "missing", "two in the stack file", true],
  [
    null,
    { subscriptionId: "one", saidBy: "the login" },
    "warning",
    "not set: up would use one, that of the login",
    true,
  ],
  [
    null,
    { subscriptionId: "two", saidBy: "the login" },
    "missing",
    "not set: up would use two, that of the login",
    true,
  ],
  [
    null,
    { subscriptionId: "two", saidBy: "ARM_SUBSCRIPTION_ID" },
    "missing",
    "not set: up would use two, that of ARM_SUBSCRIPTION_ID",
    true,
  ],
  [null, null, "missing", "not set: up would use the one of the login", true],
])(
  "one is asked, the stack file names %s, otherwise it would be %j: %s",
  (declared, otherwise, verdict, have, mends) => {
    const facts = { ...noFacts, declaredSubscriptionId: declared, otherwise };
    const judged = subscription.judge(facts, found({ state: "Enabled" })).at(-1);
    expect(judged).toMatchObject({ subject: "azure-native:subscriptionId", verdict, have });
    expect(judged?.remedy?.includes("pulumi config set azure-native:subscriptionId one --stack dev") ?? false).toBe(
      mends,
    );
  },
);

it("the tenant of the stack file must be that of the subscription", () => {
  const judge = (tenantId: string): string[] =>
    subscription
      .judge({ ...noFacts, declaredTenantId: "mine" }, found({ state: "Enabled", tenantId }))
      .flatMap((it) => (it.subject === "tenant" ? it.verdict : []));
  expect([judge("Mine"), judge("other")]).toEqual([["ok"], ["missing"]]);
});

it("a provider is there when it is registered and its types are offered in the region", () => {
  const needs = { subscriptionId: "one", location: "eastus", providers: new Map([["Microsoft.X", ["a", "b", "c"]]]) };
  const answer = found({
    registrationState: "Registering",
    resourceTypes: [
      { resourceType: "A", locations: ["West US", "East US"] },
      { resourceType: "b", locations: ["West US"] },
      { resourceType: "c", locations: [] },
    ],
  });
  expect(
    providers.judge(needs, new Map([["Microsoft.X", answer]])).map(({ subject, verdict }) => `${verdict} ${subject}`),
  ).toEqual(["missing Microsoft.X", "missing Microsoft.X/b"]);
  expect(told(providers.judge(needs, new Map([["Microsoft.X", absent]])))).toEqual([
    ["missing", "this cloud has no such provider"],
  ]);
});
