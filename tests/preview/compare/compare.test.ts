import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { secret, unknownValue } from "../../../core/property-marks";
import { changedPaths } from "../../../preview/compare/changed-paths";
import { compareTo } from "../../../preview/compare/compare-to";
import { type Difference, difference, isNone } from "../../../preview/compare/difference";
import { renderMarkdown } from "../../../preview/compare/render-markdown";
import { resourceChanges } from "../../../preview/compare/resource-changes";
import { type FiledResource, readPlanFile } from "../../../preview/plan-file/read-plan-file";
import type { Preview } from "../../../preview/preview";
import { previewJson } from "../../../preview/preview-json";
import { summarise } from "../../../preview/summary/summary";
import type { Finding } from "../../../policies/engine/judge";
import { shippedPreview } from "../../shipped-previews";
import { today } from "../../stack-files";

function made(type: string, name: string, inputs: object, options: FiledResource["options"] = {}): FiledResource {
  const urn = `urn:pulumi:dev::x::${type}::${name}`;
  return { urn, type, name, custom: true, parent: "", inputs: inputs as FiledResource["inputs"], options };
}

const pool = (inputs: object, options?: FiledResource["options"]): FiledResource =>
  made(
    "azure-native:containerservice:AgentPool",
    "p",
    { agentPoolName: "p", vmSize: "Standard_D8ds_v5", osDiskType: "Ephemeral", count: 2, ...inputs },
    options,
  );
const disk = (inputs: object, options?: FiledResource["options"]): FiledResource =>
  made(
    "azure-native:compute:Disk",
    "d",
    { diskName: "d", location: "eastus", diskSizeGB: 128, sku: { name: "Premium_LRS" }, ...inputs },
    options,
  );
const config = (inputs: object): FiledResource =>
  made("kubernetes:core/v1:ConfigMap", "c", { metadata: { name: "c", namespace: "n" }, ...inputs });

function of(before: readonly FiledResource[], after: readonly FiledResource[], findings: Finding[][] = []): Difference {
  const one = (resources: readonly FiledResource[], at: number) => ({
    resources,
    summary: summarise(resources, "eastus"),
    findings: findings[at] ?? [],
  });
  return difference(one(before, 0), one(after, 1));
}

const markdown = (...args: Parameters<typeof of>): string => renderMarkdown("dev in eastus", of(...args));

describe("paths that change", () => {
  it.each<[string, unknown, unknown, string[]]>([
    ["of what is the same", { a: [1, { b: 2 }] }, { a: [1, { b: 2 }] }, []],
    ["deep", { a: [1, { b: 2 }] }, { a: [1, { b: 3 }] }, ["a[1].b"]],
    ["of a list that grows", { a: [1] }, { a: [1, 2] }, ["a[1]"]],
    ["of what comes and goes", { a: 1 }, { b: 1 }, ["a", "b"]],
    ["of what becomes something else", { a: { b: 1 } }, { a: [1] }, ["a"]],
    ["of what is not known in one", { a: unknownValue, b: 1 }, { a: 5, b: unknownValue }, []],
    ["of a text that holds what is not known", { a: `x-${unknownValue}` }, { a: "x-5" }, []],
    ["of a provider", { __defaults: [], meta: { "pulumi.com/autonamed": "true" } }, { meta: {} }, []],
    ["of a key with dots", { labels: { "x.io/y": "1" } }, { labels: { "x.io/y": "2" } }, ['labels["x.io/y"]']],
  ])("%s", (_, before, after, paths) => {
    expect(changedPaths(before, after)).toEqual(paths);
  });

  it("are none of anything with itself", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(changedPaths(value, structuredClone(value))).toEqual([]);
      }),
    );
  });
});

describe("resources", () => {
  const changes = (was: FiledResource, now: FiledResource) => resourceChanges([was], [now]);

  it.each<[string, FiledResource, FiledResource, string[]]>([
    ["a name in Azure", disk({}), disk({ diskName: "e" }), ["diskName"]],
    ["a region", disk({}), disk({ location: "westus3" }), ["location"]],
    ["what is fixed at creation", pool({}), pool({ vmSize: "Standard_D4ds_v5" }), ["vmSize"]],
    [
      "what the program says must",
      pool({ maxPods: 30 }),
      pool({ maxPods: 60 }, { replaceOnChanges: ["maxPods"] }),
      ["maxPods"],
    ],
    ["a name in Kubernetes", config({}), config({ metadata: { name: "d", namespace: "n" } }), ["metadata.name"]],
  ])("are replaced by %s", (_, was, now, because) => {
    expect(changes(was, now)).toMatchObject({ added: [], removed: [], changed: [], replaced: [{ because }] });
  });

  it.each<[string, FiledResource, FiledResource]>([
    ["another spelling of the region", disk({}), disk({ location: "East US" })],
    ["a region or name that the provider fills in", disk({}), disk({ location: undefined, diskName: undefined })],
    ["what the program ignores", pool({ count: 2 }), pool({ count: 3 }, { ignoreChanges: ["count"] })],
    [
      "what lies below what it ignores",
      config({ data: { a: "1" } }),
      { ...config({ data: { a: "2" } }), options: { ignoreChanges: ["data"] } },
    ],
  ])("are the same with %s", (_, was, now) => {
    expect(changes(was, now)).toEqual({ added: [], removed: [], changed: [], replaced: [] });
  });

  it("are changed, and say what Azure refuses and what has no effect", () => {
    expect(changes(pool({ maxPods: 30, count: 2 }), pool({ maxPods: 60, count: 3 })).changed).toEqual([
      {
        type: "azure-native:containerservice:AgentPool",
        name: "p",
        data: false,
        protected: false,
        paths: ["count", "maxPods"],
        refused: ["maxPods"],
        ignored: [],
      },
    ]);
  });

  it("are the same under a name in the program that they had before", () => {
    const now = { ...disk({}), urn: "urn:pulumi:dev::x::azure-native:compute:Disk::new", name: "new" };
    expect(resourceChanges([disk({})], [now])).toMatchObject({ added: [{ name: "d" }], removed: [{ name: "d" }] });
    const aliased = { ...now, options: { aliases: [disk({}).urn] } };
    expect(resourceChanges([disk({})], [aliased])).toEqual({ added: [], removed: [], changed: [], replaced: [] });
  });

  it("count without components and providers", () => {
    const component = { ...made("my:own:Thing", "t", {}), custom: false };
    expect(resourceChanges([], [component, made("pulumi:providers:azure-native", "p", {})]).added).toEqual([]);
  });

  it.each<[string, boolean]>([
    ["azure-native:storage:StorageAccount", true],
    ["azure-native:compute/v20240301:Disk", true],
    ["azure-native:operationalinsights:Workspace", true],
    ["azure-native:network:NatGateway", false],
    ["kubernetes:core/v1:ConfigMap", false],
  ])("of type %s hold data: %s", (type, data) => {
    expect(resourceChanges([made(type, "x", {})], []).removed).toMatchObject([{ data }]);
  });
});

describe("as Markdown", () => {
  it("is one line where nothing changes", () => {
    expect(markdown([pool({}), disk({})], [disk({}), pool({})])).toBe("dev in eastus: nothing changes.\n");
  });

  it("has the costs, the lines that change, quota and what changes", () => {
    expect(markdown([pool({}), disk({})], [pool({ count: 3 }), disk({})])).toBe(
      [
        "### dev in eastus",
        "",
        "| USD a month | before | after | change |",
        "| --- | --- | --- | --- |",
        "| with the fewest nodes | 680 | 1,010 | +330 |",
        "| with the most | 680 | 1,010 | +330 |",
        "",
        "| bill | resource | what | idle month | full month |",
        "| --- | --- | --- | --- | --- |",
        "| nodes | p | nodes Standard\\_D8ds\\_v5 | +330 | +330 |",
        "",
        "| quota, vCPUs | region | before | after |",
        "| --- | --- | --- | --- |",
        "| standardDDSv5Family | eastus | 24 | 32 |",
        "",
        "**Changed**: 1 resource",
        "",
        "- `AgentPool` `p`: `count`",
        "",
      ].join("\n"),
    );
  });

  it("has GPUs and energy where they change", () => {
    const gpus = { vmSize: "Standard_ND96isr_H100_v5", enableAutoScaling: true, minCount: 0 };
    const lines = markdown([pool({ ...gpus, maxCount: 2 })], [pool({ ...gpus, maxCount: 4 })]).split("\n");
    expect(lines.filter((it) => /^- [A-Zk]/.test(it))).toEqual([
      "- GPUs: 16 before, 32 after",
      "- GPU nodes: 2 before, 4 after",
      "- kW at full load: 17.1 before, 34.2 after",
      "- kWh a month at full load: 12,483 before, 24,966 after",
    ]);
  });

  it("warns first, and loudly where data or protected things go", () => {
    const kept = disk({}, { protect: true });
    const text = markdown([kept, pool({})], [disk({ location: "westus3" }), pool({ vmSize: "Standard_D4ds_v5" })]);
    expect(text.split("\n").slice(2, 6)).toEqual([
      "> [!CAUTION]",
      "> - **replaced** **(DATA, PROTECTED)**: `Disk` `d`, because of `location`. It is protected: `up` stops there",
      "> - **replaced**: `AgentPool` `p`, because of `vmSize`",
      "",
    ]);
    expect(markdown([disk({})], [])).toContain("> - **removed** **(DATA)**: `Disk` `d`. What it holds is lost\n");
    expect(markdown([pool({})], [pool({ vmSize: "Standard_D4ds_v5" })])).toContain("> [!WARNING]\n");
    expect(markdown([pool({})], [pool({ maxPods: 60 })])).toContain(
      "> [!CAUTION]\n> - **refused by Azure**: `AgentPool` `p` cannot change `maxPods`\n",
    );
  });

  it("lists what is added and removed by type, few names of many", () => {
    const many = Array.from({ length: 12 }, (_, at) => made("kubernetes:core/v1:ConfigMap", `c${at}`, {}));
    expect(markdown([], many)).toContain(
      "**Added**: 12 resources\n\n- `kubernetes:core/v1:ConfigMap`: `c0`, `c1`, `c10`, `c11`, `c2`, `c3`, `c4`, `c5` and 4 more\n",
    );
    expect(markdown(many.slice(0, 1), [])).toContain("**Removed**: 1 resource\n");
  });

  const backups = (name: string): FiledResource =>
    made("azure-native:netapp:CapacityPool", name, { poolName: name, serviceLevel: "Flexible", size: 2 ** 40 });

  it("lists what has no price and comes or goes, of each resource, and nothing that stays", () => {
    const text = markdown([backups("a")], [backups("a"), backups("b")]);
    expect(text).toContain(
      "**Without a price here, so in none of these figures**: 1\n\n- `b`: NetApp Files Flexible (only Standard, Premium and Ultra have meters here)\n",
    );
    expect(text).not.toContain("never in these figures");
    expect(markdown([backups("a")], [])).toContain("**No longer there, and never in these figures**: 1\n\n- `a`: ");
    const { cost } = of([backups("a")], [backups("b")]);
    expect([cost.unpriced.added, cost.unpriced.gone].map((all) => all.map((it) => it.resource))).toEqual([
      ["b"],
      ["a"],
    ]);
    // Nor what no resource is charged for, though its words name the sizes.
    expect(of([pool({})], [pool({ vmSize: "Standard_D4ds_v5" })]).cost.unpriced).toEqual({ added: [], gone: [] });
    expect(isNone(of([backups("a")], [backups("a")]))).toBe(true);
    const many = Array.from({ length: 40 }, (_, at) => backups(`p${at}`));
    expect(markdown([], many)).toContain("- and 10 more\n");
  });

  it("lists findings that come and go", () => {
    const finding = {
      rule: "fin-x",
      level: "mandatory",
      urn: pool({}).urn,
      path: "count",
      message: "a | b",
    } as Finding;
    expect(markdown([], [], [[], [finding]])).toContain("**New findings**: 1\n\n- mandatory `fin-x` on `p`: a \\| b\n");
    expect(markdown([], [], [[finding], []])).toContain("**Findings that go**: 1\n");
    expect(isNone(of([], [], [[finding], [{ ...finding, message: "another" }]]))).toBe(true);
  });

  it("has no markup of what users name", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (name) => {
        const text = markdown(
          [],
          [made("azure-native:compute:Disk", "x", { diskName: `${name}|`, ...disk({}).inputs })],
        );
        const table = text.split("\n").filter((line) => line.startsWith("| disks"));
        for (const row of table) expect(row.replace(/\\./g, "").split("|")).toHaveLength(7);
      }),
    );
    const hostile = made("azure-native:network:NatGateway", "x", { natGatewayName: "`a` | @all\n<b>" });
    const text = markdown([], [hostile]);
    expect(text).toContain("- `azure-native:network:NatGateway`: `` `a` | @all <b> ``\n");
    expect(text).toContain("| network | \\`a\\` \\| @&#8203;all \\<b\\> | NAT gateway |");
  });

  it("says the same again, whatever the order of resources", () => {
    const before = [pool({}), disk({}), config({})];
    const after = [pool({ count: 5 }), config({ data: { a: "1" } }), made("azure-native:network:NatGateway", "g", {})];
    expect(markdown([...before].reverse(), [...after].reverse())).toBe(markdown(before, after));
  });
});

describe("a preview and what one wrote before", () => {
  let dev: Preview;
  let file: string;
  beforeAll(async () => {
    dev = await shippedPreview("dev");
    file = JSON.stringify(previewJson(dev, 1));
  });
  const against = (content: string): Difference => compareTo(readPlanFile("plan.json", content), dev, today);

  it("are the same", () => {
    expect(isNone(against(file))).toBe(true);
  });

  it("are the same when only a secret differs", () => {
    const named = { metadata: { name: "c" } };
    const before = made("kubernetes:core/v1:Secret", "c", { ...named, stringData: secret({ a: "1" }) });
    const written = { op: "create", newState: { ...before, inputs: before.inputs } };
    const [read] = readPlanFile("f", JSON.stringify({ steps: [written], changeSummary: {} })).resources;
    expect(read?.inputs["stringData"]).toBe(unknownValue);
  });

  it("differ by what was changed in the file, in cost and findings alike", () => {
    const { steps, ...rest } = JSON.parse(file) as { steps: { newState: { type: string; inputs: object } }[] };
    const changed = steps.map((step) =>
      step.newState.type === "azure-native:containerservice:ManagedCluster"
        ? { ...step, newState: { ...step.newState, inputs: { ...step.newState.inputs, disableLocalAccounts: false } } }
        : step,
    );
    const fewer = changed.filter(({ newState: { type } }) => type !== "azure-native:network:NatGateway");
    const { findings, resources, cost } = against(JSON.stringify({ ...rest, steps: fewer }));
    expect(findings.gone.map(({ rule }) => rule)).toContain("aks-no-local-accounts");
    expect(resources.changed.map(({ paths }) => paths)).toEqual([["disableLocalAccounts"]]);
    const gateways = steps.length - fewer.length;
    expect(resources.added).toHaveLength(gateways);
    expect(cost.lines).toHaveLength(gateways);
    expect(gateways).toBeGreaterThan(0);
  });
});
