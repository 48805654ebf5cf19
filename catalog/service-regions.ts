import { normaliseRegion } from "./regions";

/** Where Azure offers a service that not every region has. */
export interface ServiceRegions {
  /** What people call it. */
  readonly service: string;
  /** Names of the regions in ARM. */
  readonly regions: ReadonlySet<string>;
  /** Year of the list. More are added, so it says where there may be none, and not where there is none. */
  readonly asOf: number;
  readonly source: string;
}

/** Azure's own answer to `az provider show`, as it is recorded there. */
const record = "Azure/PSRule.Rules.Azure:data/providers";

/**
 * Services by the ARM type that they are asked for with. A subscription's own list is what `npm run preflight` asks for.
 * The records have no date: their year is that of the newest API version in them.
 */
export const serviceRegions: Readonly<Record<string, ServiceRegions>> = {
  "Microsoft.StorageCache/amlFilesystems": {
    service: "Managed Lustre",
    asOf: 2026,
    source: `${record}/microsoft.storagecache/types.json (3a32b8c, API 2026-01-01)`,
    regions: named(
      "Australia East, Brazil South, Canada Central, Central India, Central US, East US, East US 2, France Central",
      "Germany West Central, Indonesia Central, Italy North, Japan East, Japan West, Korea Central, Korea South",
      "Malaysia West, Mexico Central, North Central US, North Europe, Norway East, South Africa North, South Central US",
      "Southeast Asia, Spain Central, Sweden Central, UAE North, UK South, West Europe, West US, West US 2, West US 3",
    ),
  },
  "Microsoft.NetApp/netAppAccounts": {
    service: "NetApp Files",
    asOf: 2026,
    source: `${record}/microsoft.netapp/types.json (ab402fe, API 2026-03-01; that of its locations)`,
    regions: named(
      "Australia Central, Australia Central 2, Australia East, Australia Southeast, Brazil South, Brazil Southeast",
      "Canada Central, Canada East, Central India, Central US, East Asia, East US, East US 2, France Central, Germany North",
      "Germany West Central, Israel Central, Italy North, Japan East, Japan West, Korea Central, Korea South, Malaysia West",
      "New Zealand North, North Central US, North Europe, Norway East, Norway West, Qatar Central, South Africa North",
      "South Central US, South India, Southeast Asia, Spain Central, Sweden Central, Switzerland North, Switzerland West",
      "UAE Central, UAE North, UK South, UK West, West Europe, West US, West US 2, West US 3",
    ),
  },
  "Microsoft.Dashboard/grafana": {
    service: "Managed Grafana",
    asOf: 2025,
    source: `${record}/microsoft.dashboard/types.json (ab402fe, API 2025-11-01-preview)`,
    regions: named(
      "Australia East, Brazil South, Canada Central, Central India, Central US, East Asia, East US, East US 2",
      "France Central, Germany West Central, Italy North, Japan East, Korea Central, North Europe, Norway East",
      "South Central US, Southeast Asia, Sweden Central, Switzerland North, UAE North, UK South, West Central US",
      "West Europe, West US, West US 2, West US 3",
    ),
  },
  "Microsoft.Monitor/accounts": {
    service: "an Azure Monitor workspace",
    asOf: 2025,
    source: `${record}/microsoft.monitor/types.json (08d5837, API 2025-05-03-preview)`,
    regions: named(
      "Australia Central, Australia East, Australia Southeast, Brazil South, Canada Central, Canada East, Central India",
      "Central US, East Asia, East US, East US 2, France Central, Germany West Central, Israel Central, Italy North",
      "Japan East, Japan West, Korea Central, Korea South, Mexico Central, North Europe, Norway East, South Africa North",
      "South Central US, South India, Southeast Asia, Spain Central, Sweden Central, Switzerland North, UAE North",
      "UK South, UK West, West Central US, West Europe, West US, West US 2, West US 3",
    ),
  },
  "Microsoft.VirtualMachineImages/imageTemplates": {
    service: "Image Builder",
    asOf: 2026,
    source: `${record}/microsoft.virtualmachineimages/types.json (ab402fe, of the same commit as API 2026-03-01 of NetApp Files)`,
    regions: named(
      "Australia East, Australia Southeast, Austria East, Brazil South, Canada Central, Central India, Central US",
      "Chile Central, East Asia, East US, East US 2, France Central, Germany West Central, Indonesia Central",
      "Israel Central, Italy North, Japan East, Korea Central, Malaysia West, Mexico Central, New Zealand North",
      "North Central US, North Europe, Norway East, Poland Central, Qatar Central, South Africa North, South Central US",
      "Southeast Asia, Spain Central, Sweden Central, Switzerland North, UAE North, UK South, UK West, West Central US",
      "West Europe, West US, West US 2, West US 3",
    ),
  },
};

/**
 * Regions in which Azure spreads a workspace of Managed Grafana over zones: fewer than have zones. Elsewhere it answers
 * `ZoneRedundancyNotSupported`, and with this list.
 * Source: https://github.com/MicrosoftDocs/azure-docs/pull/128186 (2026-02-10, ARM's own answer)
 */
export const zonalGrafanaRegions: { readonly regions: ReadonlySet<string>; readonly asOf: string } = {
  asOf: "2026-02-10",
  regions: named(
    "Australia East, Canada Central, Central India, East Asia, East US, France Central, Korea Central, North Europe",
    "Norway East, South Central US, UK South, West US 3",
  ),
};

function named(...lines: readonly string[]): ReadonlySet<string> {
  return new Set(lines.flatMap((line) => line.split(", ")).map(normaliseRegion));
}
