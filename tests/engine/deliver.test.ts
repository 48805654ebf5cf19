import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { signApproval } from "../../delivery/approval";
import { readPlan, type SavedPlan } from "../../delivery/saved-plan";
import { Clone, type Ended } from "./delivery";
import { lifeSuite, operationNames, smallVariant } from "./harness";

const stackFile = "stacks/Pulumi.dev.yaml";

lifeSuite("a delivery on the real engine", () => {
  let clone: Clone;
  let [planFile, record] = ["", ""];
  const npm = (command: string, args: readonly string[] = [], env = {}): Promise<Ended> =>
    clone.run("npm", ["run", "-s", command, "--", "dev", ...args], env);
  const plan = (args: readonly string[] = [], env = {}): Promise<Ended> =>
    npm("plan", ["--out", planFile, ...args], env);
  const apply = (args: readonly string[] = []): Promise<Ended> =>
    npm("apply", ["--plan", planFile, "--record", record, ...args]);
  const planned = (): SavedPlan => readPlan(readFileSync(planFile, "utf8"), planFile);
  /** What Azure was asked to change by a command. */
  const asked = async <T>(act: () => Promise<T>): Promise<readonly [T, readonly string[]]> => {
    const before = clone.world.operations().length;
    const ended = await act();
    const since = clone.world.operations().slice(before);
    return [ended, operationNames(since.filter(({ kind }) => kind !== "read"))];
  };
  const poolOf = (nodes: number) => (text: string) => text.replace(/maxNodes: \d+/, `maxNodes: ${nodes}`);

  beforeAll(async () => {
    clone = new Clone();
    [planFile, record] = [clone.beside("plan.json"), clone.beside("record.json")];
    for (const it of ["anna", "eve"])
      execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", clone.beside(it)]);
    clone.write("deploy/approvers", `anna@example.com,github:anna ${readFileSync(clone.beside("anna.pub"), "utf8")}`);
    clone.write(stackFile, readFileSync(smallVariant(), "utf8"));
    const made = await clone.run("pulumi", ["stack", "init", "dev"]);
    if (made.code !== 0) throw new Error(made.err);
    clone.commit("ben");
  });

  it("plans, the same twice, and applies it: nothing is left to do, and the history of the stack says by which plan", async () => {
    const first = await plan();
    expect(first).toMatchObject({ code: 0, err: "" });
    expect(await plan()).toEqual(first);
    expect(planned()).toMatchObject({ makers: ["ben@example.com"], dirty: false, subscriptionId: null });
    const { hash, commit } = planned();
    const [{ code, out }] = await asked(() => apply());
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ plan: hash, commit, result: "succeeded", approvers: [], run: null });
    expect(readFileSync(record, "utf8")).toBe(out);
    const history = await clone.run("pulumi", ["stack", "history", "--stack", "dev", "--json"]);
    expect(JSON.parse(history.out)).toMatchObject([{ message: `plan ${hash}, approved by nobody` }]);
  });

  it("refuses the plan of a state that is gone, and asks nothing of Azure", async () => {
    const [{ code, err }, operations] = await asked(() => apply());
    expect({ code, operations }).toEqual({ code: 2, operations: [] });
    expect(err).toMatch(/state: must be as planned/);
    expect(err).toMatch(/step: must be as planned: create .*ManagedCluster::aks was planned and is gone/);
  });

  it("counts everybody who made something since the last apply", async () => {
    clone.edit(stackFile, poolOf(3));
    clone.commit("carla");
    clone.commit("anna");
    expect(await plan()).toMatchObject({ code: 0 });
    expect(planned().makers).toEqual(["anna@example.com", "carla@example.com"]);
    expect(planned().steps.map(({ op, changed }) => ({ op, changed }))).toEqual([
      { op: "update", changed: ["maxCount"] },
    ]);
    expect(planned().quota).toHaveLength(1);
  });

  describe("refuses an approval, even one that nobody asked for,", () => {
    const hour = 60 * 60 * 1000;
    const cases: readonly (readonly [string, Partial<SavedPlan>, string, number, RegExp])[] = [
      ["of somebody who made it", {}, "anna", hour, /approver: must have made nothing of what is applied/],
      ["of another stack", { stack: "prod" }, "anna", hour, /stack: must be dev/],
      ["of another plan", { hash: "0".repeat(64) }, "anna", hour, /plan: must be the hash of this plan/],
      ["that has run out", {}, "anna", -hour, /expires: must be later than now/],
      ["by a key that is not listed", {}, "eve", hour, /signature: must be by a key/],
    ];
    it.each(cases)("%s", async (_, other, key, late, message) => {
      const approval = await signApproval(
        { ...planned(), ...other },
        { approver: "anna@example.com", key: clone.beside(key), expires: new Date(Date.now() + late) },
      );
      writeFileSync(clone.beside("approval.json"), JSON.stringify(approval));
      const [{ code, err }, operations] = await asked(() => apply(["--approval", clone.beside("approval.json")]));
      expect({ code, operations }).toEqual({ code: 2, operations: [] });
      expect(err).toMatch(message);
    });
  });

  it("refuses it after another commit, and files that are in none", async () => {
    clone.edit(stackFile, poolOf(5));
    expect((await apply()).err).toMatch(/commit: must be all that is planned/);
    clone.commit("carla");
    const { code, err } = await apply();
    expect(code).toBe(2);
    expect(err).toMatch(/commit: must be as planned/);
    expect(err).toMatch(/AgentPool::h100d1 has other inputs/);
  });

  it("refuses the wrong subscription, none, and keys of storage", async () => {
    const id = "1f0e0d0c-0b0a-4908-8706-050403020100";
    const { code, err } = await plan([], { ARM_SUBSCRIPTION_ID: id, AZURE_STORAGE_KEY: "c2VjcmV0" });
    expect(code).toBe(2);
    expect(err).toMatch(/azure-native:subscriptionId: must be the subscription that ARM_SUBSCRIPTION_ID is for, 1f0e/);
    expect(err).toMatch(/AZURE_STORAGE_KEY: must not be set/);
    expect(err).not.toContain("c2VjcmV0");
  });

  it("refuses while another update holds the stack, and says so", async () => {
    await plan();
    const locks = path.join(clone.beside("state"), ".pulumi", "locks", "organization", "azure-gpu-cluster", "dev");
    mkdirSync(locks, { recursive: true });
    const lock = path.join(locks, "00000000-0000-4000-8000-000000000000.json");
    writeFileSync(
      lock,
      JSON.stringify({ pid: 1, username: "otto", hostname: "runner", timestamp: "2026-01-01T00:00:00Z" }),
    );
    const [{ code, err }, operations] = await asked(() => apply());
    expect({ code, operations }).toEqual({ code: 2, operations: [] });
    expect(err).toMatch(/lock: must be free: .*otto@runner/s);

    const looked = await npm("recover");
    expect(looked).toMatchObject({ code: 1, err: "" });
    expect(looked.out).toMatch(/dev is held by otto@runner, process 1, since 2026-01-01T00:00:00Z: another machine/);
    // The run that was refused says nothing of itself there: otto's may be the one that is noted.
    expect(looked.out).toMatch(/Last apply: succeeded/);
    expect((await npm("recover", ["--cancel", "prod"])).code).toBe(2);
    expect(existsSync(lock)).toBe(true);
    const freed = await npm("recover", ["--cancel", "dev"]);
    expect(freed).toMatchObject({ code: 0, err: "" });
    expect(freed.out).toMatch(/dev was held by otto@runner.*A refresh would change nothing/s);
    expect(existsSync(lock)).toBe(false);
    expect((await npm("recover")).out).toMatch(/dev is not locked/);
  });

  it("keeps a record of an update that failed half-way, and the next plan goes on from there", async () => {
    clone.world.inject({
      kind: "quota-exceeded",
      type: "azure-native:containerservice:AgentPool",
      operation: "update",
    });
    const failed = await apply();
    expect(failed.code).toBe(3);
    expect(failed.err).toMatch(/failed: .*quota/is);
    expect(JSON.parse(readFileSync(record, "utf8"))).toMatchObject({ result: "failed", plan: planned().hash });
    await plan();
    expect(planned().makers).toEqual(["anna@example.com", "carla@example.com"]);
    expect((await apply()).code).toBe(0);
  });

  it("does not take the cluster away until the stack's name is typed", async () => {
    clone.edit(stackFile, (text) =>
      text.replace(/^( *)azure-native:location: .*$/m, "$1azure-native:location: westus3"),
    );
    clone.commit("ben");
    const { code, err } = await plan();
    expect({ code, err }).toMatchObject({ code: 1, err: expect.stringMatching(/ManagedCluster::aks/) as string });
    expect((await apply()).code).toBe(1);
    expect((await plan(["--allow-destroy", "prod"])).code).toBe(1);
    expect((await plan(["--allow-destroy", "dev"])).code).toBe(0);
  });

  it("neither plans nor applies what a mandatory policy forbids", async () => {
    clone.edit("policies/config/dev.json", (text) => {
      const config = JSON.parse(text) as Record<string, unknown>;
      return JSON.stringify({ ...config, "meta-subscription-pinned": { enforcementLevel: "mandatory" } }, null, 2);
    });
    clone.commit("ben");
    const { code, out } = await plan(["--allow-destroy", "dev"]);
    expect({ code, out }).toMatchObject({
      code: 1,
      out: expect.stringContaining("mandatory meta-subscription-pinned") as string,
    });
    const [{ code: refused, err }, operations] = await asked(() => apply(["--allow-destroy", "dev"]));
    expect({ refused, operations }).toEqual({ refused: 2, operations: [] });
    expect(err).toMatch(/findings: must hold no mandatory one/);
  });
});
