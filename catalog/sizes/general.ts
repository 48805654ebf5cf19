import type { SizeFacts, VmSize } from "../vm-size";
import { generalSizesOf, type GeneralGroup } from "./general-family";

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
      ["D#s_v4", "standardDSv4Family", upTo(64), null],
      ["D#s_v5", "standardDSv5Family", upTo(96), "2026-02-27"],
      ["D#as_v5", "standardDASv5Family", upTo(96), "2026-03-10"],
      ["D#ps_v5", "standardDPSv5Family", upTo(64), "2026-03-10", 208],
      ["D#s_v6", "StandardDsv6Family", upTo(128), "2024-07-29"],
      ["D#as_v6", "standardDav6Family", upTo(96), "2024-07-29"],
      ["D#ps_v6", "StandardDpsv6Family", upTo(96), "2026-03-10"],
      ["D#ns_v6", "StandardDnv6Family", upTo(128), null],
      ["D#as_v7", "StandardDasv7Family", upTo(160), null],
      ["D#s_v7", "StandardDsv7Family", [...upTo(128), 192], null],
    ],
  },
  {
    gibPerVcpu: 4,
    localDisk: "temporary",
    rows: [
      ["D#ds_v4", "standardDDSv4Family", upTo(64), null],
      ["D#ds_v5", "standardDDSv5Family", upTo(96), "2024-07-29"],
      ["D#ads_v5", "standardDADSv5Family", upTo(96), "2026-03-10"],
      ["D#pds_v5", "standardDPDSv5Family", upTo(64), "2026-03-10", 208],
    ],
  },
  {
    gibPerVcpu: 4,
    localDisk: "twice-memory",
    rows: [["D#as_v4", "standardDASv4Family", upTo(96), "2026-03-10"]],
  },
  {
    gibPerVcpu: 4,
    localDisk: "twice-memory",
    lifecycle: endOfLife("2029-11-15"),
    rows: [["D#s_v3", "standardDSv3Family", upTo(64), "2024-09-24"]],
  },
  {
    gibPerVcpu: 4,
    localDisk: "nvme",
    rows: [
      ["D#ds_v6", "StandardDdsv6Family", upTo(128), "2024-07-29"],
      ["D#ads_v6", "standardDadv6Family", upTo(96), "2024-07-29"],
      ["D#pds_v6", "StandardDpdsv6Family", upTo(96), "2026-01-05"],
      ["D#ads_v7", "StandardDadsv7Family", upTo(160), "2026-01-26"],
    ],
  },
  {
    gibPerVcpu: 2,
    localDisk: "none",
    rows: [
      ["D#ls_v5", "standardDLSv5Family", upTo(96), null],
      ["D#pls_v5", "standardDPLSv5Family", upTo(64), null],
      ["D#ls_v6", "StandardDlsv6Family", upTo(128), null],
      ["D#als_v6", "standardDalv6Family", upTo(96), null],
      ["D#pls_v6", "StandardDplsv6Family", upTo(96), null],
      ["D#nls_v6", "StandardDnlv6Family", upTo(128), null],
      ["D#als_v7", "StandardDalsv7Family", upTo(160), null],
      ["D#ls_v7", "StandardDlsv7Family", [...upTo(128), 192], null],
    ],
  },
  {
    gibPerVcpu: 2,
    localDisk: "temporary",
    rows: [
      ["D#lds_v5", "standardDLDSv5Family", upTo(96), null],
      ["D#plds_v5", "standardDPLDSv5Family", upTo(64), null],
    ],
  },
  {
    gibPerVcpu: 2,
    localDisk: "nvme",
    rows: [
      ["D#lds_v6", "StandardDldsv6Family", upTo(128), "2026-01-28"],
      ["D#alds_v6", "standardDaldv6Family", upTo(96), "2024-07-29"],
    ],
  },
  {
    gibPerVcpu: 2,
    localDisk: "nvme",
    ephemeralOsDisk: false,
    rows: [["D#plds_v6", "StandardDpldsv6Family", upTo(96), "2026-03-10"]],
  },
];

/** E: 8 GiB for each vCPU. The letter `b` is more throughput to remote disks. */
const e: readonly GeneralGroup[] = [
  {
    gibPerVcpu: 8,
    localDisk: "none",
    rows: [
      ["E#s_v4", "standardESv4Family", with20(64), null, 504],
      ["E#s_v5", "standardESv5Family", with20(96), "2026-03-10", 672],
      ["E#as_v5", "standardEASv5Family", with20(96), "2026-03-10", 672],
      ["E#ps_v5", "standardEPSv5Family", with20(32), null, 208],
      ["E#bs_v5", "standardEBSv5Family", upTo(96), null, 672],
      ["E#s_v6", "StandardEsv6Family", with20(128), "2026-03-10"],
      ["E#as_v6", "standardEav6Family", with20(96), "2026-03-10", 672],
      ["E#ps_v6", "StandardEpsv6Family", upTo(96), null, 672],
      ["E#ns_v6", "StandardEnv6Family", upTo(128), null],
      ["E#as_v7", "StandardEasv7Family", upTo(160), null],
      ["E#s_v7", "StandardEsv7Family", [...with20(128), 192], null],
    ],
  },
  {
    gibPerVcpu: 8,
    localDisk: "temporary",
    rows: [
      ["E#ds_v4", "standardEDSv4Family", with20(64), null, 504],
      ["E#ds_v5", "standardEDSv5Family", with20(96), "2024-08-01", 672],
      ["E#ads_v5", "standardEADSv5Family", with20(96), "2024-08-01", 672],
      ["E#pds_v5", "standardEPDSv5Family", with20(32), null, 208],
      ["E#bds_v5", "standardEBDSv5Family", upTo(96), null, 672],
    ],
  },
  {
    gibPerVcpu: 8,
    localDisk: "twice-memory",
    rows: [["E#as_v4", "standardEASv4Family", with20(96), "2024-08-01", 672]],
  },
  {
    gibPerVcpu: 8,
    localDisk: "twice-memory",
    lifecycle: endOfLife("2029-11-15"),
    rows: [["E#s_v3", "standardESv3Family", with20(64), null, 432]],
  },
  {
    gibPerVcpu: 8,
    localDisk: "nvme",
    rows: [
      ["E#ds_v6", "StandardEdsv6Family", with20(128), "2024-08-01"],
      ["E#ads_v6", "standardEadv6Family", with20(96), "2024-08-01", 672],
      ["E#pds_v6", "StandardEpdsv6Family", upTo(96), "2026-01-05", 672],
    ],
  },
];

/** F: more clock. With the letter `l` 2 GiB for each vCPU, with `m` 8. */
const f: readonly GeneralGroup[] = [
  {
    gibPerVcpu: 2,
    localDisk: "none",
    rows: [
      ["F#als_v6", "StandardFalsv6Family", upTo(64), null],
      ["F#als_v7", "StandardFalsv7Family", [...upTo(64), 80], null],
    ],
  },
  {
    gibPerVcpu: 2,
    localDisk: "four-times-memory",
    lifecycle: endOfLife("2028-11-15"),
    rows: [["F#s_v2", "standardFSv2Family", [...upTo(64), 72], "2024-07-30"]],
  },
  {
    gibPerVcpu: 4,
    localDisk: "none",
    rows: [
      ["F#as_v6", "StandardFasv6Family", upTo(64), null],
      ["F#as_v7", "StandardFasv7Family", [...upTo(64), 80], null],
    ],
  },
  {
    gibPerVcpu: 8,
    localDisk: "none",
    rows: [
      ["F#ams_v6", "StandardFamsv6Family", upTo(64), null],
      ["F#ams_v7", "StandardFamsv7Family", [...upTo(64), 80], null],
    ],
  },
];

/** Sizes without GPU and InfiniBand: system pools, and pools for pods that need neither. */
export const generalSizes: readonly SizeFacts[] = [...d, ...e, ...f].flatMap(generalSizesOf);
