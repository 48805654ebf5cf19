import type { VmSize } from "../vm-size";
import { generalSizesOf, type GeneralGroup } from "./general-family";

/** Regions without a price of a generation. */
const notIntelV6 = ["indonesiacentral", "malaysiawest", "newzealandnorth"];
const notArmV6 = [
  ...["australiacentral", "austriaeast", "germanynorth", "indonesiacentral", "israelcentral", "jioindiacentral"],
  ...["jioindiawest", "koreasouth", "malaysiawest", "qatarcentral", "southafricawest", "southindia"],
  ...["switzerlandwest", "uaecentral"],
];
const notArmV5 = [
  ...["australiacentral", "australiasoutheast", "austriaeast", "brazilsouth", "canadaeast", "germanynorth"],
  ...["indonesiacentral", "israelcentral", "italynorth", "japanwest", "koreacentral", "koreasouth", "malaysiawest"],
  ...["mexicocentral", "newzealandnorth", "norwayeast", "polandcentral", "qatarcentral", "southafricanorth"],
  ...["southafricawest", "southindia", "spaincentral", "switzerlandwest", "uaecentral", "uaenorth", "ukwest"],
];
const notAmdV7 = [
  ...["australiacentral", "australiasoutheast", "austriaeast", "canadaeast", "germanynorth"],
  ...["indonesiacentral", "israelcentral", "jioindiacentral", "koreasouth", "malaysiawest"],
  ...["newzealandnorth", "qatarcentral", "southafricawest", "southindia", "switzerlandwest"],
  ...["uaecentral", "ukwest", "westcentralus"],
];
const notIntelV7 = [
  ...["australiacentral", "australiasoutheast", "austriaeast", "canadaeast", "centralindia", "eastasia"],
  ...["francecentral", "germanynorth", "israelcentral", "japaneast", "japanwest", "jioindiacentral"],
  ...["jioindiawest", "koreasouth", "malaysiawest", "newzealandnorth", "qatarcentral", "southafricawest"],
  ...["southeastasia", "southindia", "switzerlandnorth", "switzerlandwest", "uaecentral", "uaenorth"],
  ...["ukwest", "westcentralus"],
];

/** From 4 vCPUs on: AKS takes no smaller size for system pools, see `limits.systemPoolVcpus`. */
function upTo(most: number): number[] {
  return [4, 8, 16, 32, 48, 64, 96, 128, 160].filter((it) => it <= most);
}

/** The same where the family has a size of 20. */
function with20(most: number): number[] {
  return [4, 8, 16, 20, 32, 48, 64, 96, 128].filter((it) => it <= most);
}

/** A series that goes: new subscriptions get none of it, and nobody more of it. Source: `sources.retirements` */
function endOfLife(on: string): VmSize["lifecycle"] {
  return {
    state: "previous",
    note: `End of life: gone on ${on}; new subscriptions cannot have it, and nobody gets more quota.`,
  };
}

/** D: 4 GiB for each vCPU, with the letter `l` 2. The letter `d` is a local disk, `a` an AMD and `p` an Arm processor. */
const d: readonly GeneralGroup[] = [
  {
    gibPerVcpu: 4,
    localDisk: "none",
    rows: [
      ["D#s_v4", "standardDSv4Family", upTo(64), [0.048, "eastus", 0.084], null],
      ["D#s_v5", "standardDSv5Family", upTo(96), [0.048, "eastus", 0.08255], "2026-02-27"],
      ["D#as_v5", "standardDASv5Family", upTo(96), null, "2026-03-10"],
      ["D#ps_v5", "standardDPSv5Family", upTo(64), [0.0253, "centralindia", 0.053, notArmV5], "2026-03-10", 208],
      ["D#s_v6", "StandardDsv6Family", upTo(128), [0.0504, "eastus", 0.10221, notIntelV6], "2024-07-29"],
      ["D#as_v6", "standardDav6Family", upTo(96), [0.0293, "centralindia", 0.0844], "2024-07-29"],
      ["D#ps_v6", "StandardDpsv6Family", upTo(96), [0.0231, "centralindia", 0.0558, notArmV6], "2026-03-10"],
      ["D#ns_v6", "StandardDnv6Family", upTo(128), [0.069617, "eastus", 0.13923, notIntelV6], null],
      ["D#as_v7", "StandardDasv7Family", upTo(160), [0.0293, "centralindia", 0.0728, notAmdV7], null],
      ["D#s_v7", "StandardDsv7Family", [...upTo(128), 192], [0.0635, "centralus", 0.10584, notIntelV7], null],
    ],
  },
  {
    gibPerVcpu: 4,
    localDisk: "temporary",
    rows: [
      ["D#ds_v4", "standardDDSv4Family", upTo(64), [0.0565, "eastus", 0.09888], null],
      ["D#ds_v5", "standardDDSv5Family", upTo(96), [0.0565, "eastus", 0.0975], "2024-07-29"],
      ["D#ads_v5", "standardDADSv5Family", upTo(96), null, "2026-03-10"],
      ["D#pds_v5", "standardDPDSv5Family", upTo(64), [0.0302, "centralindia", 0.06225, notArmV5], "2026-03-10", 208],
    ],
  },
  {
    gibPerVcpu: 4,
    localDisk: "twice-memory",
    rows: [["D#as_v4", "standardDASv4Family", upTo(96), [0.03085, "centralindia", 0.08923], "2026-03-10"]],
  },
  {
    gibPerVcpu: 4,
    localDisk: "twice-memory",
    lifecycle: endOfLife("2029-11-15"),
    rows: [["D#s_v3", "standardDSv3Family", upTo(64), [0.048, "eastus", 0.08579, ["austriaeast"]], "2024-09-24"]],
  },
  {
    gibPerVcpu: 4,
    localDisk: "nvme",
    rows: [
      ["D#ds_v6", "StandardDdsv6Family", upTo(128), [0.06229, "eastus", 0.12633, notIntelV6], "2024-07-29"],
      ["D#ads_v6", "standardDadv6Family", upTo(96), [0.0369, "centralindia", 0.1061], "2024-07-29"],
      ["D#pds_v6", "StandardDpdsv6Family", upTo(96), [0.0302, "centralindia", 0.073, notArmV6], "2026-01-05"],
      ["D#ads_v7", "StandardDadsv7Family", upTo(160), [0.0369, "centralindia", 0.0915, notAmdV7], "2026-01-26"],
    ],
  },
  {
    gibPerVcpu: 2,
    localDisk: "none",
    rows: [
      ["D#ls_v5", "standardDLSv5Family", upTo(96), [0.0425, "eastus", 0.07901], null],
      ["D#pls_v5", "standardDPLSv5Family", upTo(64), [0.0213, "centralindia", 0.04441, notArmV5], null],
      ["D#ls_v6", "StandardDlsv6Family", upTo(128), [0.04463, "eastus", 0.08296, notIntelV6], null],
      ["D#als_v6", "standardDalv6Family", upTo(96), [0.026, "centralindia", 0.0747], null],
      ["D#pls_v6", "StandardDplsv6Family", upTo(96), [0.0204, "centralindia", 0.0493, notArmV6], null],
      ["D#nls_v6", "StandardDnlv6Family", upTo(128), [0.0567, "eastus", 0.10541, notIntelV6], null],
      ["D#als_v7", "StandardDalsv7Family", upTo(160), [0.026, "centralindia", 0.0645, notAmdV7], null],
      ["D#ls_v7", "StandardDlsv7Family", [...upTo(128), 192], [0.05623, "centralus", 0.09371, notIntelV7], null],
    ],
  },
  {
    gibPerVcpu: 2,
    localDisk: "temporary",
    rows: [
      ["D#lds_v5", "standardDLDSv5Family", upTo(96), [0.048, "eastus", 0.08923, ["mexicocentral"]], null],
      ["D#plds_v5", "standardDPLDSv5Family", upTo(64), [0.0245, "centralindia", 0.0505, notArmV5], null],
    ],
  },
  {
    gibPerVcpu: 2,
    localDisk: "nvme",
    rows: [
      ["D#lds_v6", "StandardDldsv6Family", upTo(128), [0.05516, "eastus", 0.10253, notIntelV6], "2026-01-28"],
      ["D#alds_v6", "standardDaldv6Family", upTo(96), [0.0308, "centralindia", 0.0886], "2024-07-29"],
    ],
  },
  {
    gibPerVcpu: 2,
    localDisk: "nvme",
    ephemeralOsDisk: false,
    rows: [["D#plds_v6", "StandardDpldsv6Family", upTo(96), [0.0257, "centralindia", 0.062, notArmV6], "2026-03-10"]],
  },
];

/** E: 8 GiB for each vCPU. The letter `b` is more throughput to remote disks. */
const e: readonly GeneralGroup[] = [
  {
    gibPerVcpu: 8,
    localDisk: "none",
    rows: [
      ["E#s_v4", "standardESv4Family", with20(64), [0.063, "eastus", 0.1104], null, 504],
      ["E#s_v5", "standardESv5Family", with20(96), [0.063, "eastus", 0.1105], "2026-03-10", 672],
      ["E#as_v5", "standardEASv5Family", with20(96), null, "2026-03-10", 672],
      ["E#ps_v5", "standardEPSv5Family", with20(32), [0.0325, "centralindia", 0.067, notArmV5], null, 208],
      ["E#bs_v5", "standardEBSv5Family", upTo(96), [0.0745, "eastus", 0.1385], null, 672],
      ["E#s_v6", "StandardEsv6Family", with20(128), [0.06615, "eastus", 0.11603], "2026-03-10"],
      ["E#as_v6", "standardEav6Family", with20(96), [0.0385, "centralindia", 0.1109], "2026-03-10", 672],
      ["E#ps_v6", "StandardEpsv6Family", upTo(96), [0.0303, "centralindia", 0.0733, notArmV6], null, 672],
      ["E#ns_v6", "StandardEnv6Family", upTo(128), [0.087165, "eastus", 0.17433, notIntelV6], null],
      ["E#as_v7", "StandardEasv7Family", upTo(160), [0.0385, "centralindia", 0.0957, notAmdV7], null],
      ["E#s_v7", "StandardEsv7Family", [...with20(128), 192], [0.08335, "centralus", 0.13893, notIntelV7], null],
    ],
  },
  {
    gibPerVcpu: 8,
    localDisk: "temporary",
    rows: [
      ["E#ds_v4", "standardEDSv4Family", with20(64), [0.072, "eastus", 0.12566], null, 504],
      ["E#ds_v5", "standardEDSv5Family", with20(96), [0.072, "eastus", 0.126], "2024-08-01", 672],
      ["E#ads_v5", "standardEADSv5Family", with20(96), null, "2024-08-01", 672],
      ["E#pds_v5", "standardEPDSv5Family", with20(32), [0.041, "centralindia", 0.07641, notArmV5], null, 208],
      ["E#bds_v5", "standardEBDSv5Family", upTo(96), [0.0835, "eastus", 0.15523], null, 672],
    ],
  },
  {
    gibPerVcpu: 8,
    localDisk: "twice-memory",
    rows: [["E#as_v4", "standardEASv4Family", with20(96), [0.039712, "centralindia", 0.11711], "2024-08-01", 672]],
  },
  {
    gibPerVcpu: 8,
    localDisk: "twice-memory",
    lifecycle: endOfLife("2029-11-15"),
    rows: [["E#s_v3", "standardESv3Family", with20(64), null, null, 432]],
  },
  {
    gibPerVcpu: 8,
    localDisk: "nvme",
    rows: [
      ["E#ds_v6", "StandardEdsv6Family", with20(128), [0.08176, "eastus", 0.1434], "2024-08-01"],
      ["E#ads_v6", "standardEadv6Family", with20(96), [0.0469, "centralindia", 0.135], "2024-08-01", 672],
      ["E#pds_v6", "StandardEpdsv6Family", upTo(96), [0.0384, "centralindia", 0.0929, notArmV6], "2026-01-05", 672],
    ],
  },
];

/** F: more clock. With the letter `l` 2 GiB for each vCPU, with `m` 8. */
const f: readonly GeneralGroup[] = [
  {
    gibPerVcpu: 2,
    localDisk: "none",
    rows: [
      ["F#als_v6", "StandardFalsv6Family", upTo(64), [0.039097, "centralindia", 0.1125], null],
      ["F#als_v7", "StandardFalsv7Family", [...upTo(64), 80], [0.0391, "centralindia", 0.097, notAmdV7], null],
    ],
  },
  {
    gibPerVcpu: 2,
    localDisk: "four-times-memory",
    lifecycle: endOfLife("2028-11-15"),
    rows: [["F#s_v2", "standardFSv2Family", [...upTo(64), 72], [0.042288, "eastus", 0.06937], "2024-07-30"]],
  },
  {
    gibPerVcpu: 4,
    localDisk: "none",
    rows: [
      ["F#as_v6", "StandardFasv6Family", upTo(64), [0.044097, "centralindia", 0.127], null],
      ["F#as_v7", "StandardFasv7Family", [...upTo(64), 80], [0.0441, "centralindia", 0.1096, notAmdV7], null],
    ],
  },
  {
    gibPerVcpu: 8,
    localDisk: "none",
    rows: [
      ["F#ams_v6", "StandardFamsv6Family", upTo(64), null, null],
      ["F#ams_v7", "StandardFamsv7Family", [...upTo(64), 80], [0.0578, "centralindia", 0.1435, notAmdV7], null],
    ],
  },
];

/** Sizes without GPU and InfiniBand: system pools, and pools for pods that need neither. */
export const generalSizes: readonly VmSize[] = [...d, ...e, ...f].flatMap(generalSizesOf);
