import { describe, expect, it } from "vitest";
import { settleState } from "../../delivery/settle-state";

const urnOf = (type: string, name: string): string => `urn:pulumi:dev::azure-gpu-cluster::${type}::${name}`;
const subscription = "1f0e0d0c-0b0a-4908-8706-050403020100";
const [group, pool, config, release] = [
  "azure-native:resources:ResourceGroup",
  "azure-native:containerservice:AgentPool",
  "kubernetes:core/v1:ConfigMap",
  "kubernetes:helm.sh/v3:Release",
] as const;
const azure = { urn: urnOf("pulumi:providers:azure-native", "default"), type: "pulumi:providers:azure-native" };
const provider = `${azure.urn}::p1`;
const made = {
  ...{ urn: urnOf(group, "env"), type: group, provider, inputs: {} },
  id: `/subscriptions/${subscription}/resourceGroups/rg`,
};
const inputs = { resourceGroupName: "rg", resourceName: "aks", agentPoolName: "h100d1", vmSize: "x" };
const pending = (type: string, kind: string, more: object = {}): object => ({
  type: kind,
  resource: { urn: urnOf(type, "it"), type, provider, inputs, ...more },
});
const state = (resources: readonly object[], ...operations: readonly object[]): object => ({
  ...{ manifest: { version: "v3" }, secrets_providers: { type: "passphrase" } },
  resources: [{ ...azure, id: "p1", inputs: {} }, ...resources],
  pending_operations: operations,
});
const enteredId = (settled: { readonly state: object }): unknown =>
  (settled.state as { resources: { id?: string }[] }).resources.at(-1)?.id;
const poolId = (id: string): string =>
  `/subscriptions/${id}/resourceGroups/rg/providers/Microsoft.ContainerService/managedClusters/aks/agentPools/h100d1`;

it("enters what was being made under the ID that it has, to be asked for and, until somebody has, to be written again", () => {
  const { state: next, targets, left } = settleState(state([made], pending(pool, "creating")));
  expect({ targets, left }).toEqual({ targets: [urnOf(pool, "it")], left: [] });
  expect(next).toEqual({
    ...{ manifest: { version: "v3" }, secrets_providers: { type: "passphrase" } },
    resources: [
      { ...azure, id: "p1", inputs: {} },
      made,
      {
        ...{ urn: urnOf(pool, "it"), type: pool, provider, inputs, id: poolId(subscription) },
        initErrors: ["nobody has asked yet whether it was made"],
      },
    ],
  });
});

describe("knows the ID", () => {
  const named = { ...azure, id: "p1", inputs: { subscriptionId: "2f0e0d0c-0b0a-4908-8706-050403020100" } };
  it.each([
    [
      "of what is first in a subscription that the provider names",
      { resources: [named], pending_operations: [pending(group, "creating")] },
      "/subscriptions/2f0e0d0c-0b0a-4908-8706-050403020100/resourceGroups/rg",
    ],
    [
      "of an object in a namespace",
      state([], pending(config, "creating", { inputs: { metadata: { name: "a", namespace: "team" } } })),
      "team/a",
    ],
    ["of one in none", state([], pending(config, "creating", { inputs: { metadata: { name: "a" } } })), "a"],
    [
      "of a release",
      state([], pending(release, "creating", { inputs: { name: "kueue", namespace: "kueue-system" } })),
      "kueue-system/kueue",
    ],
  ])("%s", (_, before, id) => {
    const settled = settleState(before);
    expect([enteredId(settled), settled.left]).toEqual([id, []]);
  });
});

it("asks about what was being changed, and forgets what was being deleted and is gone", () => {
  const there = { urn: urnOf(pool, "it"), type: pool, provider, inputs, id: poolId(subscription) };
  const gone = { type: "deleting", resource: { urn: urnOf(pool, "gone"), type: pool, inputs: {} } };
  const settled = settleState(state([there], pending(pool, "updating"), gone));
  expect(settled).toMatchObject({ targets: [there.urn], left: [] });
  expect(enteredId(settled)).toBe(there.id);
});

describe("leaves to a person", () => {
  const old = { urn: urnOf(pool, "it"), type: pool, provider, inputs, id: poolId(subscription) };
  it.each([
    ["what takes the place of another that is still there", state([made, old], pending(pool, "creating"))],
    ["a type of nobody's table", state([made], pending("random:index/randomId:RandomId", "creating"))],
    ["inputs without a name", state([made], pending(pool, "creating", { inputs: { resourceGroupName: "rg" } }))],
    ["a subscription that nobody names", state([], pending(pool, "creating"))],
  ])("%s", (_, before) => {
    const { targets, left } = settleState(before);
    expect(targets).toEqual([]);
    expect(left.map(({ operation }) => operation)).toEqual(["creating"]);
  });
});
