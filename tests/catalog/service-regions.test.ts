import { describe, expect, it } from "vitest";
import { armTypes } from "../../azure/arm-types";
import { regions } from "../../catalog/regions";
import { serviceRegions, zonalGrafanaRegions } from "../../catalog/service-regions";

const known = new Set([...armTypes.values()].map(({ arm }) => arm));

describe("regions of services", () => {
  it.each(Object.entries(serviceRegions))("of %s are names that ARM has, of a type that Pulumi makes", (arm, row) => {
    expect(known).toContain(arm);
    // Some are regions in which nothing else of the catalogue is known.
    const others = [...row.regions].filter((it) => !regions.has(it));
    const more = ["australiacentral2", "brazilsoutheast", "chilecentral", "norwaywest"];
    expect(others.filter((it) => !more.includes(it))).toEqual([]);
    expect(row.regions).toContain("eastus2");
  });

  it.each([
    ["Microsoft.StorageCache/amlFilesystems", 31, ["spaincentral"], ["polandcentral", "switzerlandnorth"]],
    ["Microsoft.NetApp/netAppAccounts", 45, ["spaincentral"], ["polandcentral", "mexicocentral"]],
    ["Microsoft.Dashboard/grafana", 26, ["switzerlandnorth"], ["spaincentral", "polandcentral"]],
    ["Microsoft.Monitor/accounts", 37, ["spaincentral"], ["polandcentral", "northcentralus"]],
    ["Microsoft.VirtualMachineImages/imageTemplates", 40, ["polandcentral"], ["japanwest"]],
  ])("%s is in %i of them", (arm, count, has, lacks) => {
    const row = serviceRegions[arm];
    expect(row?.regions.size).toBe(count);
    expect([...has, ...lacks].map((it) => row?.regions.has(it))).toEqual([
      ...has.map(() => true),
      ...lacks.map(() => false),
    ]);
  });

  it("spread Grafana over zones only where there are zones and a Grafana", () => {
    for (const name of zonalGrafanaRegions.regions) {
      expect(regions.get(name)?.zones.length, name).toBe(3);
      expect(serviceRegions["Microsoft.Dashboard/grafana"]?.regions, name).toContain(name);
    }
  });
});
