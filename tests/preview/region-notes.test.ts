import { describe, expect, it } from "vitest";
import type { PlannedResource } from "../../core/planned-resource";
import type { Noted } from "../../preview/notes";
import { regionNotes } from "../../preview/region-notes";

const resource = (type: string, inputs: object = {}): Pick<PlannedResource, "type" | "inputs"> => ({
  type: `azure-native:${type}`,
  inputs: { ...inputs },
});

const notesIn = (location: string, resources: readonly ReturnType<typeof resource>[]): string[] =>
  regionNotes({ environment: { location }, resources } as unknown as Noted);

const all = [
  resource("storagecache:AmlFilesystem", { location: "spaincentral" }),
  resource("netapp:Account"),
  resource("netapp:CapacityPool"),
  resource("dashboard:Grafana"),
  resource("dashboard:Dashboard"),
  resource("network:VirtualNetwork"),
];

describe("regionNotes", () => {
  it("says what Azure's list does not have in the region, once", () => {
    expect(notesIn("spaincentral", [...all, ...all])).toEqual([
      "azure-native:location: by Azure's list of 2025, which has 26 regions, spaincentral has no Managed Grafana; npm run preflight asks for the list of today: az provider show --namespace Microsoft.Dashboard",
    ]);
  });

  it("says nothing where the lists have all", () => {
    expect(notesIn("eastus2", all)).toEqual([]);
  });

  it("looks at where a resource is, and not only at the environment's region", () => {
    expect(notesIn("eastus2", [resource("storagecache:AmlFilesystem", { location: "Poland Central" })])).toEqual([
      "azure-native:location: by Azure's list of 2026, which has 31 regions, polandcentral has no Managed Lustre; npm run preflight asks for the list of today: az provider show --namespace Microsoft.StorageCache",
    ]);
  });

  it.each(["Standard_GRS", "Standard_GZRS", "Standard_RAGRS", "Standard_RAGZRS"])(
    "says that nobody knows whether %s has a second region",
    (name) => {
      const account = resource("storage:StorageAccount", { sku: { name } });
      expect(notesIn("denmarkeast", [account])).toEqual([
        `azure-native:location: no source tells whether denmarkeast has a pair, and without one Azure makes no account of ${name}: az account list-locations --query "[?name=='denmarkeast'].metadata.pairedRegion"`,
      ]);
      expect(notesIn("eastus", [account])).toEqual([]);
    },
  );

  it("does not ask of copies in one region", () => {
    const accounts = ["Standard_LRS", "Standard_ZRS"].map((name) =>
      resource("storage:StorageAccount", { sku: { name } }),
    );
    expect(notesIn("denmarkeast", accounts)).toEqual([]);
  });
});
