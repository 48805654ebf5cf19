import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { machineOf } from "../../replacement/machine";
import type { PlannedReplacement } from "../../replacement/plan-replacement";
import { ReplacementLog } from "../../replacement/replacement-log";
import { type ReplacementResult, runReplacement } from "../../replacement/run-replacement";
import { AzureError } from "../../replacement/run-az";
import { ClusterClient } from "../../verification/cluster-client";
import { StandInApi } from "./stand-in-api";

let api: StandInApi;
beforeEach(async () => {
  api = await StandInApi.start("aks");
});
afterEach(() => api.stop());

const azure = "--resource-group rg --cluster-name aks";
const subscription = "--subscription 11111111-1111-4111-8111-111111111111";
const shown = `az aks nodepool show ${azure} --name h100d1 --query count -o tsv ${subscription}`;
const deleted = (node: string): string =>
  `az aks nodepool delete-machines ${azure} --nodepool-name h100d1 --machine-names ${node} ${subscription}`;
const scaled = `az aks nodepool scale ${azure} --name h100d1 --node-count 4 ${subscription}`;
const recorded = "POST namespaces/node-health/configmaps";
const rerecorded = "PUT namespaces/node-health/configmaps/node-replacements";
const stays = (node: string): string => `It stays cordoned; kubectl uncordon ${node} takes that back`;

interface Ran {
  readonly results: readonly (readonly [ReplacementResult["outcome"], string])[];
  readonly owed: readonly (string | null)[];
  readonly said: readonly string[];
}

/** Replaces nodes of the stand-in. */
async function run(
  nodes: readonly string[],
  more: { readonly count?: number | null; readonly waitMinutes?: number; readonly signal?: AbortSignal } = {},
): Promise<Ran> {
  const { count = 4, waitMinutes = 30, signal = new AbortController().signal } = more;
  const cluster = ClusterClient.open({ kubeconfig: api.kubeconfig, context: undefined, expected: "aks" });
  const agentPool = { name: "h100d1", count };
  const owed: (string | null)[] = [];
  const said: string[] = [];
  const results = await runReplacement(
    {
      facts: {
        ...{ clusterName: "aks", resourceGroupName: "rg", namespace: "node-health" },
        ...{ maxClosedPercent: 10, coolDownMinutes: 0, agentPools: { h100: [agentPool] } },
      },
      cluster,
      log: await ReplacementLog.read(cluster, "node-health"),
      waitMinutes,
      signal,
      onProgress: (line) => said.push(line),
      onOwed: (it) => owed.push(it),
    },
    nodes.map((name): PlannedReplacement => ({ machine: machineOf(api.nodes.get(name)), agentPool })),
  );
  return { results: results.map(({ outcome, words }) => [outcome, words]), owed, said };
}

/** The record of the pool, without times. */
function record(): unknown {
  const machines = JSON.parse(api.data?.["h100"] ?? "[]") as readonly { readonly at: string }[];
  return machines.map(({ at, ...it }) => ({ ...it, timed: Math.abs(Date.now() - Date.parse(at)) < 600_000 }));
}

const entry = (node: string): object => ({
  ...{ node, nodePool: "h100d1", physicalHost: `host-of-${node}`, reasons: ["NvLinks: 2 of 18 links are down"] },
  timed: true,
});

it("asks Azure, closes and empties the node, writes the machine down, deletes it and gives the pool its planned count", async () => {
  api.add({ name: "bad" }, ["one", "two"]).add({ name: "good" }, ["three"]);
  let evicted = 0;
  api.onChange = (line) => {
    if (line.endsWith("/eviction")) evicted = Date.now();
    return undefined;
  };
  const { results, owed } = await run(["bad"]);
  expect(results).toEqual([["replaced", "its machine is deleted, and h100d1 has 4 nodes again"]]);
  expect(api.done).toEqual([
    shown,
    "PATCH nodes/bad",
    "POST namespaces/team/pods/one/eviction",
    "POST namespaces/team/pods/two/eviction",
    recorded,
    deleted("bad"),
    scaled,
  ]);
  expect(owed).toEqual([scaled, null]);
  expect(record()).toEqual([entry("bad")]);
  // The pause of the pool begins when the machine goes, and not half an hour before, when its node began to be emptied.
  const [{ at }] = JSON.parse(api.data?.["h100"] ?? "[]") as readonly [{ readonly at: string }];
  expect(Date.parse(at)).toBeGreaterThanOrEqual(evicted);
});

it("leaves the count of a pool to its autoscaler", async () => {
  api.add({ name: "bad" });
  const { results } = await run(["bad"], { count: null });
  const words = "its machine is deleted; the autoscaler brings another one when pods wait";
  expect(results).toEqual([["replaced", words]]);
  expect(api.done).toEqual([shown, "PATCH nodes/bad", recorded, deleted("bad")]);
});

it("replaces one after the other, and adds to what is remembered", async () => {
  api.add({ name: "bad" }).add({ name: "worse" });
  const { results } = await run(["bad", "worse"]);
  expect(results.map(([outcome]) => outcome)).toEqual(["replaced", "replaced"]);
  expect(api.done).toEqual([
    shown,
    ...["PATCH nodes/bad", recorded, deleted("bad"), scaled],
    ...["PATCH nodes/worse", rerecorded, deleted("worse"), scaled],
  ]);
  expect(record()).toEqual([entry("bad"), entry("worse")]);
});

describe("nothing is deleted", () => {
  const untouched = (): void => {
    expect(api.done.filter((it) => it.includes("delete-machines"))).toEqual([]);
    expect(record()).toEqual([]);
  };

  it("while a disruption budget keeps a pod, and the next node has its turn", async () => {
    api.add({ name: "bad" }, ["guarded", "free"]).add({ name: "worse" });
    const { results, said } = await run(["bad", "worse"], { waitMinutes: 0.05 });
    const budget = "team/guarded: Cannot evict pod as it would violate the pod's disruption budget";
    expect(results[0]).toEqual(["held back", `not empty after 0.05 minutes: ${budget}. ${stays("bad")}`]);
    expect(said).toContain(`bad: waits for one pod: ${budget}`);
    expect(results[1]?.[0]).toBe("replaced");
    expect(api.done.filter((it) => it.includes("delete-machines"))).toEqual([deleted("worse")]);
  });

  it("and nothing touched, where az has no login", async () => {
    api.add({ name: "bad" }, ["one"]);
    api.az({ fails: { show: "WARNING: old\nERROR: Please run 'az login' to setup account." } });
    const said = "az aks nodepool show failed: ERROR: Please run 'az login' to setup account.";
    await expect(run(["bad"])).rejects.toEqual(new AzureError(said));
    expect(api.done).toEqual([shown]);
  });

  it("and no token told that az says", async () => {
    api.add({ name: "bad" });
    api.az({ fails: { show: "ERROR: eyJ0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiJ9 has expired" } });
    const said = "az aks nodepool show failed: what looks like a web token, not shown";
    await expect(run(["bad"])).rejects.toEqual(new AzureError(said));
  });

  it("and nothing touched, where az says no number", async () => {
    api.add({ name: "bad" });
    api.az({ count: "" });
    await expect(run(["bad"])).rejects.toEqual(
      new AzureError('az does not say how many nodes the pool h100d1 has, but ""'),
    );
    expect(api.done).toEqual([shown]);
  });

  it("and nothing touched, where there is no az", async () => {
    api.add({ name: "bad" });
    api.withoutAz();
    const said = "az is not on PATH: install the Azure CLI, and log in with az login";
    await expect(run(["bad"])).rejects.toEqual(new AzureError(said));
    expect(api.done).toEqual([]);
  });

  it("in a pool that has more nodes than planned: going back to the plan would take good ones away", async () => {
    api.add({ name: "bad" });
    api.az({ count: 5 });
    const { results } = await run(["bad"]);
    expect(results[0]?.[0]).toBe("held back");
    expect(results[0]?.[1]).toContain("its pool h100d1 has 5 nodes, and the stack file says 4: somebody scaled it.");
    expect(api.done).toEqual([shown]);
  });

  it("when somebody else has written the record meanwhile, and no other node is begun", async () => {
    api.data = {};
    api.add({ name: "bad" }).add({ name: "worse" });
    api.onChange = (line) => {
      if (line === "PATCH nodes/bad") api.recordOfSomebodyElse({ a10: "[]" });
      return undefined;
    };
    const { results } = await run(["bad", "worse"]);
    const words =
      "Somebody else replaces nodes now: the record has changed since it was read. Wait until they are done, and look again";
    expect(results).toEqual([
      ["failed", `${words}. Its machine was not deleted. ${stays("bad")}`],
      ["held back", "not begun, because bad failed"],
    ]);
    expect(api.done).toEqual([shown, "PATCH nodes/bad", rerecorded]);
    untouched();
  });

  it("of a node whose checks pass while it is emptied", async () => {
    api.add({ name: "bad" }, ["one"]);
    api.onChange = () => {
      api.add({ name: "bad", verdict: "pass" });
      return undefined;
    };
    const { results } = await run(["bad"]);
    expect(results).toEqual([["held back", `its checks do not say any more that it failed. ${stays("bad")}`]]);
    untouched();
  });

  it("of a node that its autoscaler takes meanwhile", async () => {
    api.add({ name: "bad" });
    api.onChange = () => {
      api.nodes.delete("bad");
      return undefined;
    };
    const { results } = await run(["bad"]);
    const words = "it went away while it was emptied: its autoscaler may have taken it";
    expect(results).toEqual([["held back", words]]);
    untouched();
  });

  it("after a signal while the node is emptied, and no other node is begun", async () => {
    api.add({ name: "bad" }, ["guarded"]).add({ name: "worse" });
    const stop = new AbortController();
    api.onChange = (line) => {
      if (line.endsWith("/eviction")) stop.abort();
      return undefined;
    };
    const { results } = await run(["bad", "worse"], { signal: stop.signal });
    expect(results).toEqual([
      ["stopped", `stopped before its deletion was asked for. ${stays("bad")}`],
      ["stopped", "not begun"],
    ]);
    untouched();
  });

  it("by somebody who may not cordon", async () => {
    api.add({ name: "bad" });
    api.onChange = () => [403, { message: "nodes is forbidden" }];
    const { results } = await run(["bad"]);
    const words = "The node bad cannot be cordoned: nodes is forbidden";
    expect(results).toEqual([["failed", `${words}. Its machine was not deleted`]]);
    untouched();
  });

  it("by somebody who may not evict", async () => {
    api.add({ name: "bad" }, ["one"]);
    api.onChange = (line) => (line.endsWith("/eviction") ? [403, { message: "pods is forbidden" }] : undefined);
    const { results } = await run(["bad"]);
    const words = "The pod team/one cannot be evicted: pods is forbidden";
    expect(results).toEqual([["failed", `${words}. Its machine was not deleted. ${stays("bad")}`]]);
    untouched();
  });
});

it("says that Azure did not delete a machine, and remembers it as one that is there", async () => {
  api.add({ name: "bad" });
  api.az({ fails: { "delete-machines": "ERROR: (AuthorizationFailed) no right" } });
  const { results, owed } = await run(["bad"]);
  const words = "az aks nodepool delete-machines failed: ERROR: (AuthorizationFailed) no right";
  const byHand = `If the machine is gone all the same, run by hand: ${scaled}`;
  expect(results).toEqual([["failed", `${words}. ${stays("bad")}. ${byHand}`]]);
  expect(api.done).toEqual([shown, "PATCH nodes/bad", recorded, deleted("bad"), rerecorded]);
  expect(record()).toEqual([{ ...entry("bad"), failed: words }]);
  expect(owed).toEqual([scaled, null]);
});

it("says what to run by hand where the pool did not get its node back", async () => {
  api.add({ name: "bad" });
  api.az({ fails: { scale: "ERROR: (OperationNotAllowed) busy" } });
  const { results } = await run(["bad"]);
  const words = "az aks nodepool scale failed: ERROR: (OperationNotAllowed) busy";
  expect(results).toEqual([
    ["failed", `its machine is deleted, and its pool has one node less: ${words}. Run by hand: ${scaled}`],
  ]);
  expect(record()).toEqual([entry("bad")]);
});

it("brings a deletion that was asked for to its end, whatever signal comes then", async () => {
  api.add({ name: "bad" }).add({ name: "worse" });
  const stop = new AbortController();
  api.onChange = (line) => {
    if (line === recorded) stop.abort();
    return undefined;
  };
  const { results } = await run(["bad", "worse"], { signal: stop.signal });
  expect(results.map(([outcome]) => outcome)).toEqual(["replaced", "stopped"]);
  expect(api.done).toEqual([shown, "PATCH nodes/bad", recorded, deleted("bad"), scaled]);
});
