/**
 * What the sources say of each size, written down a second time and apart from the catalogue: a slip of the pen in a row
 * shows up here. Memory is the smaller of page and SKU API, InfiniBand the figure for the whole VM.
 */
interface ExpectedSize {
  readonly vcpus: number;
  readonly memoryGiB: number;
  readonly quotaFamily: string;
  readonly gpus: number | null;
  /** All GPU memory of the VM in GB, as the page says; `null` for slices and for sizes without GPU. */
  readonly gpuMemoryGB: number | null;
  readonly infinibandGbps: number | null;
  readonly usdPerHour: number | null;
  readonly regions: number;
}

export const expectedSizes: Readonly<Record<string, ExpectedSize>> = {
  Standard_ND128isr_GB300_v6: {
    vcpus: 128,
    memoryGiB: 864,
    quotaFamily: "standardNDISRGB300V6Family",
    gpus: 4,
    gpuMemoryGB: 1152,
    infinibandGbps: 3200,
    usdPerHour: null,
    regions: 0,
  },
  Standard_ND128isr_NDR_GB200_v6: {
    vcpus: 128,
    memoryGiB: 864,
    quotaFamily: "standardNDISRGB200V6NDRFamily",
    gpus: 4,
    gpuMemoryGB: 768,
    infinibandGbps: 1600,
    usdPerHour: 108.16,
    regions: 19,
  },
  Standard_ND96isr_H100_v5: {
    vcpus: 96,
    memoryGiB: 1900,
    quotaFamily: "standardNDSH100v5Family",
    gpus: 8,
    gpuMemoryGB: 640,
    infinibandGbps: 3200,
    usdPerHour: 98.32,
    regions: 23,
  },
  Standard_ND96isr_H200_v5: {
    vcpus: 96,
    memoryGiB: 1850,
    quotaFamily: "standardNDISRH200V5Family",
    gpus: 8,
    gpuMemoryGB: 1128,
    infinibandGbps: 3200,
    usdPerHour: 84.8,
    regions: 28,
  },
  Standard_ND96isr_MI300X_v5: {
    vcpus: 96,
    memoryGiB: 1850,
    quotaFamily: "standardNDISv5MI300XFamily",
    gpus: 8,
    gpuMemoryGB: 1536,
    infinibandGbps: 3200,
    usdPerHour: 48,
    regions: 17,
  },
  Standard_ND96amsr_A100_v4: {
    vcpus: 96,
    memoryGiB: 1800,
    quotaFamily: "standard NDAMSv4_A100Family",
    gpus: 8,
    gpuMemoryGB: 640,
    infinibandGbps: 1600,
    usdPerHour: 32.77,
    regions: 29,
  },
  Standard_ND96asr_v4: {
    vcpus: 96,
    memoryGiB: 900,
    quotaFamily: "Standard NDASv4_A100 Family",
    gpus: 8,
    gpuMemoryGB: 320,
    infinibandGbps: 1600,
    usdPerHour: 27.197,
    regions: 5,
  },
  Standard_ND40rs_v2: {
    vcpus: 40,
    memoryGiB: 672,
    quotaFamily: "standardNDSv2Family",
    gpus: 8,
    gpuMemoryGB: 256,
    infinibandGbps: 100,
    usdPerHour: 22.032,
    regions: 5,
  },
  Standard_NC40ads_H100_v5: {
    vcpus: 40,
    memoryGiB: 320,
    quotaFamily: "StandardNCadsH100v5Family",
    gpus: 1,
    gpuMemoryGB: 94,
    infinibandGbps: null,
    usdPerHour: 6.98,
    regions: 27,
  },
  Standard_NC80adis_H100_v5: {
    vcpus: 80,
    memoryGiB: 640,
    quotaFamily: "StandardNCadsH100v5Family",
    gpus: 2,
    gpuMemoryGB: 188,
    infinibandGbps: null,
    usdPerHour: 13.96,
    regions: 27,
  },
  Standard_NCC40ads_H100_v5: {
    vcpus: 40,
    memoryGiB: 320,
    quotaFamily: "StandardNCCads2023Family",
    gpus: 1,
    gpuMemoryGB: 94,
    infinibandGbps: null,
    usdPerHour: 8.82,
    regions: 4,
  },
  Standard_NC24ads_A100_v4: {
    vcpus: 24,
    memoryGiB: 220,
    quotaFamily: "StandardNCADSA100v4Family",
    gpus: 1,
    gpuMemoryGB: 80,
    infinibandGbps: null,
    usdPerHour: 3.673,
    regions: 27,
  },
  Standard_NC48ads_A100_v4: {
    vcpus: 48,
    memoryGiB: 440,
    quotaFamily: "StandardNCADSA100v4Family",
    gpus: 2,
    gpuMemoryGB: 160,
    infinibandGbps: null,
    usdPerHour: 7.346,
    regions: 27,
  },
  Standard_NC96ads_A100_v4: {
    vcpus: 96,
    memoryGiB: 880,
    quotaFamily: "StandardNCADSA100v4Family",
    gpus: 4,
    gpuMemoryGB: 320,
    infinibandGbps: null,
    usdPerHour: 14.692,
    regions: 27,
  },
  Standard_NC24lds_xl_RTXPRO6000BSE_v6: {
    vcpus: 24,
    memoryGiB: 72,
    quotaFamily: "StandardNCdsRTXPRO6000BSEv6XLFamily",
    gpus: null,
    gpuMemoryGB: null,
    infinibandGbps: null,
    usdPerHour: 1.13,
    regions: 14,
  },
  Standard_NC36ds_xl_RTXPRO6000BSE_v6: {
    vcpus: 36,
    memoryGiB: 132,
    quotaFamily: "StandardNCdsRTXPRO6000BSEv6XLFamily",
    gpus: null,
    gpuMemoryGB: null,
    infinibandGbps: null,
    usdPerHour: 1.442,
    regions: 14,
  },
  Standard_NC36lds_xl_RTXPRO6000BSE_v6: {
    vcpus: 36,
    memoryGiB: 72,
    quotaFamily: "StandardNCdsRTXPRO6000BSEv6XLFamily",
    gpus: null,
    gpuMemoryGB: null,
    infinibandGbps: null,
    usdPerHour: 1.243,
    regions: 14,
  },
  Standard_NC72ds_xl_RTXPRO6000BSE_v6: {
    vcpus: 72,
    memoryGiB: 264,
    quotaFamily: "StandardNCdsRTXPRO6000BSEv6XLFamily",
    gpus: null,
    gpuMemoryGB: null,
    infinibandGbps: null,
    usdPerHour: 2.83,
    regions: 14,
  },
  Standard_NC72lds_xl_RTXPRO6000BSE_v6: {
    vcpus: 72,
    memoryGiB: 132,
    quotaFamily: "StandardNCdsRTXPRO6000BSEv6XLFamily",
    gpus: null,
    gpuMemoryGB: null,
    infinibandGbps: null,
    usdPerHour: 2.44,
    regions: 14,
  },
  Standard_NC144ds_xl_RTXPRO6000BSE_v6: {
    vcpus: 144,
    memoryGiB: 516,
    quotaFamily: "StandardNCdsRTXPRO6000BSEv6XLFamily",
    gpus: 1,
    gpuMemoryGB: 96,
    infinibandGbps: null,
    usdPerHour: 5.5,
    regions: 14,
  },
  Standard_NC144lds_xl_RTXPRO6000BSE_v6: {
    vcpus: 144,
    memoryGiB: 264,
    quotaFamily: "StandardNCdsRTXPRO6000BSEv6XLFamily",
    gpus: 1,
    gpuMemoryGB: 96,
    infinibandGbps: null,
    usdPerHour: 5.5,
    regions: 14,
  },
  Standard_NC288ds_xl_RTXPRO6000BSE_v6: {
    vcpus: 288,
    memoryGiB: 1032,
    quotaFamily: "StandardNCdsRTXPRO6000BSEv6XLFamily",
    gpus: 2,
    gpuMemoryGB: 192,
    infinibandGbps: null,
    usdPerHour: 11,
    regions: 14,
  },
  Standard_NC288lds_xl_RTXPRO6000BSE_v6: {
    vcpus: 288,
    memoryGiB: 516,
    quotaFamily: "StandardNCdsRTXPRO6000BSEv6XLFamily",
    gpus: 2,
    gpuMemoryGB: 192,
    infinibandGbps: null,
    usdPerHour: 11,
    regions: 14,
  },
  Standard_NC4as_T4_v3: {
    vcpus: 4,
    memoryGiB: 28,
    quotaFamily: "Standard NCASv3_T4 Family",
    gpus: 1,
    gpuMemoryGB: 16,
    infinibandGbps: null,
    usdPerHour: 0.526,
    regions: 28,
  },
  Standard_NC8as_T4_v3: {
    vcpus: 8,
    memoryGiB: 56,
    quotaFamily: "Standard NCASv3_T4 Family",
    gpus: 1,
    gpuMemoryGB: 16,
    infinibandGbps: null,
    usdPerHour: 0.752,
    regions: 28,
  },
  Standard_NC16as_T4_v3: {
    vcpus: 16,
    memoryGiB: 110,
    quotaFamily: "Standard NCASv3_T4 Family",
    gpus: 1,
    gpuMemoryGB: 16,
    infinibandGbps: null,
    usdPerHour: 1.204,
    regions: 28,
  },
  Standard_NC64as_T4_v3: {
    vcpus: 64,
    memoryGiB: 440,
    quotaFamily: "Standard NCASv3_T4 Family",
    gpus: 4,
    gpuMemoryGB: 64,
    infinibandGbps: null,
    usdPerHour: 4.352,
    regions: 28,
  },
  Standard_NV6ads_A10_v5: {
    vcpus: 6,
    memoryGiB: 55,
    quotaFamily: "StandardNVADSA10v5Family",
    gpus: null,
    gpuMemoryGB: null,
    infinibandGbps: null,
    usdPerHour: 0.454,
    regions: 36,
  },
  Standard_NV12ads_A10_v5: {
    vcpus: 12,
    memoryGiB: 110,
    quotaFamily: "StandardNVADSA10v5Family",
    gpus: null,
    gpuMemoryGB: null,
    infinibandGbps: null,
    usdPerHour: 0.908,
    regions: 36,
  },
  Standard_NV18ads_A10_v5: {
    vcpus: 18,
    memoryGiB: 220,
    quotaFamily: "StandardNVADSA10v5Family",
    gpus: null,
    gpuMemoryGB: null,
    infinibandGbps: null,
    usdPerHour: 1.6,
    regions: 36,
  },
  Standard_NV36ads_A10_v5: {
    vcpus: 36,
    memoryGiB: 440,
    quotaFamily: "StandardNVADSA10v5Family",
    gpus: 1,
    gpuMemoryGB: 24,
    infinibandGbps: null,
    usdPerHour: 3.2,
    regions: 36,
  },
  Standard_NV36adms_A10_v5: {
    vcpus: 36,
    memoryGiB: 880,
    quotaFamily: "StandardNVADSA10v5Family",
    gpus: 1,
    gpuMemoryGB: 24,
    infinibandGbps: null,
    usdPerHour: 4.52,
    regions: 36,
  },
  Standard_NV72ads_A10_v5: {
    vcpus: 72,
    memoryGiB: 880,
    quotaFamily: "StandardNVADSA10v5Family",
    gpus: 2,
    gpuMemoryGB: 48,
    infinibandGbps: null,
    usdPerHour: 6.52,
    regions: 36,
  },
  Standard_NV4ads_V710_v5: {
    vcpus: 4,
    memoryGiB: 16,
    quotaFamily: "StandardNVadsV710v5Family",
    gpus: null,
    gpuMemoryGB: null,
    infinibandGbps: null,
    usdPerHour: 0.333,
    regions: 7,
  },
  Standard_NV8ads_V710_v5: {
    vcpus: 8,
    memoryGiB: 32,
    quotaFamily: "StandardNVadsV710v5Family",
    gpus: null,
    gpuMemoryGB: null,
    infinibandGbps: null,
    usdPerHour: 0.667,
    regions: 7,
  },
  Standard_NV12ads_V710_v5: {
    vcpus: 12,
    memoryGiB: 64,
    quotaFamily: "StandardNVadsV710v5Family",
    gpus: null,
    gpuMemoryGB: null,
    infinibandGbps: null,
    usdPerHour: 1,
    regions: 7,
  },
  Standard_NV24ads_V710_v5: {
    vcpus: 24,
    memoryGiB: 128,
    quotaFamily: "StandardNVadsV710v5Family",
    gpus: 1,
    gpuMemoryGB: 24,
    infinibandGbps: null,
    usdPerHour: 2,
    regions: 7,
  },
  Standard_NV28adms_V710_v5: {
    vcpus: 28,
    memoryGiB: 160,
    quotaFamily: "StandardNVadsV710v5Family",
    gpus: 1,
    gpuMemoryGB: 24,
    infinibandGbps: null,
    usdPerHour: 2.4,
    regions: 7,
  },
  Standard_HB176rs_v4: {
    vcpus: 176,
    memoryGiB: 768,
    quotaFamily: "standardHBv4Family",
    gpus: null,
    gpuMemoryGB: null,
    infinibandGbps: 400,
    usdPerHour: 7.2,
    regions: 9,
  },
  Standard_HX176rs: {
    vcpus: 176,
    memoryGiB: 1408,
    quotaFamily: "standardHXFamily",
    gpus: null,
    gpuMemoryGB: null,
    infinibandGbps: 400,
    usdPerHour: 8.64,
    regions: 8,
  },
  Standard_HB368rs_v5: {
    vcpus: 368,
    memoryGiB: 432,
    quotaFamily: "standardHBv5Family",
    gpus: null,
    gpuMemoryGB: null,
    infinibandGbps: 800,
    usdPerHour: 19.8,
    regions: 4,
  },
};

/**
 * The general sizes, a line for each: name, vCPUs, GiB of memory, local disk in GiB, lowest price in USD an hour, number of
 * regions with a price, quota family. Written from the SKU API, the price list and the pages of the series, so that the rule
 * that makes the rows is tried on every size.
 */
export const expectedGeneralSizes = `
D4s_v5 | 4 | 16 | - | 0.192 | 50 | standardDSv5Family
D8s_v5 | 8 | 32 | - | 0.384 | 50 | standardDSv5Family
D16s_v5 | 16 | 64 | - | 0.768 | 50 | standardDSv5Family
D32s_v5 | 32 | 128 | - | 1.536 | 50 | standardDSv5Family
D48s_v5 | 48 | 192 | - | 2.304 | 50 | standardDSv5Family
D64s_v5 | 64 | 256 | - | 3.072 | 50 | standardDSv5Family
D96s_v5 | 96 | 384 | - | 4.608 | 50 | standardDSv5Family
D4ds_v5 | 4 | 16 | 150 temp | 0.226 | 50 | standardDDSv5Family
D8ds_v5 | 8 | 32 | 300 temp | 0.452 | 50 | standardDDSv5Family
D16ds_v5 | 16 | 64 | 600 temp | 0.904 | 50 | standardDDSv5Family
D32ds_v5 | 32 | 128 | 1200 temp | 1.808 | 50 | standardDDSv5Family
D48ds_v5 | 48 | 192 | 1800 temp | 2.712 | 50 | standardDDSv5Family
D64ds_v5 | 64 | 256 | 2400 temp | 3.616 | 50 | standardDDSv5Family
D96ds_v5 | 96 | 384 | 3600 temp | 5.424 | 50 | standardDDSv5Family
D4as_v5 | 4 | 16 | - | ? | 0 | standardDASv5Family
D8as_v5 | 8 | 32 | - | ? | 0 | standardDASv5Family
D16as_v5 | 16 | 64 | - | ? | 0 | standardDASv5Family
D32as_v5 | 32 | 128 | - | ? | 0 | standardDASv5Family
D48as_v5 | 48 | 192 | - | ? | 0 | standardDASv5Family
D64as_v5 | 64 | 256 | - | ? | 0 | standardDASv5Family
D96as_v5 | 96 | 384 | - | ? | 0 | standardDASv5Family
D4ads_v5 | 4 | 16 | 150 temp | ? | 0 | standardDADSv5Family
D8ads_v5 | 8 | 32 | 300 temp | ? | 0 | standardDADSv5Family
D16ads_v5 | 16 | 64 | 600 temp | ? | 0 | standardDADSv5Family
D32ads_v5 | 32 | 128 | 1200 temp | ? | 0 | standardDADSv5Family
D48ads_v5 | 48 | 192 | 1800 temp | ? | 0 | standardDADSv5Family
D64ads_v5 | 64 | 256 | 2400 temp | ? | 0 | standardDADSv5Family
D96ads_v5 | 96 | 384 | 3600 temp | ? | 0 | standardDADSv5Family
D4ps_v5 | 4 | 16 | - | 0.101 | 24 | standardDPSv5Family
D8ps_v5 | 8 | 32 | - | 0.202 | 24 | standardDPSv5Family
D16ps_v5 | 16 | 64 | - | 0.405 | 24 | standardDPSv5Family
D32ps_v5 | 32 | 128 | - | 0.81 | 24 | standardDPSv5Family
D48ps_v5 | 48 | 192 | - | 1.214 | 24 | standardDPSv5Family
D64ps_v5 | 64 | 208 | - | 1.619 | 24 | standardDPSv5Family
D4pds_v5 | 4 | 16 | 150 temp | 0.121 | 24 | standardDPDSv5Family
D8pds_v5 | 8 | 32 | 300 temp | 0.242 | 24 | standardDPDSv5Family
D16pds_v5 | 16 | 64 | 600 temp | 0.483 | 24 | standardDPDSv5Family
D32pds_v5 | 32 | 128 | 1200 temp | 0.966 | 24 | standardDPDSv5Family
D48pds_v5 | 48 | 192 | 1800 temp | 1.45 | 24 | standardDPDSv5Family
D64pds_v5 | 64 | 208 | 2400 temp | 1.933 | 24 | standardDPDSv5Family
D4s_v6 | 4 | 16 | - | 0.202 | 47 | StandardDsv6Family
D8s_v6 | 8 | 32 | - | 0.403 | 47 | StandardDsv6Family
D16s_v6 | 16 | 64 | - | 0.806 | 47 | StandardDsv6Family
D32s_v6 | 32 | 128 | - | 1.613 | 47 | StandardDsv6Family
D48s_v6 | 48 | 192 | - | 2.419 | 47 | StandardDsv6Family
D64s_v6 | 64 | 256 | - | 3.226 | 47 | StandardDsv6Family
D96s_v6 | 96 | 384 | - | 4.838 | 47 | StandardDsv6Family
D4ds_v6 | 4 | 16 | 1 x 220 NVMe | 0.249 | 47 | StandardDdsv6Family
D8ds_v6 | 8 | 32 | 1 x 440 NVMe | 0.498 | 47 | StandardDdsv6Family
D16ds_v6 | 16 | 64 | 2 x 440 NVMe | 0.997 | 47 | StandardDdsv6Family
D32ds_v6 | 32 | 128 | 4 x 440 NVMe | 1.993 | 47 | StandardDdsv6Family
D48ds_v6 | 48 | 192 | 6 x 440 NVMe | 2.99 | 47 | StandardDdsv6Family
D64ds_v6 | 64 | 256 | 4 x 880 NVMe | 3.987 | 47 | StandardDdsv6Family
D96ds_v6 | 96 | 384 | 6 x 880 NVMe | 5.98 | 47 | StandardDdsv6Family
D4as_v6 | 4 | 16 | - | 0.117 | 50 | standardDav6Family
D8as_v6 | 8 | 32 | - | 0.234 | 50 | standardDav6Family
D16as_v6 | 16 | 64 | - | 0.469 | 50 | standardDav6Family
D32as_v6 | 32 | 128 | - | 0.938 | 50 | standardDav6Family
D48as_v6 | 48 | 192 | - | 1.406 | 50 | standardDav6Family
D64as_v6 | 64 | 256 | - | 1.875 | 50 | standardDav6Family
D96as_v6 | 96 | 384 | - | 2.813 | 50 | standardDav6Family
D4ads_v6 | 4 | 16 | 1 x 220 NVMe | 0.148 | 50 | standardDadv6Family
D8ads_v6 | 8 | 32 | 1 x 440 NVMe | 0.295 | 50 | standardDadv6Family
D16ads_v6 | 16 | 64 | 2 x 440 NVMe | 0.59 | 50 | standardDadv6Family
D32ads_v6 | 32 | 128 | 4 x 440 NVMe | 1.181 | 50 | standardDadv6Family
D48ads_v6 | 48 | 192 | 6 x 440 NVMe | 1.771 | 50 | standardDadv6Family
D64ads_v6 | 64 | 256 | 4 x 880 NVMe | 2.362 | 50 | standardDadv6Family
D96ads_v6 | 96 | 384 | 6 x 880 NVMe | 3.542 | 50 | standardDadv6Family
D4ps_v6 | 4 | 16 | - | 0.0924 | 36 | StandardDpsv6Family
D8ps_v6 | 8 | 32 | - | 0.185 | 36 | StandardDpsv6Family
D16ps_v6 | 16 | 64 | - | 0.37 | 36 | StandardDpsv6Family
D32ps_v6 | 32 | 128 | - | 0.739 | 36 | StandardDpsv6Family
D48ps_v6 | 48 | 192 | - | 1.109 | 36 | StandardDpsv6Family
D64ps_v6 | 64 | 256 | - | 1.478 | 36 | StandardDpsv6Family
D96ps_v6 | 96 | 384 | - | 2.218 | 36 | StandardDpsv6Family
D4pds_v6 | 4 | 16 | 1 x 220 NVMe | 0.121 | 36 | StandardDpdsv6Family
D8pds_v6 | 8 | 32 | 1 x 440 NVMe | 0.242 | 36 | StandardDpdsv6Family
D16pds_v6 | 16 | 64 | 2 x 440 NVMe | 0.483 | 36 | StandardDpdsv6Family
D32pds_v6 | 32 | 128 | 4 x 440 NVMe | 0.966 | 36 | StandardDpdsv6Family
D48pds_v6 | 48 | 192 | 6 x 440 NVMe | 1.45 | 36 | StandardDpdsv6Family
D64pds_v6 | 64 | 256 | 4 x 880 NVMe | 1.933 | 36 | StandardDpdsv6Family
D96pds_v6 | 96 | 384 | 6 x 880 NVMe | 2.899 | 36 | StandardDpdsv6Family
E4s_v5 | 4 | 32 | - | 0.252 | 50 | standardESv5Family
E8s_v5 | 8 | 64 | - | 0.504 | 50 | standardESv5Family
E16s_v5 | 16 | 128 | - | 1.008 | 50 | standardESv5Family
E20s_v5 | 20 | 160 | - | 1.26 | 50 | standardESv5Family
E32s_v5 | 32 | 256 | - | 2.016 | 50 | standardESv5Family
E48s_v5 | 48 | 384 | - | 3.024 | 50 | standardESv5Family
E64s_v5 | 64 | 512 | - | 4.032 | 50 | standardESv5Family
E96s_v5 | 96 | 672 | - | 6.048 | 50 | standardESv5Family
E4ds_v5 | 4 | 32 | 150 temp | 0.288 | 50 | standardEDSv5Family
E8ds_v5 | 8 | 64 | 300 temp | 0.576 | 50 | standardEDSv5Family
E16ds_v5 | 16 | 128 | 600 temp | 1.152 | 50 | standardEDSv5Family
E20ds_v5 | 20 | 160 | 750 temp | 1.44 | 50 | standardEDSv5Family
E32ds_v5 | 32 | 256 | 1200 temp | 2.304 | 50 | standardEDSv5Family
E48ds_v5 | 48 | 384 | 1800 temp | 3.456 | 50 | standardEDSv5Family
E64ds_v5 | 64 | 512 | 2400 temp | 4.608 | 50 | standardEDSv5Family
E96ds_v5 | 96 | 672 | 3600 temp | 6.912 | 50 | standardEDSv5Family
E4as_v5 | 4 | 32 | - | ? | 0 | standardEASv5Family
E8as_v5 | 8 | 64 | - | ? | 0 | standardEASv5Family
E16as_v5 | 16 | 128 | - | ? | 0 | standardEASv5Family
E20as_v5 | 20 | 160 | - | ? | 0 | standardEASv5Family
E32as_v5 | 32 | 256 | - | ? | 0 | standardEASv5Family
E48as_v5 | 48 | 384 | - | ? | 0 | standardEASv5Family
E64as_v5 | 64 | 512 | - | ? | 0 | standardEASv5Family
E96as_v5 | 96 | 672 | - | ? | 0 | standardEASv5Family
E4ads_v5 | 4 | 32 | 150 temp | ? | 0 | standardEADSv5Family
E8ads_v5 | 8 | 64 | 300 temp | ? | 0 | standardEADSv5Family
E16ads_v5 | 16 | 128 | 600 temp | ? | 0 | standardEADSv5Family
E20ads_v5 | 20 | 160 | 750 temp | ? | 0 | standardEADSv5Family
E32ads_v5 | 32 | 256 | 1200 temp | ? | 0 | standardEADSv5Family
E48ads_v5 | 48 | 384 | 1800 temp | ? | 0 | standardEADSv5Family
E64ads_v5 | 64 | 512 | 2400 temp | ? | 0 | standardEADSv5Family
E96ads_v5 | 96 | 672 | 3600 temp | ? | 0 | standardEADSv5Family
E4s_v6 | 4 | 32 | - | 0.265 | 50 | StandardEsv6Family
E8s_v6 | 8 | 64 | - | 0.529 | 50 | StandardEsv6Family
E16s_v6 | 16 | 128 | - | 1.058 | 50 | StandardEsv6Family
E20s_v6 | 20 | 160 | - | 1.323 | 50 | StandardEsv6Family
E32s_v6 | 32 | 256 | - | 2.117 | 50 | StandardEsv6Family
E48s_v6 | 48 | 384 | - | 3.175 | 50 | StandardEsv6Family
E64s_v6 | 64 | 512 | - | 4.234 | 50 | StandardEsv6Family
E96s_v6 | 96 | 768 | - | 6.35 | 50 | StandardEsv6Family
E4ds_v6 | 4 | 32 | 1 x 220 NVMe | 0.327 | 50 | StandardEdsv6Family
E8ds_v6 | 8 | 64 | 1 x 440 NVMe | 0.654 | 50 | StandardEdsv6Family
E16ds_v6 | 16 | 128 | 2 x 440 NVMe | 1.308 | 50 | StandardEdsv6Family
E20ds_v6 | 20 | 160 | 2 x 550 NVMe | 1.635 | 50 | StandardEdsv6Family
E32ds_v6 | 32 | 256 | 4 x 440 NVMe | 2.616 | 50 | StandardEdsv6Family
E48ds_v6 | 48 | 384 | 6 x 440 NVMe | 3.924 | 50 | StandardEdsv6Family
E64ds_v6 | 64 | 512 | 4 x 880 NVMe | 5.233 | 50 | StandardEdsv6Family
E96ds_v6 | 96 | 768 | 6 x 880 NVMe | 7.849 | 50 | StandardEdsv6Family
E4as_v6 | 4 | 32 | - | 0.154 | 50 | standardEav6Family
E8as_v6 | 8 | 64 | - | 0.308 | 50 | standardEav6Family
E16as_v6 | 16 | 128 | - | 0.616 | 50 | standardEav6Family
E20as_v6 | 20 | 160 | - | 0.77 | 50 | standardEav6Family
E32as_v6 | 32 | 256 | - | 1.232 | 50 | standardEav6Family
E48as_v6 | 48 | 384 | - | 1.848 | 50 | standardEav6Family
E64as_v6 | 64 | 512 | - | 2.464 | 50 | standardEav6Family
E96as_v6 | 96 | 672 | - | 3.696 | 50 | standardEav6Family
E4ads_v6 | 4 | 32 | 1 x 220 NVMe | 0.188 | 50 | standardEadv6Family
E8ads_v6 | 8 | 64 | 1 x 440 NVMe | 0.375 | 50 | standardEadv6Family
E16ads_v6 | 16 | 128 | 2 x 440 NVMe | 0.75 | 50 | standardEadv6Family
E20ads_v6 | 20 | 160 | 2 x 550 NVMe | 0.938 | 50 | standardEadv6Family
E32ads_v6 | 32 | 256 | 4 x 440 NVMe | 1.501 | 50 | standardEadv6Family
E48ads_v6 | 48 | 384 | 6 x 440 NVMe | 2.251 | 50 | standardEadv6Family
E64ads_v6 | 64 | 512 | 4 x 880 NVMe | 3.002 | 50 | standardEadv6Family
E96ads_v6 | 96 | 672 | 6 x 880 NVMe | 4.502 | 50 | standardEadv6Family
`;
