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
    ["of deleting", denial({ permissions: [{ actions: ["*/delete"], notActions: [] }] }), "warning"],
    ["above, that goes no further", denial({ doNotApplyToChildScopes: true }), "ok"],
    ["on another group", denial({ scope: "/subscriptions/one/resourceGroups/rg" }), "ok"],
    ["on the group", denial({ scope: group.toUpperCase(), doNotApplyToChildScopes: true }), "missing"],
  ])("%s", (_, given, verdict) => {
    const needs = {
      subscriptionId: "one",
      identity,
      rights: [
        [
          group,
          {
            actions: ["Microsoft.Network/virtualNetworks/write"],
            deletes: ["Microsoft.Network/virtualNetworks/delete"],
          },
        ],
      ] as const,
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

it("needs a right on each type that is made, where it is made, on what it is asked, and on what is named of others", () => {
  const store = "/subscriptions/two/resourceGroups/rg-data/providers/Microsoft.Storage/storageAccounts/theirs";
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
      "network:PrivateEndpoint",
      "Microsoft.Network/privateEndpoints",
      `${group}/providers/Microsoft.Network/privateEndpoints/pe`,
      {
        subnet: { id: `${hub}/virtualNetworks/spoke/subnets/nodes` },
        privateLinkServiceConnections: [{ privateLinkServiceId: store }],
      },
    ),
    planned(
      "storage:BlobServiceProperties",
      "Microsoft.Storage/storageAccounts/blobServices",
      `${group}/providers/Microsoft.Storage/storageAccounts/st/blobServices/default`,
    ),
    planned(
      "monitor:DiagnosticSetting",
      "Microsoft.Insights/diagnosticSettings",
      `${group}/providers/Microsoft.ContainerService/managedClusters/aks/providers/Microsoft.Insights/diagnosticSettings/x`,
    ),
  ];
  expect(Object.fromEntries(neededRights(resources))).toEqual({
    "/subscriptions/one": {
      actions: [
        "Microsoft.Resources/subscriptions/resourceGroups/read",
        "Microsoft.Resources/subscriptions/resourceGroups/write",
      ],
      deletes: ["Microsoft.Resources/subscriptions/resourceGroups/delete"],
    },
    [group]: {
      actions: [
        "Microsoft.Authorization/roleAssignments/read",
        "Microsoft.Authorization/roleAssignments/write",
        "Microsoft.ContainerService/managedClusters/listClusterUserCredential/action",
        "Microsoft.ContainerService/managedClusters/read",
        "Microsoft.ContainerService/managedClusters/write",
        "Microsoft.Insights/diagnosticSettings/read",
        "Microsoft.Insights/diagnosticSettings/write",
        "Microsoft.ManagedIdentity/userAssignedIdentities/assign/action",
        "Microsoft.Network/privateEndpoints/read",
        "Microsoft.Network/privateEndpoints/write",
        "Microsoft.Storage/storageAccounts/blobServices/read",
        "Microsoft.Storage/storageAccounts/blobServices/write",
      ],
      // What comes with its account goes with it.
      deletes: [
        "Microsoft.Authorization/roleAssignments/delete",
        "Microsoft.ContainerService/managedClusters/delete",
        "Microsoft.Insights/diagnosticSettings/delete",
        "Microsoft.Network/privateEndpoints/delete",
      ],
    },
    [`${hub}/virtualNetworks/spoke/subnets/nodes`]: {
      actions: [
        "Microsoft.Authorization/roleAssignments/read",
        "Microsoft.Authorization/roleAssignments/write",
        "Microsoft.Network/virtualNetworks/subnets/join/action",
      ],
      deletes: ["Microsoft.Authorization/roleAssignments/delete"],
    },
    [store]: { actions: ["Microsoft.Storage/storageAccounts/privateEndpointConnectionsApproval/action"], deletes: [] },
  });
});

describe("rights that are lacking", () => {
  const judge = (actions: readonly string[], deletes: readonly string[], notActions: readonly string[]) =>
    rights.judge(
      { subscriptionId: "one", identity, rights: [{ scope: group, actions, deletes }], roleIds: [] },
      {
        permissions: [{ scope: group, answer: found({ value: [{ actions: ["*"], notActions }] }) }],
        assignments: null,
      },
    );
  const ask = "Microsoft.ContainerService/managedClusters/listClusterUserCredential/action";
  const grant = (role: string): string =>
    `az role assignment create --assignee-object-id me --role ${role} --scope ${group}`;
  const later = "a change that replaces something, and destroy, would stop half-way";

  it.each<[actions: string[], deletes: string[], without: string[], said: object[]]>([
    [[ask], ["a/delete"], [], [{ verdict: "ok", have: "allowed", remedy: null }]],
    [[ask], [], ["*/action"], [{ verdict: "missing", have: `no ${ask}`, remedy: grant("Contributor") }]],
    [
      ["a/write"],
      ["a/delete", "b/delete"],
      ["*/delete"],
      [
        { verdict: "ok", have: "allowed" },
        { verdict: "warning", have: `no a/delete, b/delete: ${later}`, remedy: grant("Contributor") },
      ],
    ],
    [
      ["a/write", "Microsoft.Authorization/locks/write"],
      ["Microsoft.Authorization/roleAssignments/delete"],
      ["Microsoft.Authorization/*"],
      [
        { verdict: "missing", remedy: grant("'User Access Administrator'") },
        { verdict: "warning", remedy: grant("'Role Based Access Control Administrator'") },
      ],
    ],
    [
      ["a/write", "Microsoft.Authorization/locks/write"],
      [],
      ["*"],
      [{ verdict: "missing", remedy: `${grant("Contributor")}; ${grant("'User Access Administrator'")}` }],
    ],
    [
      ["Microsoft.Authorization/policyAssignments/write", "Microsoft.Authorization/policyDefinitions/write"],
      ["Microsoft.Authorization/policyAssignments/delete"],
      ["Microsoft.Authorization/*"],
      [
        { verdict: "missing", remedy: grant("'Resource Policy Contributor'") },
        { verdict: "warning", remedy: grant("'Resource Policy Contributor'") },
      ],
    ],
    [
      ["Microsoft.Authorization/roleDefinitions/write"],
      [],
      ["Microsoft.Authorization/*"],
      [{ verdict: "missing", remedy: grant("'User Access Administrator'") }],
    ],
  ])("%j, %j, without %j", (actions, deletes, without, said) => {
    expect(judge(actions, deletes, without)).toMatchObject(said);
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
      rights: [{ scope: group, actions: ["Microsoft.Authorization/roleAssignments/write"], deletes: [] }],
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
