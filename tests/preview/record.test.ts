import { Secret } from "@pulumi/azure-native/keyvault/secret";
import { getVirtualNetworkOutput } from "@pulumi/azure-native/network/getVirtualNetwork";
import { Subnet } from "@pulumi/azure-native/network/subnet";
import { ResourceGroup } from "@pulumi/azure-native/resources/resourceGroup";
import { ComponentResource, type CustomResourceOptions, Resource, secret } from "@pulumi/pulumi";
import { Message } from "google-protobuf";
import { describe, expect, it, vi } from "vitest";
import { record } from "../../preview/record";

class Box extends ComponentResource {
  public constructor(name: string, opts: CustomResourceOptions = {}) {
    super("test:box:Box", name, {}, {});
    new ResourceGroup(name, { resourceGroupName: `rg-${name}` }, { parent: this, ...opts });
    this.registerOutputs({});
  }
}

const run = (make: () => unknown): ReturnType<typeof record> =>
  record({
    stack: "dev",
    program: () => {
      make();
      return Promise.resolve({});
    },
  });

describe("record", () => {
  it("keeps type, parent, inputs and options, and answers in ARM's form", async () => {
    const { resources } = await run(
      () => new Box("a", { protect: true, ignoreChanges: ["tags"], customTimeouts: { create: "5m" } }),
    );
    const group = resources.find((it) => it.type === "azure-native:resources:ResourceGroup");
    expect(group).toMatchObject({
      urn: "urn:pulumi:dev::azure-gpu-cluster::test:box:Box$azure-native:resources:ResourceGroup::a",
      parent: "urn:pulumi:dev::azure-gpu-cluster::test:box:Box::a",
      id: "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-a",
      inputs: { resourceGroupName: "rg-a" },
      custom: true,
      options: { protect: true, ignoreChanges: ["tags"], customTimeouts: { create: "5m", update: "", delete: "" } },
    });
    expect(resources.find((it) => it.type === "test:box:Box")).toMatchObject({ custom: false, id: "", options: {} });
  });

  it("keeps dependencies, stated and by property", async () => {
    const { resources } = await run(() => {
      const group = new ResourceGroup("g", { resourceGroupName: "rg" });
      const first = new Subnet("s", { resourceGroupName: group.name, virtualNetworkName: "v", subnetName: "s" });
      new Subnet("t", { resourceGroupName: "rg", virtualNetworkName: "v", subnetName: "t" }, { dependsOn: first });
    });
    const [group, s, t] = ["g", "s", "t"].map((name) => resources.find((it) => it.name === name));
    expect(s?.propertyDependencies["resourceGroupName"]).toEqual([group?.urn]);
    expect(t?.dependencies).toEqual([s?.urn]);
  });

  it("records no secret", async () => {
    const { resources } = await run(
      () => new ResourceGroup("g", { resourceGroupName: "rg", tags: { a: secret("hunter2") } }),
    );
    expect(JSON.stringify(resources)).not.toContain("hunter2");
    expect(resources.find((it) => it.name === "g")?.inputs["tags"]).toEqual({ a: "[secret]" });
  });

  it("keeps the program's aliases and no list of old types, of which the SDK would make a URN each", async () => {
    const made: object[] = [];
    const aliases = [{ name: "former" }, { type: "azure-native:resources/v20150101:ResourceGroup" }];
    const { resources } = await run(() => {
      made.push(new ResourceGroup("g", { resourceGroupName: "rg" }, { aliases }));
    });
    const type = "azure-native:resources:ResourceGroup";
    expect(resources.find((it) => it.type === type)?.options.aliases).toEqual([
      `urn:pulumi:dev::azure-gpu-cluster::${type}::former`,
    ]);
    expect(made.map((it) => Reflect.get(it, "__aliases") as unknown)).toMatchObject([{ length: 1 }]);
  });

  it("formats no stack of calls and writes out no answer, and leaves both as they were", async () => {
    const format = vi.spyOn(Error, "prepareStackTrace").mockImplementation(String);
    const state = (): unknown[] => [{ ...Error }, Reflect.get(Resource, "stackTrace")];
    const usual = state();
    const write = vi.spyOn(Message.prototype, "toString");
    try {
      expect((await run(() => new Box("a"))).resources).toHaveLength(3);
      await expect(record({ stack: "dev", program: () => Promise.reject(new Error("bug")) })).rejects.toThrow("bug");
      expect([format.mock.calls.length, write.mock.calls.length]).toEqual([0, 0]);
      expect(state()).toEqual(usual);
    } finally {
      vi.restoreAllMocks();
    }
  });

  it("runs one program after the other without a trace of the first", async () => {
    await run(() => new Box("a"));
    const { resources } = await run(() => new Box("b"));
    expect(resources.map((it) => it.name)).toEqual(["azure-gpu-cluster-dev", "b", "b"]);
  });

  it("throws what the program throws, and can record again", async () => {
    const failing = record({ stack: "dev", program: () => Promise.reject(new Error("bug")) });
    await expect(failing).rejects.toThrow("bug");
    expect((await run(() => new Box("b"))).resources).toHaveLength(3);
  });
});

describe("what nothing is known of ends the recording, once and without an unhandled rejection", () => {
  it.each<[string, () => unknown, string]>([
    [
      "a type without a row, at the line that asks for it",
      () => {
        const secret = new Secret("k", { resourceGroupName: "rg", vaultName: "v", secretName: "k", properties: {} });
        secret.properties.apply((it) => it.secretUri.length);
      },
      "No row for azure-native:keyvault:Secret: add Secret to azure/keyvault.ts (azure/README.md says how).",
    ],
    [
      "a resource without its name",
      () => new Subnet("s", { resourceGroupName: "rg", virtualNetworkName: "v" }),
      "azure-native:network:Subnet has no subnetName",
    ],
    [
      "a function that nobody answers",
      () => getVirtualNetworkOutput({ resourceGroupName: "rg", virtualNetworkName: "v" }),
      "No answer is known for azure-native:network:getVirtualNetwork: add it to a row in azure/network.ts",
    ],
  ])("%s", async (_, make, message) => {
    await expect(run(make)).rejects.toThrow(message);
    expect((await run(() => new Box("b"))).resources).toHaveLength(3);
  });
});
