import { afterAll, beforeAll, expect, it } from "vitest";
import type { RehearsedStack } from "../../simulator/rehearsal/rehearsal";
import { partsOf } from "../../core/urn";
import type { LayerName } from "../../stacks/config/layers";
import { layerOf } from "../../stacks/config/sections";
import {
  edit,
  lifeSuite,
  live,
  type OpenRehearsal,
  openRehearsal,
  type StackConfig,
  urnsOf,
  variantOf,
  watch,
} from "./harness";

/** dev with every store there is, and all of it protected. */
const file = (change: StackConfig = {}, protect = true): string =>
  variantOf("dev", (config) =>
    edit(edit(config, "environment", { protect }), "storage", {
      lustre: { zone: "1", checkpoint: { writeTB: 1, seconds: 300 } },
      blobIntegration: {
        accountKeys: { allowedBecause: "checkpoints are exported" },
        providerObjectId: "77777777-7777-4777-8777-777777777777",
        job: { autoExport: {} },
      },
      archive: { immutability: { scope: "container", days: 30 } },
      netapp: { sizeTiB: 4, backup: {} },
      ...change,
    }),
  );

lifeSuite("an environment whose compute goes and whose data stay", () => {
  let open: OpenRehearsal;
  let stack: RehearsedStack;
  /** ARM IDs of what holds data. */
  const data = (): string[] =>
    open.rehearsal.world
      .resources()
      .map(({ id }) => id)
      .filter((id) => /Microsoft\.(Storage|StorageCache|NetApp)\//.test(id) && !/Microsoft\.Authorization/.test(id))
      .sort();
  let before: string[] = [];
  let urns: string[] = [];

  beforeAll(() => {
    open = openRehearsal();
    stack = open.rehearsal.use(file());
  });
  afterAll(() => open.close());

  it("is made with all stores", async () => {
    await stack.up();
    before = data();
    urns = await urnsOf(stack);
    expect(before.length).toBeGreaterThan(20);
    expect(live(open.rehearsal.world, "storagecache:AmlFilesystem").inputs).toMatchObject({
      sku: { name: "AMLFS-Durable-Premium-500" },
      storageCapacityTiB: 8,
    });
  });

  it("keeps every store, with what is in it and what it cannot be without", async () => {
    const { world } = open.rehearsal;
    const first = world.operations().length;
    const parking = await stack.park();
    expect(data()).toEqual(before);
    // Nothing of the data was even touched.
    const touched = world
      .operations()
      .slice(first)
      .filter(({ kind, id }) => kind !== "read" && before.includes(id));
    expect(touched).toEqual([]);
    const left = [...new Set((await urnsOf(stack)).map((urn) => partsOf(urn).type))];
    for (const gone of ["ManagedCluster", "AgentPool", "VirtualMachineScaleSet", "Namespace", "Release"]) {
      expect(left.filter((type) => type.endsWith(`:${gone}`))).toEqual([]);
    }
    expect(parking.protectedAmongGone.map((urn) => partsOf(urn).type)).toContain(
      "azure-native:containerservice:ManagedCluster",
    );
    expect((await urnsOf(stack)).sort()).toEqual([...parking.kept].sort());
  });

  it("has nothing left to do when it is asked for again", async () => {
    const before = open.rehearsal.world.operations().filter(({ kind }) => kind !== "read").length;
    expect((await stack.park()).gone).toEqual([]);
    expect(open.rehearsal.world.operations().filter(({ kind }) => kind !== "read")).toHaveLength(before);
  });

  it("takes all of it up again with the next up: nothing replaced, nothing made twice", async () => {
    const again = await watch(open.rehearsal, (options) => stack.up(options));
    expect(again.steps.filter((it) => !it.startsWith("create "))).toEqual([]);
    expect(again.steps.filter((it) => /:(storage|storagecache|netapp):|azure-gpu-cluster:storage:/.test(it))).toEqual(
      [],
    );
    expect(data()).toEqual(before);
    expect(await urnsOf(stack)).toEqual(urns);
  });

  it("refuses to make another file system for another wish, and leaves the one that is there", async () => {
    const { world } = open.rehearsal;
    const id = live(world, "storagecache:AmlFilesystem").id;
    const changed = open.rehearsal.use(file({ lustre: { zone: "1", checkpoint: { writeTB: 1, seconds: 60 } } }));
    await expect(changed.up()).rejects.toThrow(/cannot be (replaced|deleted)|protect/);
    expect(live(world, "storagecache:AmlFilesystem").id).toBe(id);
    expect(data()).toEqual(before);
  });

  it("is destroyed to the last store once nothing is protected, what is in a pool before the pool", async () => {
    const { world } = open.rehearsal;
    const free = open.rehearsal.use(file({}, false));
    await free.up();
    await free.destroy();
    expect(world.resources()).toEqual([]);
    expect((await free.state()).resources ?? []).toEqual([]);
  });
});

lifeSuite("two stacks of one environment whose compute goes", () => {
  const infraStack = "organization/azure-gpu-cluster/dev-infra";
  const storage = { blob: {}, netapp: { sizeTiB: 4 } };
  const sectionsOf = (layer: LayerName): string[] =>
    Object.entries(layerOf).flatMap(([section, of]) => (of === layer ? [section] : []));
  const without = (config: StackConfig, sections: readonly string[]): StackConfig =>
    Object.fromEntries(Object.entries(config).filter(([key]) => !sections.includes(key)));
  let open: OpenRehearsal;
  let infra: RehearsedStack;
  let teams: RehearsedStack;
  const data = (): string[] =>
    open.rehearsal.world
      .resources()
      .map(({ id }) => id)
      .filter((id) => /Microsoft\.(Storage|NetApp)\//.test(id) && !id.includes("Microsoft.Authorization"))
      .sort();

  beforeAll(() => {
    open = openRehearsal();
    infra = open.rehearsal.use(
      variantOf(
        "dev",
        (config) => ({ ...without(config, sectionsOf("tenants")), storage, layers: ["infra", "platform"] }),
        "dev-infra",
      ),
    );
    teams = open.rehearsal.use(
      variantOf(
        "dev",
        (config) => ({ ...without(config, sectionsOf("infra")), layers: ["tenants"], handover: infraStack }),
        "dev-teams",
      ),
    );
  });
  afterAll(() => open.close());

  it("keeps containers and volumes of teams in the one, and what these lie in in the other", async () => {
    await infra.up();
    await teams.up();
    const before = data();
    expect(before.filter((id) => /train-vision$/.test(id))).toHaveLength(2);
    const first = await teams.park();
    expect(data()).toEqual(before);
    expect(first.kept.filter((urn) => /Namespace|RoleGrant|WorkloadIdentity/.test(urn))).toEqual([]);
    await infra.park();
    expect(data()).toEqual(before);
    expect(open.rehearsal.world.resources("azure-native:containerservice:ManagedCluster")).toEqual([]);

    // The way back: in the order in which they were made.
    for (const stack of [infra, teams]) {
      const { steps } = await watch(open.rehearsal, (options) => stack.up(options));
      expect(steps.filter((it) => !it.startsWith("create "))).toEqual([]);
      expect(steps.filter((it) => /:(storage|netapp):|azure-gpu-cluster:storage:/.test(it))).toEqual([]);
    }
    expect(data()).toEqual(before);
  });
});
