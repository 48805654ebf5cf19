import { readFileSync } from "node:fs";
import { beforeAll, expect, it } from "vitest";
import { Clone, type Ended } from "./delivery";
import { lifeSuite, live, operationNames, smallVariant } from "./harness";
import { processesOf, until } from "./processes";

const stackFile = "stacks/Pulumi.dev.yaml";
const cluster = "azure-native:containerservice:ManagedCluster";
const run = "https://forge.example/jobs/7";

lifeSuite("an apply whose machine dies in the middle, on the real engine", () => {
  let clone: Clone;
  let planFile = "";
  /** What the run that died said of itself. */
  let lastApply = "";
  const npm = (command: string, args: readonly string[] = [], env = {}): Promise<Ended> =>
    clone.run("npm", ["run", "-s", command, "--", "dev", ...args], env);
  const plan = (): Promise<Ended> => npm("plan", ["--out", planFile]);
  const apply = (env = {}): Promise<Ended> => npm("apply", ["--plan", planFile], env);

  beforeAll(async () => {
    clone = new Clone();
    planFile = clone.beside("plan.json");
    clone.write(stackFile, readFileSync(smallVariant(), "utf8"));
    const made = await clone.run("pulumi", ["stack", "init", "dev"]);
    if (made.code !== 0) throw new Error(made.err);
    clone.commit("ben");
    expect((await plan()).code).toBe(0);
    // Slow enough to be hit while the cluster is in the making.
    const applying = apply({ GPU_SIMULATOR_SPEED: "60", CI_JOB_URL: run });
    await until("the cluster is being made", () => clone.world.resources(cluster).length > 0);
    const folder = clone.beside("");
    for (const { pid } of processesOf(folder)) process.kill(pid, "SIGKILL");
    await applying;
    await until("nothing is left of it", () => processesOf(folder).length === 0);
  });

  it("is told by the next plan and the next apply, with who holds the stack, since when, and what was under way by which run", async () => {
    const before = clone.world.operations().length;
    for (const { code, err } of [await plan(), await apply()]) {
      expect(code).toBe(2);
      expect(err).toMatch(/lock: must be free: held by \S+@\S+, process \d+, since \d{4}-/);
      expect(err).toMatch(/pending: must have ended: creating ManagedCluster aks, by the apply begun \S+, https:/);
      expect(err).not.toContain("    at ");
    }
    expect(operationNames(clone.world.operations().slice(before))).toEqual([]);
  });

  it("is looked at: nothing changes, and the last run is the one that died, not one that was refused", async () => {
    const { code, out } = await npm("recover");
    expect(code).toBe(1);
    expect(out).toMatch(/dev is held by .*: it is dead/);
    expect(out).toMatch(/Pending: creating ManagedCluster aks/);
    lastApply = out.split("\n").find((it) => it.startsWith("Last apply: ")) ?? "";
    expect(lastApply).toMatch(/^Last apply: running, begun \S+, plan [0-9a-f]{64}, https:\/\/forge\.example\/jobs\/7$/);
    expect((await npm("recover", ["--settle", "dev"])).err).toMatch(/lock: must be free before it is settled/);
  });

  it("is recovered by the stack's name: what Azure made comes into the state", async () => {
    const { code, out, err } = await npm("recover", ["--cancel", "dev", "--settle", "dev"]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatch(/dev was held by/);
    expect(out).toContain(lastApply);
    expect(out).toMatch(/Settled: ManagedCluster aks is there/);
    expect(out).not.toMatch(/Pending/);
  });

  it("is finished by the next plan: nothing is made twice, nothing is lost, and the state is what Azure holds", async () => {
    expect(await plan()).toMatchObject({ code: 0, err: "" });
    const { code, err } = await apply();
    expect({ code, err: code === 0 ? "" : err }).toEqual({ code: 0, err: "" });
    const creates = clone.world.operations().filter(({ kind }) => kind === "create");
    const ids = creates.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    // The run that asked for it died before it heard the end.
    expect(ids).not.toContain(live(clone.world, "containerservice:ManagedCluster").id);
    const exported = await clone.run("pulumi", ["stack", "export", "--stack", "dev"]);
    const { resources, pending_operations: pending = [] } = (
      JSON.parse(exported.out) as {
        deployment: { resources: { type: string; id?: string; custom: boolean }[]; pending_operations?: object[] };
      }
    ).deployment;
    const held = resources.filter(({ type, custom }) => custom && type.startsWith("azure-native:"));
    const lower = (all: readonly (string | undefined)[]): string[] => all.map((it) => it?.toLowerCase() ?? "").sort();
    expect(lower(held.map(({ id }) => id))).toEqual(lower(clone.world.resources().map(({ id }) => id)));
    expect(clone.world.resources().filter(({ provisioningState }) => provisioningState !== "Succeeded")).toEqual([]);
    expect(pending).toEqual([]);
  });
});
