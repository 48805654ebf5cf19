import { describe, expect, it } from "vitest";
import { isAksHost, madeUpHost, privateHost, publicHost, zoneOfHost } from "../../azure/api-server-name";
import { armOutputs } from "../../azure/answers";
import { nilSubscription } from "../../azure/arm-id";

const cluster = { resourceGroupName: "rg", resourceName: "aks-gpu-prod", dnsPrefix: "gpu-prod", location: "eastus2" };
const zone = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/privateDnsZones/private.eastus2.azmk8s.io";

describe("names of API servers", () => {
  it.each([
    ["a public one", publicHost(cluster), /^gpu-prod\.hcp\.eastus2\.azmk8s\.io$/, "public"],
    [
      "one in AKS's zone",
      privateHost(cluster),
      /^gpu-prod\.[0-9a-f-]{36}\.private\.eastus2\.azmk8s\.io$/,
      "made-by-aks",
    ],
    [
      "one in a zone of one's own",
      privateHost({ ...cluster, apiServerAccessProfile: { privateDNSZone: zone } }),
      /^gpu-prod\.private\.eastus2\.azmk8s\.io$/,
      "own",
    ],
    ["a made-up one", madeUpHost("aks"), /^aks\.hcp\.azmk8s\.io$/, "public"],
  ])("%s is known again by where it is looked up", (_, host, expected, where) => {
    expect(host).toMatch(expected);
    expect(isAksHost(host)).toBe(true);
    expect(zoneOfHost(host)).toBe(where);
  });

  it("are not those of others", () => {
    expect(["127.0.0.1", "example.com", "azmk8s.io.example.com"].filter(isAksHost)).toEqual([]);
  });

  it("are what a cluster says of itself", () => {
    const { outputs } = armOutputs("azure-native:containerservice:ManagedCluster", cluster, nilSubscription);
    expect(outputs).toMatchObject({ fqdn: publicHost(cluster) });
  });
});
