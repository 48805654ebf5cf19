import { list } from "../../core/property-tree";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { LayerName } from "../../stacks/config/layers";
import { layerOf } from "../../stacks/config/sections";
import type { RehearsedStack } from "../../simulator/rehearsal/rehearsal";
import {
  changesOf,
  edit,
  lifeSuite,
  type OpenRehearsal,
  openRehearsal,
  operationNames,
  type StackConfig,
  urnsOf,
  variantOf,
  watch,
} from "./harness";

const infraStack = "organization/azure-gpu-cluster/dev-infra";
const sectionsOf = (layer: LayerName): string[] =>
  Object.entries(layerOf).flatMap(([section, of]) => (of === layer ? [section] : []));
const infraSections = sectionsOf("infra");
const tenantSections = sectionsOf("tenants");

const without = (config: StackConfig, sections: readonly string[]): StackConfig =>
  Object.fromEntries(Object.entries(config).filter(([key]) => !sections.includes(key)));

const infraFile = (): string =>
  variantOf("dev", (config) => ({ ...without(config, tenantSections), layers: ["infra", "platform"] }), "dev-infra");

const teamsFile = (change: (config: StackConfig) => StackConfig = (it) => it): string =>
  variantOf(
    "dev",
    (config) => change({ ...without(config, infraSections), layers: ["tenants"], handover: infraStack }),
    "dev-teams",
  );

lifeSuite("layers split over two stacks on the real engine", () => {
  let open: OpenRehearsal;
  let infra: RehearsedStack;
  let teams: RehearsedStack;

  beforeAll(() => {
    open = openRehearsal();
    infra = open.rehearsal.use(infraFile());
    teams = open.rehearsal.use(teamsFile());
  });

  afterAll(() => open.close());

  it("fails to make tenants before the stack that they stand on", async () => {
    await expect(teams.up()).rejects.toThrow(
      new RegExp(
        `handover of stack '${infraStack}' is misconfigured:\\s+` +
          `infra: is missing among the outputs. Run pulumi up on ${infraStack}`,
      ),
    );
    expect(open.rehearsal.world.operations()).toEqual([]);
  });

  it("makes infra and platform, and no team", async () => {
    const { outputs } = await infra.up();
    expect(Object.keys(outputs).filter((it) => !/^(infra|platform)/.test(it))).toEqual([]);
    expect((await urnsOf(infra)).filter((it) => /Team|train-|infer-/.test(it))).toEqual([]);
  });

  it("fails before anything is made when a team is on a pool that was not handed over", async () => {
    const before = open.rehearsal.world.operations().length;
    const file = teamsFile((config) => edit(config, "trainingTeams", { vision: { pool: "h200" } }));
    await expect(open.rehearsal.use(file).up()).rejects.toThrow(
      'trainingTeams.vision.pool: must be the key of a GPU pool; got "h200". GPU pools: h100',
    );
    expect(open.rehearsal.world.operations()).toHaveLength(before);
    const made = (await urnsOf(teams)).filter((it) => !/::pulumi:(pulumi|providers):/.test(it));
    expect(made).toEqual([]);
  });

  it("makes the tenants of the other stack's cluster, and has nothing to do again", async () => {
    teams = open.rehearsal.use(teamsFile());
    const { outputs } = await teams.up();
    expect(list(outputs, "tenants.value.namespaces")).toEqual(["train-vision", "infer-chat"]);
    for (const stack of [infra, teams]) {
      const { operations, steps, ...result } = await watch(open.rehearsal, (options) => stack.up(options));
      expect(changesOf(result)).toEqual({});
      expect({ steps, operations }).toEqual({ steps: [], operations: [] });
    }
  });

  it("changes a team by its own stack alone", async () => {
    teams = open.rehearsal.use(teamsFile((config) => edit(config, "trainingTeams", { vision: { gpus: 8 } })));
    const changed = await watch(open.rehearsal, (options) => teams.up(options));
    expect([...changed.steps].sort()).toEqual([
      "update kubernetes:core/v1:ResourceQuota train-vision",
      "update kubernetes:kueue.x-k8s.io/v1beta2:ClusterQueue train-vision",
    ]);
    expect(changesOf(changed)).toEqual({ update: 2 });
    expect(changed.operations).toEqual([]);
    expect(changesOf(await infra.up())).toEqual({});
  });

  it("goes in the other order, and leaves nothing behind", async () => {
    const { world } = open.rehearsal;
    const platform = await urnsOf(infra);
    const goneFirst = await watch(open.rehearsal, (options) => teams.destroy(options));
    expect(operationNames(goneFirst.operations).filter((it) => !it.startsWith("delete "))).toEqual([]);
    expect((await teams.state()).resources ?? []).toEqual([]);
    expect(await urnsOf(infra)).toEqual(platform);
    expect(changesOf(await infra.up())).toEqual({});

    await infra.destroy();
    expect(world.resources()).toEqual([]);
    expect((await infra.state()).resources ?? []).toEqual([]);
  });
});
