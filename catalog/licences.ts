/** Software that bills with each machine that runs it, beside the price of the machine, which is the one with a free Linux. */
export interface Licence {
  /** What a bill calls it. */
  readonly what: string;
  /** Publishers of Marketplace images that have it. */
  readonly publishers: RegExp;
  /** Offers of these publishers without it, or for a licence of one's own; `null` for none. */
  readonly freeOffers: RegExp | null;
  /** What machines say as their `licenseType` that bring a licence of their own. */
  readonly ownLicence: RegExp | null;
  /** What they say that buy one by the hour, whatever their image. */
  readonly boughtLicence: RegExp | null;
  readonly source: string;
}

const ofLinux =
  "MicrosoftDocs/azure-compute-docs:articles/virtual-machines/linux/azure-hybrid-benefit-linux.md; publishers as az vm image list names them";

/** Windows, which a machine may have of any image: its OS type says so, too. */
export const windowsLicence: Licence = {
  what: "Windows licence",
  publishers: /^Microsoft(Windows|VisualStudio|SharePoint)/i,
  freeOffers: null,
  ownLicence: /^Windows_(Server|Client)$/i,
  boughtLicence: null,
  source:
    "Azure/azure-rest-api-specs:specification/compute (licenseType of a virtual machine); https://learn.microsoft.com/windows-server/get-started/azure-hybrid-benefit",
};

/** All licences that images bring along. */
export const licences: readonly Licence[] = [
  windowsLicence,
  {
    what: "SQL Server licence",
    publishers: /^MicrosoftSQLServer$/i,
    freeOffers: null,
    ownLicence: null,
    boughtLicence: null,
    source: "https://learn.microsoft.com/azure/azure-sql/virtual-machines/windows/pricing-guidance",
  },
  {
    what: "Red Hat Enterprise Linux licence",
    publishers: /^RedHat$/i,
    freeOffers: /byos/i,
    ownLicence: /^RHEL_BYOS$/i,
    boughtLicence: /^RHEL_(?!BYOS)/i,
    source: ofLinux,
  },
  {
    what: "SUSE Linux Enterprise licence",
    publishers: /^SUSE$/i,
    freeOffers: /byos|^opensuse/i,
    ownLicence: /^SLES_BYOS$/i,
    boughtLicence: /^SLES_(?!BYOS)/i,
    source: ofLinux,
  },
];
