import { describe, expect, it } from "vitest";
import { toldApiServer } from "../../../simulator/azure/reach";

const api = { server: "https://127.0.0.1:6443", certificateAuthorityData: "Y2E=" };
const cluster = (apiServerAccessProfile: Readonly<Record<string, boolean | string>>) => ({
  resourceName: "aks-gpu-prod-eastus2",
  resourceGroupName: "rg-gpu-prod-eastus2",
  dnsPrefix: "gpu-prod",
  location: "eastus2",
  apiServerAccessProfile,
});
const zone =
  "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/privateDnsZones/gpu-prod.private.eastus2.azmk8s.io";

describe("the API server that Azure tells of", () => {
  it.each([
    ["a public cluster", { enablePrivateCluster: false }, {}, /^https:\/\/127\.0\.0\.1:6443$/],
    [
      "a private cluster with a public name, when that is asked for",
      { enablePrivateCluster: true, enablePrivateClusterPublicFQDN: true, privateDNSZone: "system" },
      { serverFqdn: "public" },
      /^https:\/\/gpu-prod\.hcp\.eastus2\.azmk8s\.io:443$/,
    ],
    [
      "a private cluster with a public name, when nobody asks for it",
      { enablePrivateCluster: true, enablePrivateClusterPublicFQDN: true, privateDNSZone: "system" },
      {},
      /^https:\/\/gpu-prod\.[0-9a-f-]{36}\.private\.eastus2\.azmk8s\.io:443$/,
    ],
    [
      "a private cluster without a public name, whatever is asked for",
      { enablePrivateCluster: true, enablePrivateClusterPublicFQDN: false, privateDNSZone: "system" },
      { serverFqdn: "public" },
      /^https:\/\/gpu-prod\.[0-9a-f-]{36}\.private\.eastus2\.azmk8s\.io:443$/,
    ],
    [
      "a private cluster in a zone of its own",
      { enablePrivateCluster: true, enablePrivateClusterPublicFQDN: false, privateDNSZone: zone },
      {},
      /^https:\/\/gpu-prod\.gpu-prod\.private\.eastus2\.azmk8s\.io:443$/,
    ],
  ] as const)("of %s", (_, profile, asked, server) => {
    const told = toldApiServer(api, asked, cluster(profile));
    expect(told.server).toMatch(server);
    expect(told.certificateAuthorityData).toBe(api.certificateAuthorityData);
  });
});
