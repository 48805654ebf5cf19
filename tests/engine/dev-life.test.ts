import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { text } from "../../core/property-tree";
import { afterAll, beforeAll, expect, it } from "vitest";
import { preview } from "../../preview/preview";
import type { RecordedPlan } from "../../preview/recorded-plan";
import { ApiClient } from "../../simulator/kubernetes/api-client";
import { Cluster } from "../../simulator/kubernetes/cluster";
import { type ClusterAddress, readClusterFile } from "../../simulator/kubernetes/cluster-file";
import type { RehearsedStack } from "../../simulator/rehearsal/rehearsal";
import { plainStacks, today } from "../stack-files";
import {
  changesOf,
  edit,
  lifeSuite,
  live,
  type OpenRehearsal,
  openRehearsal,
  operationNames,
  type StackConfig,
  urnsOf,
  variantOf,
  type Watched,
  watch,
} from "./harness";

const poolType = "azure-native:containerservice:AgentPool";
const passphrase = "a-passphrase-that-stands-nowhere-else";

/** The dev stack with some changes of its config. */
const dev = (change: (config: StackConfig) => StackConfig): string => variantOf("dev", change);
const pools = (fields: StackConfig): ((config: StackConfig) => StackConfig) => {
  return (config) => edit(config, "gpuPools", fields);
};

lifeSuite("the life of dev on the real engine", () => {
  let open: OpenRehearsal;
  let stack: RehearsedStack;
  let plan: RecordedPlan;
  /** Everything that the engine printed, and every token that the cluster took. */
  const said: string[] = [];
  const tokens = new Set<string>();
  const passphraseBefore = process.env["PULUMI_CONFIG_PASSPHRASE"];

  beforeAll(async () => {
    process.env["PULUMI_CONFIG_PASSPHRASE"] = passphrase;
    plan = (await preview(plainStacks.dev, { today })).plan;
    enter();
  });

  afterAll(async () => {
    await open.close();
    if (passphraseBefore === undefined) delete process.env["PULUMI_CONFIG_PASSPHRASE"];
    else process.env["PULUMI_CONFIG_PASSPHRASE"] = passphraseBefore;
  });

  function enter(folder?: string): void {
    open = openRehearsal(folder === undefined ? {} : { folder });
    stack = open.rehearsal.use(plainStacks.dev);
  }

  const address = (): ClusterAddress => readClusterFile(join(open.folder, "simulator"));

  type Operation = "up" | "preview" | "refresh" | "destroy";
  /** Runs one operation, with another stack file when one is given. */
  async function run<K extends Operation>(
    kind: K,
    file?: string,
  ): Promise<Awaited<ReturnType<RehearsedStack[K]>> & Watched> {
    if (file !== undefined) stack = open.rehearsal.use(file);
    const result = await watch(
      open.rehearsal,
      (options) => stack[kind](options) as Promise<Awaited<ReturnType<RehearsedStack[K]>>>,
    );
    said.push(result.text);
    tokens.add(address().token);
    return result;
  }

  /** Asserts that `up` finds nothing to do. */
  async function expectSettled(): Promise<void> {
    const { steps, operations, ...result } = await run("up");
    expect(changesOf(result)).toEqual({});
    expect(steps).toEqual([]);
    expect(operationNames(operations)).toEqual([]);
  }

  const nothing = { steps: [], operations: [] };

  it("makes what the plan says, and hands over no secret", async () => {
    const { changes, outputs } = await run("up");
    const planned = plan.resources.map(({ urn }) => urn);
    const made = (await urnsOf(stack)).filter((urn) => !/::pulumi:providers:[^:]+::default/.test(urn));
    expect(made).toEqual([...planned].sort());
    expect(changes).toEqual({ create: planned.length });

    const inAzure = plan.resources.filter(({ type, custom }) => custom && type.startsWith("azure-native:"));
    const ids = open.rehearsal.world.resources().map(({ id }) => id);
    expect(ids).toEqual(inAzure.map(({ id }) => id).sort());

    expect(Object.keys(outputs).sort()).toEqual(Object.keys(plan.outputs).sort());
    expect(Object.values(outputs).filter(({ secret, value }) => secret || value === undefined)).toEqual([]);
    expect(text(outputs, "infra.value.cluster.apiServerUrl")).toBe(address().server);
  });

  it("has nothing to do a second time, nor after a refresh that found nothing", async () => {
    await expectSettled();
    const refreshed = await run("refresh");
    expect(changesOf(refreshed)).toEqual({});
    expect(refreshed).toMatchObject(nothing);
    await expectSettled();
  });

  it("scales a pool by one update of that pool", async () => {
    const result = await run("up", dev(pools({ a10: { maxNodes: 4 } })));
    expect(result.steps).toEqual([`update ${poolType} a10`]);
    expect(changesOf(result)).toEqual({ update: 1 });
    expect(operationNames(result.operations)).toEqual(["update AgentPool a10"]);
    expect(live(open.rehearsal.world, "containerservice:AgentPool", "a10").inputs).toMatchObject({ maxCount: 4 });
  });

  it("leaves the count to the autoscaler", async () => {
    const { world } = open.rehearsal;
    const pool = (): ReturnType<typeof live> => live(world, "containerservice:AgentPool", "a10");
    world.drift(pool().id, { count: 1 });
    await expectSettled();
    // Nothing to report, and yet learnt: the next update of the pool sends the count that the refresh saw. Without a
    // refresh it would send the one of the last update.
    expect(changesOf(await run("refresh"))).toEqual({});
    await expectSettled();
    const { operations } = await run("up", plainStacks.dev);
    expect(operationNames(operations)).toEqual(["update AgentPool a10"]);
    expect(pool().inputs).toMatchObject({ maxCount: 2, count: 1 });
  });

  it("adds a pool beside the others, and takes it away again", async () => {
    const before = open.rehearsal.world.resources();
    const spot = { size: "Standard_NV36ads_A10_v5", minNodes: 0, maxNodes: 1, spot: { maxUsdPerHour: -1 } };
    const added = await run("up", dev(pools({ spot })));
    const both = ["azure-gpu-cluster:cluster:GpuPool spot", `${poolType} spot`];
    // In the cluster add-ons learn of the pool, each in its own objects.
    const outside = (steps: readonly string[]): string[] => steps.filter((it) => !it.includes(" kubernetes:")).sort();
    expect(outside(added.steps)).toEqual(both.map((it) => `create ${it}`));
    expect(added.steps).toContain("create kubernetes:kueue.x-k8s.io/v1beta2:ResourceFlavor kueue-flavor-spot");
    expect(operationNames(added.operations)).toEqual(["create AgentPool spot"]);

    const removed = await run("up", plainStacks.dev);
    expect(outside(removed.steps)).toEqual(both.map((it) => `delete ${it}`));
    expect(operationNames(removed.operations)).toEqual(["delete AgentPool spot"]);
    expect(open.rehearsal.world.resources()).toEqual(before);
  });

  it("replaces a pool whose disk changes, the old one first", async () => {
    const others = (): unknown => open.rehearsal.world.resources().filter(({ id }) => !id.endsWith("/a10"));
    const before = others();
    const file = dev(pools({ a10: { osDiskGiB: 256 } }));
    const planned = await run("preview", file);
    expect(changesOf(planned)).toEqual({ replace: 1 });
    expect(planned.operations).toEqual([]);

    const result = await run("up");
    expect(changesOf(result)).toEqual({ replace: 1 });
    // Never both at once: that would take the quota twice, and both have one name.
    expect(operationNames(result.operations)).toEqual(["delete AgentPool a10", "create AgentPool a10"]);
    const [gone, made] = result.operations;
    expect(made?.requested).toBeGreaterThanOrEqual(gone?.end ?? Infinity);
    expect(others()).toEqual(before);
    expect(live(open.rehearsal.world, "containerservice:AgentPool", "a10").inputs).toMatchObject({ osDiskSizeGB: 256 });
    await run("up", plainStacks.dev);
  });

  it("finds and heals what somebody changed in Azure and in the cluster", async () => {
    const { world } = open.rehearsal;
    const pool = live(world, "containerservice:AgentPool", "h100d1");
    world.drift(pool.id, { tags: { owner: "somebody else", extra: "tag" } });
    const cluster = new Cluster(ApiClient.of(address()));
    try {
      const quota = {
        apiVersion: "v1",
        kind: "ResourceQuota",
        metadata: { name: "team", namespace: "train-vision" },
      };
      const found = await cluster.read(quota);
      expect(found).toBeDefined();
      await cluster.merge(quota, { spec: { hard: { "requests.nvidia.com/gpu": null } } });

      const refreshed = await run("refresh");
      expect(changesOf(refreshed)).toEqual({ update: 2 });
      const healed = await run("up");
      expect([...healed.steps].sort()).toEqual([
        `update ${poolType} h100d1`,
        "update kubernetes:core/v1:ResourceQuota train-vision",
      ]);
      expect(live(world, "containerservice:AgentPool", "h100d1").inputs["tags"]).toEqual(pool.inputs["tags"]);
      expect((await cluster.read(quota))?.["spec"]).toEqual(found?.["spec"]);
    } finally {
      cluster.close();
    }
  });

  it("finds a pool that somebody deleted, and makes it again", async () => {
    const { world } = open.rehearsal;
    world.remove(live(world, "containerservice:AgentPool", "h100d1").id);
    // An update without refresh trusts the state: it can neither see nor heal this.
    await expectSettled();
    expect(changesOf(await run("refresh"))).toEqual({ delete: 1 });
    const healed = await run("up");
    expect(healed.steps).toEqual([`create ${poolType} h100d1`]);
    expect(operationNames(healed.operations)).toEqual(["create AgentPool h100d1"]);
  });

  it("changes a tag in place and touches no subnet", async () => {
    const { world } = open.rehearsal;
    const tagged = world.resources().filter(({ inputs }) => Reflect.has(Object(inputs["tags"]) as object, "owner"));
    expect(tagged.length).toBeGreaterThan(10);
    const result = await run(
      "up",
      dev((config) => edit(config, "environment", { owner: "other" })),
    );
    expect(Object.keys(changesOf(result))).toEqual(["update"]);
    expect(result.operations.map(({ kind, id }) => `${kind} ${id}`).sort()).toEqual(
      tagged.map(({ id }) => `update ${id}`).sort(),
    );
    expect(result.operations.filter(({ type }) => type.endsWith(":Subnet"))).toEqual([]);
    const inCluster = result.steps.filter((it) => it.includes(" kubernetes:"));
    expect(result.steps).toHaveLength(tagged.length + inCluster.length);
  });

  it("replaces nothing when the cluster gets another address and another certificate", async () => {
    const before = address();
    await open.rehearsal.close();
    rmSync(join(open.folder, "simulator", "kubernetes", "certificates"), { recursive: true });
    enter(open.folder);
    const result = await run(
      "up",
      dev((config) => edit(config, "environment", { owner: "other" })),
    );
    const after = address();
    expect(after.server).not.toBe(before.server);
    expect(after.certificateAuthorityData).not.toBe(before.certificateAuthorityData);
    expect(result.steps).toEqual(["update pulumi:providers:kubernetes aks"]);
    expect(result.operations).toEqual([]);
    expect(text(await stack.outputs(), "infra.value.cluster.apiServerUrl")).toBe(after.server);
  });

  it("keeps no secret, in the state or in what it prints", () => {
    const state = filesBelow(join(open.folder, "state"));
    const work = filesBelow(join(open.folder, "work"));
    // The search works: it finds what is no secret.
    expect(state.filter(({ text }) => text.includes("aks-gpu-dev-eastus")).length).toBeGreaterThan(1);
    expect(tokens.size).toBe(2);
    for (const secret of [passphrase, ...tokens]) {
      expect(secret.length).toBeGreaterThan(16);
      expect([...state, ...work].filter(({ text }) => text.includes(secret)).map(({ path }) => path)).toEqual([]);
      expect(said.filter((text) => text.includes(secret))).toEqual([]);
    }
  });

  it("leaves nothing behind", async () => {
    const count = open.rehearsal.world.resources().length;
    const { changes, operations } = await run("destroy");
    expect(changes).toEqual({ delete: plan.resources.length });
    expect(operations).toHaveLength(count);
    expect(operations.filter(({ kind, outcome }) => kind !== "delete" || outcome !== "succeeded")).toEqual([]);
    expect(open.rehearsal.world.resources()).toEqual([]);
    expect((await stack.state()).resources ?? []).toEqual([]);
    expect(open.rehearsal.world.faults()).toEqual([]);
  });
});

function filesBelow(folder: string): { readonly path: string; readonly text: string }[] {
  if (!existsSync(folder)) throw new Error(`${folder} is not there.`);
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((it) => it.isFile())
    .map((it) => join(it.parentPath, it.name))
    .map((path) => ({ path, text: readFileSync(path, "utf8") }));
}
