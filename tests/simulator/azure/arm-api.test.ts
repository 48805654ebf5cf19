import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { publicCloud } from "../../../catalog/clouds";
import { list, text } from "../../../core/property-tree";
import { ArmClient } from "../../../preflight/arm-client";
import { type Answer, get } from "../../../preflight/question";
import { World } from "../../../simulator/azure/world";

const subscription = "99999999-9999-4999-8999-999999999999";
const group = `/subscriptions/${subscription}/resourceGroups/rg-gpu`;

function azure(): {
  world: World;
  ask: (path: string, query?: Record<string, string>) => Promise<Answer>;
  asked: string[];
} {
  const world = World.open(mkdtempSync(join(tmpdir(), "arm-api-")));
  world.plant(
    "azure-native:resources:ResourceGroup",
    { resourceGroupName: "rg-gpu", location: "eastus" },
    subscription,
  );
  const asked: string[] = [];
  const api = world.api();
  const client = new ArmClient({
    cloud: publicCloud,
    credential: { getToken: () => Promise.resolve({ token: "t", expiresOnTimestamp: Date.now() + 3_600_000 }) },
    httpClient: {
      sendRequest: (request) => {
        asked.push(request.url);
        return api.sendRequest(request);
      },
    },
    signal: new AbortController().signal,
  });
  const ask = (path: string, query: Record<string, string> = {}): Promise<Answer> =>
    client.ask(get(path, { apiVersion: "2021-04-01", query, right: "x/read", has: null }));
  return { world, ask, asked };
}

const plantIps = (world: World, count: number): void => {
  for (let at = 0; at < count; at++)
    world.plant(
      "azure-native:network:PublicIPAddress",
      { resourceGroupName: "rg-gpu", publicIpAddressName: `ip-${String(at).padStart(3, "0")}`, location: "eastus" },
      subscription,
    );
};

it("lists a group page by page", async () => {
  const { world, ask, asked } = azure();
  plantIps(world, 60);
  const answer = await ask(`${group}/resources`, { $expand: "createdTime" });
  const names = answer.kind === "found" ? list(answer.body, "value").map((it) => text(it, "name")) : [];
  expect(names).toEqual(Array.from({ length: 60 }, (_, at) => `ip-${String(at).padStart(3, "0")}`));
  expect(asked).toHaveLength(3);
  expect(asked[2]).toMatch(/\$expand=createdTime.*skiptoken=50|%24expand=createdTime.*skiptoken=50/);
});

it("lists what has a location, with no properties, and with times where they are asked for", async () => {
  const { world, ask } = azure();
  const place = { resourceGroupName: "rg-gpu", location: "eastus" };
  world.plant(
    "azure-native:network:VirtualNetwork",
    { ...place, virtualNetworkName: "vnet", addressSpace: { addressPrefixes: ["10.0.0.0/8"] } },
    subscription,
  );
  world.plant(
    "azure-native:network:Subnet",
    { resourceGroupName: "rg-gpu", virtualNetworkName: "vnet", subnetName: "nodes", addressPrefix: "10.0.0.0/16" },
    subscription,
  );
  const id = `${group}/providers/Microsoft.Network/virtualNetworks/vnet`;
  const type = "Microsoft.Network/virtualNetworks";
  const listed = { id, name: "vnet", type, location: "eastus" };
  expect(await ask(`${group}/resources`)).toEqual({ kind: "found", body: { value: [listed] } });
  const createdTime = "2026-01-01T00:00:00.000Z";
  expect(await ask(`${group}/resources`, { $expand: "createdTime" })).toEqual({
    kind: "found",
    body: { value: [{ ...listed, createdTime }] },
  });
  expect(await ask(id)).toEqual({
    kind: "found",
    body: { ...listed, properties: { addressSpace: { addressPrefixes: ["10.0.0.0/8"] } } },
  });
});

it("tells of roles at a scope, above and below it, and of none beside it", async () => {
  const { world, ask } = azure();
  const on = (scope: string, name: string): string =>
    world.plant(
      "azure-native:authorization:RoleAssignment",
      { scope, roleAssignmentName: name, principalId: "p", roleDefinitionId: "r", principalType: "User" },
      subscription,
    );
  const below = `${group}/providers/Microsoft.Network/virtualNetworks/vnet`;
  const within = [on(`/subscriptions/${subscription}`, "a"), on(group, "b"), on(below, "c")];
  on(`/subscriptions/${subscription}/resourceGroups/rg-gpu-other`, "d");
  const answer = await ask(`${group}/providers/Microsoft.Authorization/roleAssignments`);
  const value = answer.kind === "found" ? list(answer.body, "value") : [];
  expect(value.map((it) => text(it, "id")).sort()).toEqual([...within].sort());
  expect(value.map((it) => text(it, "properties.scope")).sort()).toEqual([
    `/subscriptions/${subscription}`,
    group,
    below,
  ]);
});

it("tells of locks in the same way, with their scope in the ID and their time beside the properties", async () => {
  const { world, ask } = azure();
  const on = (scope: string): string =>
    world.plant(
      "azure-native:authorization:ManagementLockByScope",
      { scope, lockName: "keep", level: "ReadOnly" },
      subscription,
    );
  const below = `${group}/providers/Microsoft.Network/virtualNetworks/vnet`;
  const within = [on(`/subscriptions/${subscription}`), on(group), on(below)];
  on(`${group}-other`);
  const answer = await ask(`${group}/providers/Microsoft.Authorization/locks`);
  const type = "Microsoft.Authorization/locks";
  expect(answer).toEqual({
    kind: "found",
    body: {
      value: within.map((id) => ({
        ...{ id, name: "keep", type, properties: { level: "ReadOnly" } },
        systemData: { createdAt: "2026-01-01T00:00:00.000Z" },
      })),
    },
  });
});

it("has nothing of a group that is not there, and changes nothing", async () => {
  const { world, ask } = azure();
  expect(await ask(`${group}-other/resources`)).toEqual({ kind: "absent" });
  const before = JSON.stringify(world.resources());
  const api = world.api();
  const request = { url: `https://management.azure.com${group}?api-version=2021-04-01`, method: "DELETE" };
  const { status } = await api.sendRequest(request as Parameters<typeof api.sendRequest>[0]);
  expect(status).toBe(405);
  expect(JSON.stringify(world.resources())).toBe(before);
});
