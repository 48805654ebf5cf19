import { describe, expect, it } from "vitest";
import type { Value } from "../../core/property-value";
import { denyAssignments } from "../../preflight/deny-assignments";
import { locks } from "../../preflight/locks";
import { neededRights } from "../../preflight/needed-rights";
import { rights } from "../../preflight/rights";
import { found, silent, told } from "./answers";

const group = "/subscriptions/one/resourceGroups/rg-gpu";
const identity = { objectId: "me", tenantId: null };

describe("a lock", () => {
  const lock = (scope: string, level = "ReadOnly"): Value => ({
    id: `${scope}/providers/Microsoft.Authorization/locks/keep`,
    name: "keep",
    properties: { level },
  });
  it.each<[what: string, lock: Value, verdict: string]>([
    ["on the subscription", lock("/subscriptions/one"), "missing"],
    ["on the group, in another case", lock("/subscriptions/one/resourceGroups/RG-GPU"), "missing"],
    ["on a thing in it", lock(`${group}/providers/Microsoft.Network/virtualNetworks/vnet`), "missing"],
    ["on a group whose name only begins so", lock(`${group}-nodes`), "ok"],
    ["on a group whose name is the beginning", lock("/subscriptions/one/resourceGroups/rg"), "ok"],
    ["that keeps it from being deleted", lock(group, "CanNotDelete"), "ok"],
  ])("%s", (_, given, verdict) => {
    const needs = { subscriptionId: "one", scopes: [group.toLowerCase()] };
    expect(told(locks.judge(needs, found({ value: [given] }))).map(([it]) => it)).toEqual([verdict]);
  });
});

describe("a denial", () => {
  const denial = (more: Readonly<Record<string, Value>> = {}): Value => ({
    name: "d",
    properties: {
      denyAssignmentName: "stack",
      permissions: [{ actions: ["Microsoft.Network/*"], notActions: ["Microsoft.Network/*/read"] }],
      scope: "/subscriptions/one",
      principals: [{ id: "00000000-0000-0000-0000-000000000000", type: "SystemDefined" }],
      excludePrincipals: [],
      ...more,
    },
  });
  it.each<[what: string, denial: Value, verdict: string]>([
    ["of everybody", denial(), "missing"],
    ["of whoever is signed in", denial({ principals: [{ id: "ME", type: "User" }] }), "missing"],
    ["of somebody else", denial({ principals: [{ id: "you", type: "User" }] }), "ok"],
    ["of a group", denial({ principals: [{ id: "all", type: "Group" }] }), "warning"],
    ["of everybody else", denial({ excludePrincipals: [{ id: "Me", type: "User" }] }), "ok"],
    ["of other actions", denial({ permissions: [{ actions: ["Microsoft.Compute/*"], notActions: [] }] }), "ok"],
    ["of reading", denial({ permissions: [{ actions: ["*/read"], notActions: [] }] }), "ok"],
    ["above, that goes no further", denial({ doNotApplyToChildScopes: true }), "ok"],
    ["on another group", denial({ scope: "/subscriptions/one/resourceGroups/rg" }), "ok"],
    ["on the group", denial({ scope: group.toUpperCase(), doNotApplyToChildScopes: true }), "missing"],
  ])("%s", (_, given, verdict) => {
    const needs = {
      subscriptionId: "one",
      identity,
      rights: [[group, ["Microsoft.Network/virtualNetworks/write"]]] as const,
    };
    expect(told(denyAssignments.judge(needs, found({ value: [given] }))).map(([it]) => it)).toEqual([verdict]);
  });
});

const planned = (
  token: string,
  arm: string,
  id: string,
  inputs: Readonly<Record<string, unknown>> = {},
): Parameters<typeof neededRights>[0][number] => ({
  token: `azure-native:${token}`,
  arm,
  id,
  inputs,
});

it("needs a right on each type that is written, where it is written, and on what is named of others", () => {
  const hub = "/subscriptions/two/resourceGroups/rg-hub/providers/Microsoft.Network";
  const identities = `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id`;
  const resources = [
    planned("resources:ResourceGroup", "Microsoft.Resources/resourceGroups", group),
    planned(
      "containerservice:ManagedCluster",
      "Microsoft.ContainerService/managedClusters",
      `${group}/providers/Microsoft.ContainerService/managedClusters/aks`,
      {
        agentPoolProfiles: [{ vnetSubnetID: `${hub}/virtualNetworks/spoke/subnets/nodes` }],
        identity: { userAssignedIdentities: [identities] },
      },
    ),
    planned(
      "authorization:RoleAssignment",
      "Microsoft.Authorization/roleAssignments",
      `${hub}/virtualNetworks/spoke/subnets/nodes/providers/Microsoft.Authorization/roleAssignments/a`,
      {
        scope: `${hub}/virtualNetworks/spoke/subnets/nodes`,
      },
    ),
    planned(
      "authorization:RoleAssignment",
      "Microsoft.Authorization/roleAssignments",
      `${identities}/providers/Microsoft.Authorization/roleAssignments/b`,
    ),
    planned(
      "monitor:DiagnosticSetting",
      "Microsoft.Insights/diagnosticSettings",
      `${group}/providers/Microsoft.ContainerService/managedClusters/aks/providers/Microsoft.Insights/diagnosticSettings/x`,
    ),
  ];
  expect(Object.fromEntries(neededRights(resources))).toEqual({
    "/subscriptions/one": ["Microsoft.Resources/subscriptions/resourceGroups/write"],
    [group]: [
      "Microsoft.Authorization/roleAssignments/write",
      "Microsoft.ContainerService/managedClusters/write",
      "Microsoft.Insights/diagnosticSettings/write",
      "Microsoft.ManagedIdentity/userAssignedIdentities/assign/action",
    ],
    [`${hub}/virtualNetworks/spoke/subnets/nodes`]: [
      "Microsoft.Authorization/roleAssignments/write",
      "Microsoft.Network/virtualNetworks/subnets/join/action",
    ],
  });
});

describe("giving roles", () => {
  const owner = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635";
  const administrator = "f58310d9-a9f6-439a-9e8d-f62e7b41a168";
  const role = (id: string, more: Readonly<Record<string, Value>> = {}): Value => ({
    properties: { roleDefinitionId: `/x/roleDefinitions/${id}`, scope: "/subscriptions/one", ...more },
  });
  const condition = "... GuidEquals {BA92F5B4-2d11-453d-a403-e96b0029c9fe} ...";
  it.each<[what: string, assignments: readonly Value[], told: readonly [string, string]]>([
    ["without a condition", [role(owner)], ["ok", "allowed"]],
    [
      "under one that names all",
      [role(administrator, { condition })],
      ["warning", "allowed under a condition, which names each role of the plan"],
    ],
    ["under a condition, and without one", [role(administrator, { condition }), role(owner)], ["ok", "allowed"]],
    [
      "under one, elsewhere",
      [role(administrator, { condition, scope: "/subscriptions/one/resourceGroups/rg" })],
      ["ok", "allowed"],
    ],
    ["by a role that nobody knows", [role("77777777-7777-4777-8777-777777777777", { condition })], ["ok", "allowed"]],
  ])("%s", (_, assignments, said) => {
    const needs = {
      subscriptionId: "one",
      identity,
      rights: [{ scope: group, actions: ["Microsoft.Authorization/roleAssignments/write"] }],
      roleIds: ["ba92f5b4-2d11-453d-a403-e96b0029c9fe"],
    };
    const permissions = [{ scope: group, answer: found({ value: [{ actions: ["*"], notActions: [] }] }) }];
    expect(told(rights.judge(needs, { permissions, assignments: found({ value: assignments }) }))).toEqual([said]);
    expect(told(rights.judge(needs, { permissions, assignments: silent }))).toEqual([
      ["unknown", "could not be asked: Azure failed"],
    ]);
    expect(told(rights.judge(needs, { permissions, assignments: null }))).toEqual([["ok", "allowed"]]);
  });
});
