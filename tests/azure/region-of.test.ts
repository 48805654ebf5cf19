import { describe, expect, it } from "vitest";
import { type Placed, regionsOf } from "../../azure/region-of";
import { unknownValue } from "../../core/property-marks";

const urn = (name: string): string => `urn:pulumi:dev::x::t::${name}`;

function made(type: string, name: string, inputs: object, dependsOn: Readonly<Record<string, string>> = {}): Placed {
  const propertyDependencies = Object.fromEntries(Object.entries(dependsOn).map(([key, it]) => [key, [urn(it)]]));
  return { type: `azure-native:${type}`, urn: urn(name), inputs: { ...inputs }, propertyDependencies };
}

const group = (name: string, location: string): Placed =>
  made("resources:ResourceGroup", name, { resourceGroupName: name, location });
const cluster = (name: string, location: string, resourceGroupName = "rg"): Placed =>
  made("containerservice:ManagedCluster", name, { resourceGroupName, resourceName: name, location });
const pool = (inputs: object, dependsOn?: Readonly<Record<string, string>>): Placed =>
  made("containerservice:AgentPool", "pool", { agentPoolName: "p", ...inputs }, dependsOn);

const [west, east] = [cluster("west", "West Europe"), cluster("east", "eastus")];

describe("the region of a resource", () => {
  it.each<[string, Placed, readonly Placed[], string | undefined]>([
    ["is what it says", made("compute:Disk", "d", { location: "Sweden Central" }), [], "swedencentral"],
    ["is that of what it names", pool({ resourceName: "west" }), [west, east], "westeurope"],
    ["is that of what it names, in any letter case", pool({ resourceName: "EAST" }), [west, east], "eastus"],
    [
      "is that of what its name comes from",
      pool({ resourceName: unknownValue }, { resourceName: "west" }),
      [west, east],
      "westeurope",
    ],
    ["is that of the only one that it can name", pool({ resourceName: unknownValue }), [west], "westeurope"],
    ["is not known between several", pool({ resourceName: unknownValue }), [west, east], undefined],
    [
      "is the one that several share",
      pool({ resourceName: unknownValue }),
      [west, cluster("other", "westeurope")],
      "westeurope",
    ],
    [
      "is that of one of two with the same name, by its group",
      pool({ resourceName: "aks", resourceGroupName: "b" }),
      [cluster("aks", "eastus", "a"), cluster("aks", "westus", "b")],
      "westus",
    ],
    [
      "is that of what lies further up",
      made("netapp:CapacityPoolVolume", "v", { accountName: "acc", poolName: "pool", volumeName: "v" }),
      [
        made("netapp:CapacityPool", "pool", { accountName: "acc", poolName: "pool" }),
        made("netapp:Account", "acc", { accountName: "acc", location: "westus" }),
      ],
      "westus",
    ],
    [
      "is that of its group",
      made("network:NatGateway", "n", { resourceGroupName: "b" }),
      [group("a", "eastus"), group("b", "westus")],
      "westus",
    ],
    [
      "is that of its group, whose name is not known yet",
      made("network:NatGateway", "n", { resourceGroupName: unknownValue }, { resourceGroupName: "b" }),
      [group("a", "eastus"), group("b", "westus")],
      "westus",
    ],
    [
      "is not that of another's group",
      made("network:NatGateway", "n", { resourceGroupName: "c" }),
      [group("a", "eastus")],
      undefined,
    ],
    ["is not known of a type that nobody knows", { type: "azure-native:nope:It", inputs: {} }, [west], undefined],
  ])("%s", (_, it, others, region) => {
    expect(regionsOf([it, ...others])(it)).toBe(region);
    expect(regionsOf([...others, it].reverse())(it)).toBe(region);
  });
});
