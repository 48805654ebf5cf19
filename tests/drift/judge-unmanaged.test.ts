import { expect, it } from "vitest";
import { claimTag } from "../../azure/unmanaged";
import { roles } from "../../catalog/roles";
import { toValue, type Value } from "../../core/property-value";
import type { GroupListing } from "../../drift/group-listing";
import { judgeGroups, type JudgedGroups, type Unmanaged } from "../../drift/judge-unmanaged";

const subscription = "/subscriptions/99999999-9999-4999-8999-999999999999";
const group = `${subscription}/resourceGroups/rg-gpu`;
const environment = { location: "eastus", tags: { project: "azure-gpu-cluster", environment: "prod", owner: "us" } };
const at = (type: string, name: string): string => `${group}/providers/${type}/${name}`;

/** A resource as Azure answers it. */
function resource(type: string, name: string, more: object = {}): Value {
  return toValue({ id: at(type, name), name, type, location: "eastus", ...more });
}

function judged(
  strangers: readonly Value[],
  more: Partial<GroupListing> & { known?: readonly string[] } = {},
): JudgedGroups {
  const { known = [], ...listing } = more;
  const listed = new Set(strangers.map((it) => (it as { id: string }).id.toLowerCase()));
  const ids = new Set(known.map((it) => it.toLowerCase()));
  return judgeGroups(
    [{ id: group, strangers, listed, extensions: [], unlisted: [], ...listing }],
    { ids, found: known },
    environment,
  );
}

const only = ({ unmanaged }: JudgedGroups): Unmanaged => {
  expect(unmanaged).toHaveLength(1);
  return unmanaged[0] as Unmanaged;
};

it.each<[type: string, harm: Unmanaged["harm"], means: RegExp]>([
  ["Microsoft.Network/publicIPAddresses", "security", /leads into the environment/],
  // Azure writes the same type in other letters from one answer to the next.
  ["microsoft.network/publicipaddresses", "security", /leads into the environment/],
  ["Microsoft.Automation/automationAccounts", "security", /runs code with an identity/],
  ["Microsoft.Storage/storageAccounts", "security", /Data may be copied/],
  ["Microsoft.Compute/virtualMachineScaleSets", "cost", /take quota/],
  ["Microsoft.Network/networkSecurityGroups", "harmless", /costs nothing/],
  ["Microsoft.Quantum/workspaces", "unjudged", /Nobody has judged/],
])("takes one more %s for %s", (type, harm, means) => {
  const it = only(judged([resource(type, "extra")]));
  expect(it).toMatchObject({ harm, means: expect.stringMatching(means) as string, name: "extra" });
});

it("prices machines as a plan would, from what the resource says", () => {
  const size = "Standard_ND96isr_H100_v5";
  const body = { sku: { name: size, capacity: 2 }, properties: { orchestrationMode: "Uniform" } };
  const two = only(judged([resource("Microsoft.Compute/virtualMachineScaleSets", "scratch", body)]));
  const one = only(
    judged([
      resource("Microsoft.Compute/virtualMachineScaleSets", "scratch", { ...body, sku: { name: size, capacity: 1 } }),
    ]),
  );
  expect(one.usdPerMonth?.full).toBeGreaterThan(10_000);
  expect(two.usdPerMonth?.full).toBeCloseTo(2 * (one.usdPerMonth?.full ?? 0), 0);
});

it("prices nothing by guess: a list says no properties", () => {
  const { usdPerMonth, unpriced, harm } = only(
    judged([resource("Microsoft.Compute/disks", "extra", { sku: { name: "Premium_LRS" } })]),
  );
  expect({ usdPerMonth, unpriced, harm }).toEqual({ usdPerMonth: null, unpriced: [], harm: "cost" });
});

it.each<[title: string, type: string, more: object]>([
  ["a disk of a machine", "Microsoft.Compute/disks", { managedBy: at("Microsoft.Compute/virtualMachines", "login") }],
  [
    "a disk of a machine in a scale set",
    "Microsoft.Compute/disks",
    { managedBy: `${at("Microsoft.Compute/virtualMachineScaleSets", "NODES")}/virtualMachines/nodes_0` },
  ],
  [
    "an interface of a private endpoint",
    "Microsoft.Network/networkInterfaces",
    { properties: { privateEndpoint: { id: at("Microsoft.Network/privateEndpoints", "blob") } } },
  ],
  [
    "a machine of a flexible scale set",
    "Microsoft.Compute/virtualMachines",
    { properties: { virtualMachineScaleSet: { id: at("Microsoft.Compute/virtualMachineScaleSets", "nodes") } } },
  ],
])("takes %s for what came with it, where a stack made that", (_, type, more) => {
  const known = [
    at("Microsoft.Compute/virtualMachines", "login"),
    at("Microsoft.Compute/virtualMachineScaleSets", "nodes"),
    at("Microsoft.Network/privateEndpoints", "blob"),
    group,
  ];
  expect(judged([resource(type, "it", more)], { known })).toMatchObject({ unmanaged: [], followers: 1 });
  // The group itself is of the stack: what lies in it did not come with it.
  expect(judged([resource(type, "it", more)], { known: [group] })).toMatchObject({ unmanaged: [{}], followers: 0 });
});

it("believes a tag of a claim, and still tells of what it is on", () => {
  const { harm, means } = only(
    judged([resource("Microsoft.Compute/disks", "pvc-1", { tags: { [claimTag]: "pvc-1" } })]),
  );
  expect({ harm, means }).toEqual({
    harm: "harmless",
    means: "A CSI driver made it for a claim of somebody in the cluster",
  });
});

it.each<[tags: object, tagged: boolean]>([
  [environment.tags, true],
  [{ ...environment.tags, owner: "somebody else" }, true],
  [{ ...environment.tags, environment: "dev" }, false],
  [{}, false],
])("says of tags %j whether they are the environment's: %s", (tags, tagged) => {
  expect(only(judged([resource("Microsoft.Compute/disks", "extra", { tags })])).tagged).toBe(tagged);
});

const grant = (role: string, scope = group): Value =>
  toValue({
    id: `${scope}/providers/Microsoft.Authorization/roleAssignments/11111111-1111-4111-8111-111111111111`,
    name: "11111111-1111-4111-8111-111111111111",
    properties: {
      roleDefinitionId: `${subscription}/providers/Microsoft.Authorization/roleDefinitions/${role}`,
      principalId: "22222222-2222-4222-8222-222222222222",
      principalType: "User",
      scope,
      createdOn: "2026-12-01T00:00:00Z",
    },
  });

it.each<[role: string, scope: string, means: string]>([
  [roles.Owner.id, group, "has the role Owner on rg-gpu, which is privileged"],
  [roles.Reader.id, at("Microsoft.Storage/storageAccounts", "st"), "has the role Reader on st"],
  ["33333333-3333-4333-8333-333333333333", group, "has the role 33333333-3333-4333-8333-333333333333 on rg-gpu"],
])("takes a role that no stack gave for a matter of security: %s", (role, scope, means) => {
  expect(only(judged([], { extensions: [grant(role, scope)] }))).toMatchObject({
    harm: "security",
    means: `User 22222222-2222-4222-8222-222222222222 ${means}`,
    created: "2026-12-01T00:00:00Z",
  });
  const known = [`${scope}/providers/microsoft.authorization/ROLEASSIGNMENTS/11111111-1111-4111-8111-111111111111`];
  expect(judged([], { extensions: [grant(role, scope)], known }).unmanaged).toEqual([]);
});

const lock = (properties: object, scope = group): Value =>
  toValue({
    ...{ id: `${scope}/providers/Microsoft.Authorization/locks/freeze`, name: "freeze", properties },
    systemData: { createdAt: "2026-12-01T00:00:00Z", lastModifiedAt: "2026-12-02T00:00:00Z" },
  });

it.each<[properties: object, scope: string, harm: Unmanaged["harm"], means: RegExp]>([
  [
    { level: "CanNotDelete" },
    group,
    "capacity",
    /^CanNotDelete on rg-gpu: Nothing there can be deleted, no role either/,
  ],
  [
    { level: "ReadOnly", notes: "audit\n\u001b[2J" },
    at("Microsoft.Storage/storageAccounts", "st"),
    "capacity",
    /^ReadOnly on st \("audit\\n\\u001b\[2J"\): Nothing there can be changed/,
  ],
  [{ level: "constructor" }, group, "unjudged", /^"constructor" on rg-gpu: Nobody has judged/],
  [{}, group, "unjudged", /^"" on rg-gpu: Nobody has judged/],
])("tells a lock %j that no stack made", (properties, scope, harm, means) => {
  expect(only(judged([], { extensions: [lock(properties, scope)] }))).toMatchObject({
    ...{ harm, type: "Microsoft.Authorization/locks", name: "freeze" },
    means: expect.stringMatching(means) as string,
    created: "2026-12-01T00:00:00Z",
    changed: "2026-12-02T00:00:00Z",
  });
  const known = [`${scope}/providers/Microsoft.Authorization/LOCKS/freeze`];
  expect(judged([], { extensions: [lock(properties, scope)], known }).unmanaged).toEqual([]);
});

it("names the types that a list has none of although a stack made some, so that nobody takes it for all", () => {
  const pool = `${at("Microsoft.ContainerService/managedClusters", "aks")}/agentPools/a`;
  const apart = ["locks", "roleAssignments"].map((kind) => at("Microsoft.Authorization", `${kind}/x`));
  const known = [at("Microsoft.ContainerService/managedClusters", "aks"), pool, ...apart];
  const listed = new Set([known[0]?.toLowerCase() ?? ""]);
  expect(judged([], { known, listed }).notListed).toEqual(["Microsoft.ContainerService/managedClusters/agentPools"]);
  const unlisted = [{ group, what: "resources" as const, because: "no right", remedy: "" }];
  expect(judged([], { known, listed: new Set(), unlisted })).toMatchObject({ notListed: [], unlisted });
});

it("tells the worst first", () => {
  const types = [
    "Microsoft.Network/routeTables",
    "Microsoft.Quantum/workspaces",
    "Microsoft.Compute/disks",
    "Microsoft.Network/publicIPAddresses",
  ];
  expect(judged(types.map((type) => resource(type, "x"))).unmanaged.map(({ harm }) => harm)).toEqual([
    "security",
    "cost",
    "unjudged",
    "harmless",
  ]);
});
