import { afterAll, beforeAll, expect, it } from "vitest";
import { engineMessage } from "../../core/engine-message";
import type { RehearsedStack } from "../../simulator/rehearsal/rehearsal";
import { plainStacks } from "../stack-files";
import { lifeSuite, type OpenRehearsal, openRehearsal, urnsOf } from "./harness";

const timeout = /dial tcp gpu-staging\.hcp\.eastus2\.azmk8s\.io:443: i\/o timeout/;

lifeSuite("staging, whose API server is private", () => {
  let open: OpenRehearsal;
  let infra: RehearsedStack;
  let workloads: RehearsedStack;

  beforeAll(() => {
    open = openRehearsal();
    infra = open.rehearsal.use(plainStacks.staging);
    workloads = open.rehearsal.use(plainStacks["staging-workloads"]);
  });

  afterAll(() => open.close());

  const inCluster = async (): Promise<string[]> =>
    (await urnsOf(workloads)).filter((it) => it.includes("kubernetes:core"));

  it("is made from a workstation up to the cluster, and no further", async () => {
    await infra.up();
    const failure: unknown = await workloads.up().catch((error: unknown) => error);
    expect(engineMessage(failure)).toMatch(timeout);
    expect(await inCluster()).toEqual([]);
  });

  it("is made whole from the runner", async () => {
    open.rehearsal.world.runFrom("runner");
    await workloads.up();
    expect((await inCluster()).length).toBeGreaterThan(5);
  });

  it("keeps what lives in the cluster in its state when somebody refreshes from elsewhere", async () => {
    const before = await inCluster();
    open.rehearsal.world.runFrom("workstation");
    expect(engineMessage(await workloads.refresh().catch((error: unknown) => error))).toMatch(timeout);
    expect(await inCluster()).toEqual(before);
  });
});
