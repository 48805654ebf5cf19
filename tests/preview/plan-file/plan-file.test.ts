import { readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MisconfiguredError } from "../../../core/problems";
import { type FiledBill, filedBill, withoutRegion } from "../../../preview/plan-file/filed-bill";
import { readPlanFile } from "../../../preview/plan-file/read-plan-file";
import { renderBill } from "../../../preview/plan-file/render-bill";

const text = (name: string): string => readFileSync(path.join(__dirname, `${name}.json`), "utf8");

function billFrom(content: string, region = "eastus"): FiledBill {
  const plan = readPlanFile("plan.json", content);
  return filedBill(plan, plan.location ?? region);
}

function short({ cost }: FiledBill): unknown[] {
  return cost.lines.map((it) => [it.resource, it.what, it.idleUsdPerMonth, it.fullUsdPerMonth]);
}

/** A plan with these steps, as the CLI writes it. */
function withSteps(...steps: readonly object[]): string {
  return JSON.stringify({ config: { "azure-native:location": "eastus" }, steps, changeSummary: {} });
}

const gateway = {
  urn: "urn:pulumi:dev::x::azure-native:network:NatGateway::out",
  custom: true,
  type: "azure-native:network:NatGateway",
  inputs: { natGatewayName: "out", location: "eastus" },
};

describe("a plan of somebody else's program", () => {
  it("with a scale set, of types with versions, and a secret, is priced where the provider puts it", () => {
    const bill = billFrom(text("scale-set"));
    expect(bill).toMatchObject({
      location: "westeurope",
      resources: 6,
      unknownTypes: { "azure-native:solutions/v20230701:Application": 1 },
      notRead: { random: 1 },
      leftOut: 0,
    });
    expect(short(bill)).toEqual([
      ["workers9b", "nodes Standard_D8ds_v5", 2382.72, 2382.72],
      ["ip0aa", "public address", 3.65, 3.65],
      ["balancer1e", "load balancer with up to 5 rules", 18.25, 18.25],
      ["workers9b", "Premium SSD up to 64 GiB (P6 LRS)", 67.36, 67.36],
    ]);
  });

  it("with a cluster that is there is priced as it will be, and what it replaces once", () => {
    const bill = billFrom(text("aks"));
    expect(bill).toMatchObject({ location: "eastus", resources: 4, unknownTypes: {}, notRead: { kubernetes: 1 } });
    // Three of the twelve that stay are in the file.
    expect(bill.leftOut).toBe(9);
    expect(short(bill)).toEqual([
      ["apps", "nodes Standard_D4ds_v5", 494.94, 494.94],
      ["batch2", "nodes Standard_D8ds_v5", 0, 1649.8],
      ["apps", "AKS control plane Standard", 73, 73],
      ["apps", "load balancer with up to 5 rules", 18.25, 18.25],
      ["apps", "public address", 3.65, 3.65],
    ]);
    expect(bill.cost.unpriced).toContainEqual(
      expect.objectContaining({ what: "nodes", because: "their size is not known yet" }),
    );
  });

  it("with storage tells what bills by use, and takes the region that its resources name", () => {
    const bill = billFrom(text("storage"));
    expect(bill).toMatchObject({ location: "northeurope", resources: 5, notRead: { azure: 1 } });
    expect(short(bill)).toEqual([["scratch51", "Standard SSD up to 1024 GiB (E30 LRS)", 76.8, 76.8]]);
    expect(bill.cost.byUse.map(({ use, price }) => [use, price.usd])).toContainEqual(["coolBlobTiB", 0.01]);
  });

  it("names no region where its resources are in several", () => {
    const elsewhere = { ...gateway, urn: `${gateway.urn}2`, inputs: { location: "West US" } };
    const plan = JSON.parse(
      withSteps({ op: "create", newState: gateway }, { op: "create", newState: elsewhere }),
    ) as object;
    expect(readPlanFile("f", JSON.stringify({ ...plan, config: {} })).location).toBeNull();
  });

  describe("in two regions", () => {
    const state = (type: string, name: string, inputs: object, more: object = {}): object => ({
      op: "create",
      newState: {
        urn: `urn:pulumi:dev::x::azure-native:${type}::${name}`,
        custom: true,
        type: `azure-native:${type}`,
        inputs,
        ...more,
      },
    });
    const cluster = (name: string, location: string): object =>
      state("containerservice:ManagedCluster", name, { location, resourceName: name, sku: { tier: "Standard" } });
    const pool = (name: string, resourceName: string, more?: object): object =>
      state(
        "containerservice:AgentPool",
        name,
        { resourceName, agentPoolName: name, vmSize: "Standard_ND96isr_H100_v5", osDiskType: "Ephemeral", count: 1 },
        more,
      );
    const clusters = [cluster("west", "westeurope"), cluster("east", "eastus")];
    // Until its cluster is made, Azure's name of it may not be known.
    const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
    const urn = "urn:pulumi:dev::x::azure-native:containerservice:ManagedCluster::east";
    const plan = readPlanFile(
      "f",
      JSON.stringify({
        steps: [
          ...clusters,
          pool("one", "west"),
          pool("two", unknown, { propertyDependencies: { resourceName: [urn], vmSize: [] } }),
        ],
      }),
    );

    it("is priced in each of them, what is a part of something with that", () => {
      expect(plan.location).toBeNull();
      expect(withoutRegion(plan)).toEqual([]);
      const bill = filedBill(plan, null);
      expect(bill.location).toBeNull();
      const nodes = bill.cost.lines.filter((it) => it.kind === "nodes");
      expect(nodes.map((it) => [it.resource, it.price.region, it.price.usd])).toEqual([
        ["one", "westeurope", 127.816],
        ["two", "eastus", 98.32],
      ]);
      // What nodes would cost otherwise is of their region, too.
      expect(bill.cost.byPool.map((it) => [it.name, it.nodesBoughtAs.spot !== null])).toEqual([
        ["one", true],
        ["two", false],
      ]);
      expect(renderBill("plan.json", bill)).toMatch(/^plan\.json in the regions of its resources: 4 resources/);
    });

    it("takes none of them for what is in neither, and names it", () => {
      const lost = state("network:NatGateway", "lost", {});
      expect(withoutRegion(readPlanFile("f", JSON.stringify({ steps: [...clusters, lost] })))).toEqual(["lost"]);
      const free = state("network:NetworkInterface", "free", {});
      expect(withoutRegion(readPlanFile("f", JSON.stringify({ steps: [...clusters, free] })))).toEqual([]);
    });
  });

  it.each([
    ["create", 1],
    ["same", 1],
    ["update", 1],
    ["replace", 1],
    ["create-replacement", 1],
    ["import", 1],
    ["import-replacement", 1],
    ["refresh", 1],
    ["delete", 0],
    ["delete-replaced", 0],
    ["remove-pending-replace", 0],
    ["discard-replaced", 0],
    ["read", 0],
    ["read-replacement", 0],
    ["discard", 0],
    ["diff", 0],
  ])("counts what the step %s leaves behind", (op, resources) => {
    expect(billFrom(withSteps({ op, newState: gateway, oldState: gateway })).resources).toBe(resources);
  });

  it.each<[string, readonly string[], number]>([
    ["is refreshed and changed", ["refresh", "update"], 1],
    ["is found gone and made again", ["delete", "create"], 1],
    ["is refreshed and deleted", ["refresh", "delete"], 0],
    ["is replaced, the old one last", ["create-replacement", "replace", "delete-replaced"], 1],
    ["is replaced, the old one first", ["delete-replaced", "replace", "create-replacement"], 1],
    ["is replaced by what is imported", ["import-replacement", "delete-replaced"], 1],
  ])("counts a resource that %s once or not", (_, ops, resources) => {
    const steps = ops.map((op) => ({ op, urn: gateway.urn, newState: gateway }));
    expect(billFrom(withSteps(...steps)).resources).toBe(resources);
  });

  it("of an API version that the program fixed is priced like any other", () => {
    const machine = (type: string): object => ({
      op: "create",
      newState: {
        ...gateway,
        urn: `urn:pulumi:dev::x::${type}::vm`,
        type,
        inputs: { location: "West Europe", vmName: "vm", hardwareProfile: { vmSize: "Standard_D4ds_v5" } },
      },
    });
    const steps = [
      "azure-native_compute_v20240701:compute:VirtualMachine",
      "azure-native:compute/v20240701:VirtualMachine",
    ];
    const plan = readPlanFile("f", JSON.stringify({ steps: steps.map(machine) }));
    expect(plan.location).toBe("westeurope");
    const bill = filedBill(plan, plan.location);
    expect(bill).toMatchObject({ resources: 2, notRead: {}, unknownTypes: {} });
    expect(bill.cost.lines.map((it) => [it.what, it.price.region])).toEqual([
      ["nodes Standard_D4ds_v5", "westeurope"],
      ["nodes Standard_D4ds_v5", "westeurope"],
    ]);
  });

  it("of nothing has no list of steps, or an empty one", () => {
    for (const plan of [
      { config: {}, changeSummary: { same: 4 } },
      { config: {}, steps: [], changeSummary: { same: 4 } },
    ]) {
      expect(billFrom(JSON.stringify(plan))).toMatchObject({ resources: 0, leftOut: 4, cost: { lines: [] } });
    }
  });

  it("forgets what is secret", () => {
    const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", plaintext: "hunter2" };
    const state = { ...gateway, inputs: { ...gateway.inputs, deep: [{ password: secret }] } };
    expect(JSON.stringify(readPlanFile("f", withSteps({ op: "create", newState: state })))).not.toContain("hunter2");
  });

  it("is priced or refused, whatever its inputs are", () => {
    const types = [
      "compute:VirtualMachineScaleSet",
      "containerservice:ManagedCluster",
      "storage:StorageAccount",
      "nope:It",
    ];
    fc.assert(
      fc.property(fc.constantFrom(...types), fc.dictionary(fc.string(), fc.jsonValue()), (type, inputs) => {
        const state = { ...gateway, type: `azure-native:${type}`, inputs };
        const { cost } = billFrom(withSteps({ op: "create", newState: state }));
        expect(cost.fullUsdPerMonth).toBeGreaterThanOrEqual(cost.idleUsdPerMonth);
      }),
      { numRuns: 200 },
    );
  });
});

describe("a file that is no plan", () => {
  const whole = text("aks");
  it.each<[string, string, RegExp]>([
    ["is empty", " \n", /must not be empty/],
    ["is no JSON", "Previewing update (dev)", /must be JSON/],
    ["breaks off", whole.slice(0, whole.length / 2), /must be whole JSON: it breaks off/],
    ["is a list", "[]", /must be a JSON object/],
    ["is something else", '{"name":"x"}', /must have a list of steps/],
    [
      "is a plan of Terraform",
      '{"format_version":"1.2","terraform_version":"1.9.0","planned_values":{}}',
      /must be a plan of Pulumi: it is one of Terraform/,
    ],
    ["is a state", '{"version":3,"deployment":{"resources":[]}}', /it is the state of a stack, as pulumi stack export/],
    [
      "is a log of events",
      '{"sequence":0,"preludeEvent":{}}\n{"sequence":1,"resourcePreEvent":{}}\n',
      /it is a log of the engine's events, one a line/,
    ],
    ["is several documents", '{"steps":[]}\n{"steps":[]}\n', /it is several, one a line/],
    ["is nested without end", `{"steps":${"[".repeat(500)}${"]".repeat(500)}}`, /must not be nested in more than 500/],
    ["is as deep as may be", `{"steps":${"[".repeat(499)}${"]".repeat(499)}}`, /steps\[0\]\.op/],
    ["has a step of nothing", withSteps({ newState: {} }), /steps\[0\]\.op.* must say what the step does/],
    [
      "has a step that no engine makes",
      withSteps({ op: "crate", newState: {} }),
      /steps\[0\]\.op.* must be a step of Pulumi's engine.*crate/,
    ],
    [
      "has a resource without a type",
      withSteps({ op: "create", newState: { urn: "x" } }),
      /steps\[0\]\.newState.* must have a urn/,
    ],
  ])("because it %s is refused with what it seems to be", (_, content, message) => {
    expect(() => readPlanFile("plan.json", content)).toThrow(MisconfiguredError);
    expect(() => readPlanFile("plan.json", content)).toThrow(message);
  });
});

describe("a bill for people", () => {
  it("has every line, the sums, and what is not in them", () => {
    const printed = renderBill("plan.json", billFrom(text("aks")));
    expect(printed).toContain("plan.json in eastus: 4 resources of Azure, 5 lines\n");
    expect(printed).toMatch(
      / {2}nodes {4}batch2 {4}nodes Standard_D8ds_v5 +0\.452 a node and hour +0\.00 +1,649\.80\n/,
    );
    expect(printed).toContain("  Not read, because they are of other providers: kubernetes.\n");
    expect(printed).toContain("  9 resources that stay as they are are not in the file");
    expect(renderBill("plan.json", billFrom(text("scale-set")))).toContain(
      "  Types that nobody has said anything of here: azure-native:solutions/v20230701:Application.\n",
    );
  });

  it("of nothing has no table", () => {
    expect(renderBill("plan.json", billFrom(withSteps()))).toMatch(
      /^plan\.json in eastus: 0 resources of Azure, 0 lines\n\nCost\n/,
    );
  });
});
