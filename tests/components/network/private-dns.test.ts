import { describe, expect, it } from "vitest";
import { PrivateDns } from "../../../components/network/private-dns";
import { idOf, label, only, recorded, scope, tree } from "../../recorded";

const virtualNetworkResourceId = idOf("Microsoft.Network/virtualNetworks/vnet");

describe("PrivateDns", () => {
  it.each([
    ["blob", "privatelink.blob.core.windows.net"],
    ["dfs", "privatelink.dfs.core.windows.net"],
  ] as const)("links the zone of %s to the VNet once", async (service, zoneName) => {
    const plan = await recorded(
      () => new PrivateDns("dns", { scope, virtualNetworkResourceId, services: ["blob", "dfs"] }),
    );
    expect(tree(plan)).toHaveLength(5);
    const zone = only(plan, "azure-native:privatedns:PrivateZone", `dns-${service}`);
    const common = { resourceGroupName: "rg-test", tags: scope.tags, location: "global", privateZoneName: zoneName };
    expect(zone.inputs).toEqual(common);
    expect(label(zone.parent)).toBe("PrivateDns dns");
    const link = only(plan, "azure-native:privatedns:VirtualNetworkLink", `dns-${service}`);
    expect(link.inputs).toEqual({
      ...common,
      virtualNetworkLinkName: "cluster",
      virtualNetwork: { id: virtualNetworkResourceId },
      registrationEnabled: false,
      resolutionPolicy: "NxDomainRedirect",
    });
    expect(link.dependencies).toContain(zone.urn);
  });

  it("links each zone to the peers that need the names, too", async () => {
    const hub = idOf("Microsoft.Network/virtualNetworks/hub");
    const plan = await recorded(
      () => new PrivateDns("dns", { scope, virtualNetworkResourceId, services: ["blob", "dfs"], peers: { hub } }),
    );
    for (const service of ["blob", "dfs"]) {
      const { inputs } = only(plan, "azure-native:privatedns:VirtualNetworkLink", `dns-${service}-hub`);
      // A hub has services of its own, whose names this zone does not know.
      expect(inputs["resolutionPolicy"]).toBe("NxDomainRedirect");
      expect([inputs["virtualNetworkLinkName"], inputs["virtualNetwork"]]).toEqual(["peer-hub", { id: hub }]);
    }
  });

  it("makes no zone where there is one already, and hands that one out", async () => {
    const theirs = "/subscriptions/s/resourceGroups/dns/providers/Microsoft.Network/privateDnsZones/";
    const blob = `${theirs}PrivateLink.blob.core.windows.net`;
    const ids: string[] = [];
    const plan = await recorded(() => {
      const existingZones = [blob, `${theirs}privatelink.vaultcore.azure.net`];
      const dns = new PrivateDns("dns", { scope, virtualNetworkResourceId, services: ["blob", "dfs"], existingZones });
      dns.zoneResourceId("blob").apply((id) => ids.push(id));
    });
    expect(ids).toEqual([blob]);
    expect(tree(plan)).toEqual([
      "PrivateDns dns",
      "PrivateZone dns-dfs < PrivateDns dns",
      "VirtualNetworkLink dns-dfs < PrivateDns dns",
    ]);
  });

  it("hands out the zones that it made, and fails for another as for a bug of the caller", async () => {
    const ids: string[] = [];
    await recorded(() => {
      const dns = new PrivateDns("dns", { scope, virtualNetworkResourceId, services: ["blob"] });
      dns.zoneResourceId("blob").apply((id) => ids.push(id));
      expect(() => dns.zoneResourceId("dfs")).toThrow("No private DNS zone was made for dfs.");
    });
    expect(ids).toEqual([idOf("Microsoft.Network/privateDnsZones/privatelink.blob.core.windows.net")]);
  });
});
