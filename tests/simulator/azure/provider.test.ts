import { execFile } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { DiffResponse, PropertyDiff } from "@pulumi/pulumi/proto/provider_pb";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parse } from "yaml";
import type { FaultKind } from "../../../simulator/azure/fault";
import { isSecret, reveal, secret, unknownValue } from "../../../core/property-marks";
import type { Props } from "../../../core/property-value";
import { fromStruct } from "../../../simulator/plugin/wire";
import { World } from "../../../simulator/azure/world";
import { clusterFile } from "../../../simulator/kubernetes/cluster-file";
import { idOf, inputs, types } from "./bench";
import { type CallError, executable, newFolder, Provider } from "./provider";

let world: World;
let provider: Provider;
beforeEach(async () => {
  world = World.open(newFolder());
  provider = await Provider.here(world.folder);
});
afterEach(() => provider.stop());

const groupId = idOf(types.group, inputs.group);
const h100 = inputs.pool("h100");
const poolId = idOf(types.pool, h100);

/** The error of a call that must fail. */
async function failure(call: Promise<unknown>): Promise<CallError> {
  const error: unknown = await call.then(
    () => new Error("the call worked"),
    (it: unknown) => it,
  );
  return error as CallError; // Provider throws nothing else
}

async function restart(): Promise<void> {
  await provider.stop();
  provider = await Provider.start(world.folder);
}

async function makeCluster(): Promise<void> {
  await provider.create(types.group, inputs.group);
  await provider.create(types.cluster, inputs.cluster);
}

describe("the life of a resource", () => {
  it("is created, read, changed and deleted, and each step is written down in simulated seconds", async () => {
    const made = await provider.create(types.group, inputs.group);
    expect(made.getId()).toBe(groupId);
    expect(fromStruct(made.getProperties())).toMatchObject({ ...inputs.group, name: "rg" });

    const wanted = { ...inputs.group, tags: { owner: "me" } };
    await provider.update(types.group, groupId, inputs.group, wanted);
    const read = await provider.read(types.group, groupId, inputs.group);
    expect(fromStruct(read.getInputs())).toEqual(wanted);

    await provider.delete(types.group, groupId);
    expect((await provider.read(types.group, groupId)).getId()).toBe("");
    expect(world.isEmpty()).toBe(true);
    expect(world.operations().map(({ kind, start, end, outcome }) => [kind, start, end, outcome])).toEqual([
      ["create", 0, 3, "succeeded"],
      ["update", 3, 6, "succeeded"],
      ["read", 6, 6, "succeeded"],
      ["delete", 6, 36, "succeeded"],
      ["read", 36, 36, "ResourceNotFound"],
    ]);
    expect(world.seconds()).toBe(36);
  });

  it("empties the simulated Kubernetes cluster for a new AKS cluster, and does not ask it when one goes", async () => {
    await makeCluster();
    const nobody = { server: "https://127.0.0.1:1", certificateAuthorityData: "", token: "" };
    writeFileSync(clusterFile(world.folder), JSON.stringify(nobody));
    await provider.delete(types.cluster, idOf(types.cluster, inputs.cluster));
    expect(await failure(provider.create(types.cluster, inputs.cluster))).toMatchObject({
      message: expect.stringContaining("https://127.0.0.1:1") as unknown,
    });
  });

  it("goes on in the next provider process, at the second where the last one stopped", async () => {
    await provider.create(types.group, inputs.group);
    await restart();
    expect((await provider.read(types.group, groupId)).getId()).toBe(groupId);
    await provider.create(types.network, inputs.network);
    expect(world.operations().at(-1)).toMatchObject({ start: 3, end: 9 });
  });

  it("begins and ends in the same seconds however long the engine takes to ask, as long as time is held", async () => {
    await provider.create(types.group, inputs.group);
    await provider.stop();
    provider = await Provider.start(world.folder, 100_000, 1500);
    const account = provider.create(types.account, inputs.account);
    await new Promise((done) => setTimeout(done, 50));
    await Promise.all([account, provider.create(types.network, inputs.network)]);
    expect(world.operations().map(({ start, end }) => [start, end])).toEqual([
      [0, 3],
      [3, 9],
      [3, 28],
    ]);
  });
});

describe("a plan", () => {
  it("shows inputs and leaves unknown what only Azure knows, down to single properties", async () => {
    const oidcIssuerProfile = { enabled: true };
    const wish = { ...inputs.cluster, resourceName: "aks", nodeResourceGroup: unknownValue, oidcIssuerProfile };
    const outputs = fromStruct((await provider.create(types.cluster, wish, { preview: true })).getProperties());
    expect(outputs).toMatchObject({
      dnsPrefix: "aks",
      nodeResourceGroup: unknownValue,
      oidcIssuerProfile: { enabled: true, issuerURL: unknownValue },
      fqdn: unknownValue,
      name: unknownValue,
    });
    expect(world.isEmpty()).toBe(true);
    expect(world.operations()).toEqual([]);
  });

  it("tells updates from replacements, and which must delete first", async () => {
    const diff = await provider.diff(types.pool, h100, { ...h100, vmSize: "Standard_ND96isr_H200_v5", maxCount: 3 });
    expect(diff.getChanges()).toBe(DiffResponse.DiffChanges.DIFF_SOME);
    expect(diff.getReplacesList()).toEqual(["vmSize"]);
    expect(diff.getDeletebeforereplace()).toBe(true);
    expect(diff.getDetaileddiffMap().get("maxCount")?.getKind()).toBe(PropertyDiff.Kind.ADD);
    expect(diff.getDetaileddiffMap().get("vmSize")?.getKind()).toBe(PropertyDiff.Kind.UPDATE_REPLACE);
    const none = await provider.diff(types.pool, h100, h100);
    expect(none.getChanges()).toBe(DiffResponse.DiffChanges.DIFF_NONE);
  });
});

describe("what is not known is refused", () => {
  it("fails for a type outside of the catalogue, by name", async () => {
    const type = "azure-native:batch:BatchAccount";
    for (const call of [provider.check(type, {}), provider.create(type, {}), provider.read(type, "/x")]) {
      expect((await failure(call)).message).toContain(type);
    }
  });

  it("fails for inputs that the type does not have, and for ones that it needs", async () => {
    const failures = (await provider.check(types.group, { locaton: "eastus" })).getFailuresList();
    expect(failures.map((it) => [it.getProperty(), it.getReason()])).toEqual([
      ["locaton", `${types.group} has no input 'locaton'`],
      ["resourceGroupName", "missing required property 'resourceGroupName'"],
    ]);
    expect((await provider.check(types.group, inputs.group)).getFailuresList()).toEqual([]);
  });

  it("fails for a function that is not simulated", async () => {
    const token = "azure-native:network:getVirtualNetwork";
    expect((await failure(provider.invoke(token, {}))).message).toContain(token);
  });

  it("fails without its folder, with what to do", async () => {
    const run = promisify(execFile)(executable(), { env: { ...process.env, GPU_SIMULATOR_FOLDER: "" }, cwd: tmpdir() });
    await expect(run).rejects.toThrow("GPU_SIMULATOR_FOLDER is not set");
  });

  it("fails for a resource without its group, and keeps nothing", async () => {
    const error = await failure(provider.create(types.network, inputs.network));
    expect(error.message).toContain('Code="ResourceGroupNotFound"');
    expect(error.partial).toBeUndefined();
    expect(world.isEmpty()).toBe(true);
  });
});

describe("faults", () => {
  const make = (): Promise<unknown> => provider.create(types.pool, h100);
  const inject = (kind: FaultKind): void => world.inject({ kind, type: types.pool, name: "h100" });

  it("quota-exceeded: nothing is made, and the next try works", async () => {
    await makeCluster();
    inject("quota-exceeded");
    const error = await failure(make());
    expect(error.message).toContain("ErrCode_InsufficientVCPUQuota");
    expect([error.partial, world.resource(poolId)]).toEqual([undefined, undefined]);
    await make();
    expect(world.faults()).toEqual([]);
  });

  it("sku-not-available: nothing is made, and the next try works", async () => {
    await makeCluster();
    inject("sku-not-available");
    const error = await failure(make());
    expect(error.message).toContain('Status=400 Code="SkuNotAvailable"');
    expect([error.partial, world.resource(poolId)]).toEqual([undefined, undefined]);
    await make();
    expect(world.faults()).toEqual([]);
  });

  it.each([
    ["allocation-failed", "AllocationFailed"],
    ["overconstrained-allocation", "OverconstrainedAllocationRequest"],
  ] as const)("%s: the engine keeps a pool that is Failed, and an update mends it", async (kind, code) => {
    await makeCluster();
    inject(kind);
    const error = await failure(make());
    expect(error.message).toContain(`Code="${code}"`);
    expect(error.partial?.id).toBe(poolId);
    expect(error.partial?.outputs["provisioningState"]).toBe("Failed");
    expect(world.resource(poolId)?.provisioningState).toBe("Failed");
    await provider.update(types.pool, poolId, h100, h100);
    expect(world.resource(poolId)?.provisioningState).toBe("Succeeded");
  });

  it("throttled: waits as told, then works", async () => {
    await makeCluster();
    world.inject({ kind: "throttled", type: types.pool, retryAfterSeconds: 30 });
    await make();
    expect(world.operations().at(-1)).toMatchObject({ throttledWait: 30, outcome: "succeeded" });
  });

  it("conflict: changes nothing", async () => {
    await makeCluster();
    inject("conflict");
    expect((await failure(make())).message).toContain("AnotherOperationInProgress");
    expect(world.resource(poolId)).toBeUndefined();
  });

  it("timeout-after-create: it is there, the engine does not know, and the next create says so", async () => {
    await makeCluster();
    inject("timeout-after-create");
    const error = await failure(make());
    expect(error.message).toContain("context deadline exceeded");
    expect(error.partial).toBeUndefined();
    expect(world.resource(poolId)?.provisioningState).toBe("Succeeded");
    expect((await failure(make())).message).toContain(`cannot create already existing resource '${poolId}'`);
  });

  it("provider-crash: the process is gone, the resource is not", async () => {
    await restart();
    await makeCluster();
    inject("provider-crash");
    await failure(make());
    expect(await provider.exited).toBe(1);
    expect(world.resource(poolId)?.provisioningState).toBe("Succeeded");
    expect(world.operations().at(-1)?.outcome).toBe("ProviderCrashed");
    provider = await Provider.start(world.folder);
    expect((await provider.read(types.pool, poolId)).getId()).toBe(poolId);
  });

  it("a process killed in mid-operation: Azure finishes", async () => {
    await provider.stop();
    provider = await Provider.start(world.folder, 1);
    const lost = failure(provider.create(types.group, inputs.group));
    while (world.resource(groupId) === undefined) await new Promise((done) => setTimeout(done, 10));
    expect(world.resource(groupId)?.provisioningState).toBe("Creating");
    await restart();
    await lost;
    expect(world.resource(groupId)?.provisioningState).toBe("Succeeded");
  });

  it("a cancelled engine: the call ends, Azure finishes", async () => {
    await provider.stop();
    provider = await Provider.start(world.folder, 1);
    const lost = failure(provider.create(types.group, inputs.group));
    while (world.resource(groupId) === undefined) await new Promise((done) => setTimeout(done, 10));
    await provider.cancel();
    expect((await lost).message).toContain("Canceled");
    expect(world.resource(groupId)?.provisioningState).toBe("Succeeded");
  });

  it("a timeout of the program: counts in simulated seconds", async () => {
    await provider.create(types.group, inputs.group);
    const error = await failure(provider.create(types.cluster, inputs.cluster, { timeout: 60 }));
    expect(error.message).toContain("context deadline exceeded");
    expect(world.operations().at(-1)).toMatchObject({ start: 3, end: 63 });
  });
});

describe("a hand behind Pulumi's back", () => {
  it("shows in a read: the autoscaler added nodes, somebody took a tag away", async () => {
    await makeCluster();
    const wish = { ...h100, tags: { owner: "me", team: "x" } };
    await provider.create(types.pool, wish);
    world.drift(poolId, { count: 7, tags: { team: null } });
    const read = await provider.read(types.pool, poolId, wish);
    expect(fromStruct(read.getInputs())).toEqual({ ...wish, count: 7, tags: { owner: "me" } });
    expect(fromStruct(read.getProperties())).toMatchObject({ count: 7 });
  });

  it("shows in a read: gone with everything below it", async () => {
    await makeCluster();
    await provider.create(types.pool, h100);
    world.remove(idOf(types.cluster, inputs.cluster));
    expect((await provider.read(types.pool, poolId)).getId()).toBe("");
    await provider.delete(types.pool, poolId);
  });

  it("plants what Pulumi did not make, so that it can be referred to", async () => {
    world.plant(types.group, inputs.group);
    await provider.create(types.network, inputs.network);
    expect(world.resources(types.network)).toHaveLength(1);
  });
});

describe("secrets", () => {
  const word = "correct-horse-battery-staple";
  const wish: Props = { ...inputs.group, tags: { open: "yes", token: secret(word) } };

  it("stay secret in what comes back, and never reach the disk", async () => {
    const made = fromStruct((await provider.create(types.group, wish)).getProperties());
    expect(made["tags"]).toEqual(wish["tags"]);
    const read = await provider.read(types.group, groupId, wish);
    for (const props of [fromStruct(read.getInputs()), fromStruct(read.getProperties())]) {
      expect(props["tags"]).toEqual(wish["tags"]);
    }
    const changed = { ...wish, tags: secret({ token: `${word}-2` }) };
    const after = fromStruct((await provider.update(types.group, groupId, wish, changed)).getProperties());
    expect(isSecret(after["tags"])).toBe(true);
    for (const file of readdirSync(world.folder)) {
      expect(readFileSync(join(world.folder, file), "utf8"), file).not.toContain(word);
    }
  });
});

describe("credentials of a cluster", () => {
  const token = "azure-native:containerservice:listManagedClusterUserCredentials";
  const args = { resourceGroupName: "rg", resourceName: "aks" };
  const kubeconfig = async (): Promise<unknown> => {
    const answer = fromStruct((await provider.invoke(token, args)).getReturn());
    expect(isSecret(answer["kubeconfigs"])).toBe(true);
    const [first] = reveal(answer["kubeconfigs"] ?? null) as { value: string }[];
    return parse(Buffer.from(first?.value ?? "", "base64").toString("utf8"));
  };

  it("are refused without the cluster", async () => {
    expect((await failure(provider.invoke(token, args))).message).toContain("ResourceNotFound");
  });

  it("name a made-up server, or the one of the rehearsal", async () => {
    await makeCluster();
    expect(await kubeconfig()).toMatchObject({ clusters: [{ cluster: { server: "https://aks.hcp.azmk8s.io:443" } }] });
    const server = { server: "https://127.0.0.1:6443", certificateAuthorityData: "Y2E=", token: "administrator" };
    writeFileSync(join(world.folder, "kubernetes.json"), JSON.stringify(server));
    expect(await kubeconfig()).toMatchObject({
      clusters: [{ cluster: { server: server.server, "certificate-authority-data": "Y2E=" } }],
    });
  });
});
