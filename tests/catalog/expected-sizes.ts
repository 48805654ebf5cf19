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
D128s_v6 | 128 | 512 | - | 6.451 | 47 | StandardDsv6Family
D128ds_v6 | 128 | 512 | 4 x 1760 NVMe | 7.973 | 47 | StandardDdsv6Family
E128s_v6 | 128 | 1024 | - | 8.467 | 50 | StandardEsv6Family
E128ds_v6 | 128 | 1024 | 4 x 1760 NVMe | 10.465 | 50 | StandardEdsv6Family
D4s_v4 | 4 | 16 | - | 0.192 | 50 | standardDSv4Family
D8s_v4 | 8 | 32 | - | 0.384 | 50 | standardDSv4Family
D16s_v4 | 16 | 64 | - | 0.768 | 50 | standardDSv4Family
D32s_v4 | 32 | 128 | - | 1.536 | 50 | standardDSv4Family
D48s_v4 | 48 | 192 | - | 2.304 | 50 | standardDSv4Family
D64s_v4 | 64 | 256 | - | 3.072 | 50 | standardDSv4Family
D4ls_v5 | 4 | 8 | - | 0.17 | 50 | standardDLSv5Family
D8ls_v5 | 8 | 16 | - | 0.34 | 50 | standardDLSv5Family
D16ls_v5 | 16 | 32 | - | 0.68 | 50 | standardDLSv5Family
D32ls_v5 | 32 | 64 | - | 1.36 | 50 | standardDLSv5Family
D48ls_v5 | 48 | 96 | - | 2.04 | 50 | standardDLSv5Family
D64ls_v5 | 64 | 128 | - | 2.72 | 50 | standardDLSv5Family
D96ls_v5 | 96 | 192 | - | 4.08 | 50 | standardDLSv5Family
D4ls_v6 | 4 | 8 | - | 0.179 | 47 | StandardDlsv6Family
D8ls_v6 | 8 | 16 | - | 0.357 | 47 | StandardDlsv6Family
D16ls_v6 | 16 | 32 | - | 0.714 | 47 | StandardDlsv6Family
D32ls_v6 | 32 | 64 | - | 1.428 | 47 | StandardDlsv6Family
D48ls_v6 | 48 | 96 | - | 2.142 | 47 | StandardDlsv6Family
D64ls_v6 | 64 | 128 | - | 2.856 | 47 | StandardDlsv6Family
D96ls_v6 | 96 | 192 | - | 4.284 | 47 | StandardDlsv6Family
D128ls_v6 | 128 | 256 | - | 5.713 | 47 | StandardDlsv6Family
D4als_v6 | 4 | 8 | - | 0.104 | 50 | standardDalv6Family
D8als_v6 | 8 | 16 | - | 0.208 | 50 | standardDalv6Family
D16als_v6 | 16 | 32 | - | 0.416 | 50 | standardDalv6Family
D32als_v6 | 32 | 64 | - | 0.832 | 50 | standardDalv6Family
D48als_v6 | 48 | 96 | - | 1.248 | 50 | standardDalv6Family
D64als_v6 | 64 | 128 | - | 1.664 | 50 | standardDalv6Family
D96als_v6 | 96 | 192 | - | 2.496 | 50 | standardDalv6Family
D4pls_v5 | 4 | 8 | - | 0.0852 | 24 | standardDPLSv5Family
D8pls_v5 | 8 | 16 | - | 0.17 | 24 | standardDPLSv5Family
D16pls_v5 | 16 | 32 | - | 0.341 | 24 | standardDPLSv5Family
D32pls_v5 | 32 | 64 | - | 0.682 | 24 | standardDPLSv5Family
D48pls_v5 | 48 | 96 | - | 1.022 | 24 | standardDPLSv5Family
D64pls_v5 | 64 | 128 | - | 1.363 | 24 | standardDPLSv5Family
D4pls_v6 | 4 | 8 | - | 0.0816 | 36 | StandardDplsv6Family
D8pls_v6 | 8 | 16 | - | 0.163 | 36 | StandardDplsv6Family
D16pls_v6 | 16 | 32 | - | 0.326 | 36 | StandardDplsv6Family
D32pls_v6 | 32 | 64 | - | 0.653 | 36 | StandardDplsv6Family
D48pls_v6 | 48 | 96 | - | 0.979 | 36 | StandardDplsv6Family
D64pls_v6 | 64 | 128 | - | 1.306 | 36 | StandardDplsv6Family
D96pls_v6 | 96 | 192 | - | 1.958 | 36 | StandardDplsv6Family
D4as_v7 | 4 | 16 | - | 0.117 | 32 | StandardDasv7Family
D8as_v7 | 8 | 32 | - | 0.234 | 32 | StandardDasv7Family
D16as_v7 | 16 | 64 | - | 0.469 | 32 | StandardDasv7Family
D32as_v7 | 32 | 128 | - | 0.938 | 32 | StandardDasv7Family
D48as_v7 | 48 | 192 | - | 1.406 | 32 | StandardDasv7Family
D64as_v7 | 64 | 256 | - | 1.875 | 32 | StandardDasv7Family
D96as_v7 | 96 | 384 | - | 2.813 | 32 | StandardDasv7Family
D128as_v7 | 128 | 512 | - | 3.75 | 32 | StandardDasv7Family
D160as_v7 | 160 | 640 | - | 4.688 | 32 | StandardDasv7Family
D4als_v7 | 4 | 8 | - | 0.104 | 32 | StandardDalsv7Family
D8als_v7 | 8 | 16 | - | 0.208 | 32 | StandardDalsv7Family
D16als_v7 | 16 | 32 | - | 0.416 | 32 | StandardDalsv7Family
D32als_v7 | 32 | 64 | - | 0.832 | 32 | StandardDalsv7Family
D48als_v7 | 48 | 96 | - | 1.248 | 32 | StandardDalsv7Family
D64als_v7 | 64 | 128 | - | 1.664 | 32 | StandardDalsv7Family
D96als_v7 | 96 | 192 | - | 2.496 | 32 | StandardDalsv7Family
D128als_v7 | 128 | 256 | - | 3.328 | 32 | StandardDalsv7Family
D160als_v7 | 160 | 320 | - | 4.16 | 32 | StandardDalsv7Family
D4s_v7 | 4 | 16 | - | 0.254 | 24 | StandardDsv7Family
D8s_v7 | 8 | 32 | - | 0.508 | 24 | StandardDsv7Family
D16s_v7 | 16 | 64 | - | 1.016 | 24 | StandardDsv7Family
D32s_v7 | 32 | 128 | - | 2.032 | 24 | StandardDsv7Family
D48s_v7 | 48 | 192 | - | 3.048 | 24 | StandardDsv7Family
D64s_v7 | 64 | 256 | - | 4.064 | 24 | StandardDsv7Family
D96s_v7 | 96 | 384 | - | 6.096 | 24 | StandardDsv7Family
D128s_v7 | 128 | 512 | - | 8.128 | 24 | StandardDsv7Family
D192s_v7 | 192 | 768 | - | 12.192 | 24 | StandardDsv7Family
D4ls_v7 | 4 | 8 | - | 0.225 | 24 | StandardDlsv7Family
D8ls_v7 | 8 | 16 | - | 0.45 | 24 | StandardDlsv7Family
D16ls_v7 | 16 | 32 | - | 0.9 | 24 | StandardDlsv7Family
D32ls_v7 | 32 | 64 | - | 1.799 | 24 | StandardDlsv7Family
D48ls_v7 | 48 | 96 | - | 2.699 | 24 | StandardDlsv7Family
D64ls_v7 | 64 | 128 | - | 3.599 | 24 | StandardDlsv7Family
D96ls_v7 | 96 | 192 | - | 5.398 | 24 | StandardDlsv7Family
D128ls_v7 | 128 | 256 | - | 7.197 | 24 | StandardDlsv7Family
D192ls_v7 | 192 | 384 | - | 10.796 | 24 | StandardDlsv7Family
D4ns_v6 | 4 | 16 | - | 0.278 | 47 | StandardDnv6Family
D8ns_v6 | 8 | 32 | - | 0.557 | 47 | StandardDnv6Family
D16ns_v6 | 16 | 64 | - | 1.114 | 47 | StandardDnv6Family
D32ns_v6 | 32 | 128 | - | 2.228 | 47 | StandardDnv6Family
D48ns_v6 | 48 | 192 | - | 3.342 | 47 | StandardDnv6Family
D64ns_v6 | 64 | 256 | - | 4.455 | 47 | StandardDnv6Family
D96ns_v6 | 96 | 384 | - | 6.683 | 47 | StandardDnv6Family
D128ns_v6 | 128 | 512 | - | 8.911 | 47 | StandardDnv6Family
D4nls_v6 | 4 | 8 | - | 0.227 | 47 | StandardDnlv6Family
D8nls_v6 | 8 | 16 | - | 0.454 | 47 | StandardDnlv6Family
D16nls_v6 | 16 | 32 | - | 0.907 | 47 | StandardDnlv6Family
D32nls_v6 | 32 | 64 | - | 1.814 | 47 | StandardDnlv6Family
D48nls_v6 | 48 | 96 | - | 2.722 | 47 | StandardDnlv6Family
D64nls_v6 | 64 | 128 | - | 3.629 | 47 | StandardDnlv6Family
D96nls_v6 | 96 | 192 | - | 5.443 | 47 | StandardDnlv6Family
D128nls_v6 | 128 | 256 | - | 7.258 | 47 | StandardDnlv6Family
E4s_v4 | 4 | 32 | - | 0.252 | 50 | standardESv4Family
E8s_v4 | 8 | 64 | - | 0.504 | 50 | standardESv4Family
E16s_v4 | 16 | 128 | - | 1.008 | 50 | standardESv4Family
E20s_v4 | 20 | 160 | - | 1.26 | 50 | standardESv4Family
E32s_v4 | 32 | 256 | - | 2.016 | 50 | standardESv4Family
E48s_v4 | 48 | 384 | - | 3.024 | 50 | standardESv4Family
E64s_v4 | 64 | 504 | - | 4.032 | 50 | standardESv4Family
E4ps_v5 | 4 | 32 | - | 0.13 | 24 | standardEPSv5Family
E8ps_v5 | 8 | 64 | - | 0.26 | 24 | standardEPSv5Family
E16ps_v5 | 16 | 128 | - | 0.52 | 24 | standardEPSv5Family
E20ps_v5 | 20 | 160 | - | 0.65 | 24 | standardEPSv5Family
E32ps_v5 | 32 | 208 | - | 1.04 | 24 | standardEPSv5Family
E4ps_v6 | 4 | 32 | - | 0.121 | 36 | StandardEpsv6Family
E8ps_v6 | 8 | 64 | - | 0.242 | 36 | StandardEpsv6Family
E16ps_v6 | 16 | 128 | - | 0.485 | 36 | StandardEpsv6Family
E32ps_v6 | 32 | 256 | - | 0.97 | 36 | StandardEpsv6Family
E48ps_v6 | 48 | 384 | - | 1.454 | 36 | StandardEpsv6Family
E64ps_v6 | 64 | 512 | - | 1.939 | 36 | StandardEpsv6Family
E96ps_v6 | 96 | 672 | - | 2.909 | 36 | StandardEpsv6Family
E4as_v7 | 4 | 32 | - | 0.154 | 32 | StandardEasv7Family
E8as_v7 | 8 | 64 | - | 0.308 | 32 | StandardEasv7Family
E16as_v7 | 16 | 128 | - | 0.616 | 32 | StandardEasv7Family
E32as_v7 | 32 | 256 | - | 1.232 | 32 | StandardEasv7Family
E48as_v7 | 48 | 384 | - | 1.848 | 32 | StandardEasv7Family
E64as_v7 | 64 | 512 | - | 2.464 | 32 | StandardEasv7Family
E96as_v7 | 96 | 768 | - | 3.696 | 32 | StandardEasv7Family
E128as_v7 | 128 | 1024 | - | 4.928 | 32 | StandardEasv7Family
E160as_v7 | 160 | 1280 | - | 6.16 | 32 | StandardEasv7Family
E4s_v7 | 4 | 32 | - | 0.333 | 24 | StandardEsv7Family
E8s_v7 | 8 | 64 | - | 0.667 | 24 | StandardEsv7Family
E16s_v7 | 16 | 128 | - | 1.334 | 24 | StandardEsv7Family
E20s_v7 | 20 | 160 | - | 1.667 | 24 | StandardEsv7Family
E32s_v7 | 32 | 256 | - | 2.667 | 24 | StandardEsv7Family
E48s_v7 | 48 | 384 | - | 4.001 | 24 | StandardEsv7Family
E64s_v7 | 64 | 512 | - | 5.334 | 24 | StandardEsv7Family
E96s_v7 | 96 | 768 | - | 8.002 | 24 | StandardEsv7Family
E128s_v7 | 128 | 1024 | - | 10.669 | 24 | StandardEsv7Family
E192s_v7 | 192 | 1536 | - | 16.003 | 24 | StandardEsv7Family
E4ns_v6 | 4 | 32 | - | 0.349 | 47 | StandardEnv6Family
E8ns_v6 | 8 | 64 | - | 0.697 | 47 | StandardEnv6Family
E16ns_v6 | 16 | 128 | - | 1.395 | 47 | StandardEnv6Family
E32ns_v6 | 32 | 256 | - | 2.789 | 47 | StandardEnv6Family
E48ns_v6 | 48 | 384 | - | 4.184 | 47 | StandardEnv6Family
E64ns_v6 | 64 | 512 | - | 5.579 | 47 | StandardEnv6Family
E96ns_v6 | 96 | 768 | - | 8.368 | 47 | StandardEnv6Family
E128ns_v6 | 128 | 1024 | - | 11.157 | 47 | StandardEnv6Family
E4bs_v5 | 4 | 32 | - | 0.298 | 50 | standardEBSv5Family
E8bs_v5 | 8 | 64 | - | 0.596 | 50 | standardEBSv5Family
E16bs_v5 | 16 | 128 | - | 1.192 | 50 | standardEBSv5Family
E32bs_v5 | 32 | 256 | - | 2.384 | 50 | standardEBSv5Family
E48bs_v5 | 48 | 384 | - | 3.576 | 50 | standardEBSv5Family
E64bs_v5 | 64 | 512 | - | 4.768 | 50 | standardEBSv5Family
E96bs_v5 | 96 | 672 | - | 7.152 | 50 | standardEBSv5Family
F4as_v6 | 4 | 16 | - | 0.176 | 50 | StandardFasv6Family
F8as_v6 | 8 | 32 | - | 0.353 | 50 | StandardFasv6Family
F16as_v6 | 16 | 64 | - | 0.706 | 50 | StandardFasv6Family
F32as_v6 | 32 | 128 | - | 1.411 | 50 | StandardFasv6Family
F48as_v6 | 48 | 192 | - | 2.117 | 50 | StandardFasv6Family
F64as_v6 | 64 | 256 | - | 2.822 | 50 | StandardFasv6Family
F4als_v6 | 4 | 8 | - | 0.156 | 50 | StandardFalsv6Family
F8als_v6 | 8 | 16 | - | 0.313 | 50 | StandardFalsv6Family
F16als_v6 | 16 | 32 | - | 0.626 | 50 | StandardFalsv6Family
F32als_v6 | 32 | 64 | - | 1.251 | 50 | StandardFalsv6Family
F48als_v6 | 48 | 96 | - | 1.877 | 50 | StandardFalsv6Family
F64als_v6 | 64 | 128 | - | 2.502 | 50 | StandardFalsv6Family
F4as_v7 | 4 | 16 | - | 0.176 | 32 | StandardFasv7Family
F8as_v7 | 8 | 32 | - | 0.353 | 32 | StandardFasv7Family
F16as_v7 | 16 | 64 | - | 0.706 | 32 | StandardFasv7Family
F32as_v7 | 32 | 128 | - | 1.411 | 32 | StandardFasv7Family
F48as_v7 | 48 | 192 | - | 2.117 | 32 | StandardFasv7Family
F64as_v7 | 64 | 256 | - | 2.822 | 32 | StandardFasv7Family
F80as_v7 | 80 | 320 | - | 3.528 | 32 | StandardFasv7Family
F4als_v7 | 4 | 8 | - | 0.156 | 32 | StandardFalsv7Family
F8als_v7 | 8 | 16 | - | 0.313 | 32 | StandardFalsv7Family
F16als_v7 | 16 | 32 | - | 0.626 | 32 | StandardFalsv7Family
F32als_v7 | 32 | 64 | - | 1.251 | 32 | StandardFalsv7Family
F48als_v7 | 48 | 96 | - | 1.877 | 32 | StandardFalsv7Family
F64als_v7 | 64 | 128 | - | 2.502 | 32 | StandardFalsv7Family
F80als_v7 | 80 | 160 | - | 3.128 | 32 | StandardFalsv7Family
F4ams_v7 | 4 | 32 | - | 0.231 | 32 | StandardFamsv7Family
F8ams_v7 | 8 | 64 | - | 0.462 | 32 | StandardFamsv7Family
F16ams_v7 | 16 | 128 | - | 0.925 | 32 | StandardFamsv7Family
F32ams_v7 | 32 | 256 | - | 1.85 | 32 | StandardFamsv7Family
F48ams_v7 | 48 | 384 | - | 2.774 | 32 | StandardFamsv7Family
F64ams_v7 | 64 | 512 | - | 3.699 | 32 | StandardFamsv7Family
F80ams_v7 | 80 | 640 | - | 4.624 | 32 | StandardFamsv7Family
F4ams_v6 | 4 | 32 | - | ? | 0 | StandardFamsv6Family
F8ams_v6 | 8 | 64 | - | ? | 0 | StandardFamsv6Family
F16ams_v6 | 16 | 128 | - | ? | 0 | StandardFamsv6Family
F32ams_v6 | 32 | 256 | - | ? | 0 | StandardFamsv6Family
F48ams_v6 | 48 | 384 | - | ? | 0 | StandardFamsv6Family
F64ams_v6 | 64 | 512 | - | ? | 0 | StandardFamsv6Family
D4ds_v4 | 4 | 16 | 150 temp | 0.226 | 50 | standardDDSv4Family
D8ds_v4 | 8 | 32 | 300 temp | 0.452 | 50 | standardDDSv4Family
D16ds_v4 | 16 | 64 | 600 temp | 0.904 | 50 | standardDDSv4Family
D32ds_v4 | 32 | 128 | 1200 temp | 1.808 | 50 | standardDDSv4Family
D48ds_v4 | 48 | 192 | 1800 temp | 2.712 | 50 | standardDDSv4Family
D64ds_v4 | 64 | 256 | 2400 temp | 3.616 | 50 | standardDDSv4Family
D4lds_v5 | 4 | 8 | 150 temp | 0.192 | 49 | standardDLDSv5Family
D8lds_v5 | 8 | 16 | 300 temp | 0.384 | 49 | standardDLDSv5Family
D16lds_v5 | 16 | 32 | 600 temp | 0.768 | 49 | standardDLDSv5Family
D32lds_v5 | 32 | 64 | 1200 temp | 1.536 | 49 | standardDLDSv5Family
D48lds_v5 | 48 | 96 | 1800 temp | 2.304 | 49 | standardDLDSv5Family
D64lds_v5 | 64 | 128 | 2400 temp | 3.072 | 49 | standardDLDSv5Family
D96lds_v5 | 96 | 192 | 3600 temp | 4.608 | 49 | standardDLDSv5Family
D4plds_v5 | 4 | 8 | 150 temp | 0.098 | 24 | standardDPLDSv5Family
D8plds_v5 | 8 | 16 | 300 temp | 0.196 | 24 | standardDPLDSv5Family
D16plds_v5 | 16 | 32 | 600 temp | 0.392 | 24 | standardDPLDSv5Family
D32plds_v5 | 32 | 64 | 1200 temp | 0.784 | 24 | standardDPLDSv5Family
D48plds_v5 | 48 | 96 | 1800 temp | 1.176 | 24 | standardDPLDSv5Family
D64plds_v5 | 64 | 128 | 2400 temp | 1.568 | 24 | standardDPLDSv5Family
E4ds_v4 | 4 | 32 | 150 temp | 0.288 | 50 | standardEDSv4Family
E8ds_v4 | 8 | 64 | 300 temp | 0.576 | 50 | standardEDSv4Family
E16ds_v4 | 16 | 128 | 600 temp | 1.152 | 50 | standardEDSv4Family
E20ds_v4 | 20 | 160 | 750 temp | 1.44 | 50 | standardEDSv4Family
E32ds_v4 | 32 | 256 | 1200 temp | 2.304 | 50 | standardEDSv4Family
E48ds_v4 | 48 | 384 | 1800 temp | 3.456 | 50 | standardEDSv4Family
E64ds_v4 | 64 | 504 | 2400 temp | 4.608 | 50 | standardEDSv4Family
E4pds_v5 | 4 | 32 | 150 temp | 0.164 | 24 | standardEPDSv5Family
E8pds_v5 | 8 | 64 | 300 temp | 0.328 | 24 | standardEPDSv5Family
E16pds_v5 | 16 | 128 | 600 temp | 0.656 | 24 | standardEPDSv5Family
E20pds_v5 | 20 | 160 | 750 temp | 0.82 | 24 | standardEPDSv5Family
E32pds_v5 | 32 | 208 | 1200 temp | 1.312 | 24 | standardEPDSv5Family
E4bds_v5 | 4 | 32 | 150 temp | 0.334 | 50 | standardEBDSv5Family
E8bds_v5 | 8 | 64 | 300 temp | 0.668 | 50 | standardEBDSv5Family
E16bds_v5 | 16 | 128 | 600 temp | 1.336 | 50 | standardEBDSv5Family
E32bds_v5 | 32 | 256 | 1200 temp | 2.672 | 50 | standardEBDSv5Family
E48bds_v5 | 48 | 384 | 1800 temp | 4.008 | 50 | standardEBDSv5Family
E64bds_v5 | 64 | 512 | 2400 temp | 5.344 | 50 | standardEBDSv5Family
E96bds_v5 | 96 | 672 | 3600 temp | 8.016 | 50 | standardEBDSv5Family
D4as_v4 | 4 | 16 | 32 temp | 0.123 | 50 | standardDASv4Family
D8as_v4 | 8 | 32 | 64 temp | 0.246 | 50 | standardDASv4Family
D16as_v4 | 16 | 64 | 128 temp | 0.493 | 50 | standardDASv4Family
D32as_v4 | 32 | 128 | 256 temp | 0.987 | 50 | standardDASv4Family
D48as_v4 | 48 | 192 | 384 temp | 1.481 | 50 | standardDASv4Family
D64as_v4 | 64 | 256 | 512 temp | 1.975 | 50 | standardDASv4Family
D96as_v4 | 96 | 384 | 768 temp | 2.962 | 50 | standardDASv4Family
E4as_v4 | 4 | 32 | 64 temp | 0.158 | 50 | standardEASv4Family
E8as_v4 | 8 | 64 | 128 temp | 0.317 | 50 | standardEASv4Family
E16as_v4 | 16 | 128 | 256 temp | 0.635 | 50 | standardEASv4Family
E20as_v4 | 20 | 160 | 320 temp | 0.794 | 50 | standardEASv4Family
E32as_v4 | 32 | 256 | 512 temp | 1.271 | 50 | standardEASv4Family
E48as_v4 | 48 | 384 | 768 temp | 1.906 | 50 | standardEASv4Family
E64as_v4 | 64 | 512 | 1024 temp | 2.542 | 50 | standardEASv4Family
E96as_v4 | 96 | 672 | 1344 temp | 3.813 | 50 | standardEASv4Family
D4s_v3 | 4 | 16 | 32 temp | 0.192 | 49 | standardDSv3Family
D8s_v3 | 8 | 32 | 64 temp | 0.384 | 49 | standardDSv3Family
D16s_v3 | 16 | 64 | 128 temp | 0.768 | 49 | standardDSv3Family
D32s_v3 | 32 | 128 | 256 temp | 1.536 | 49 | standardDSv3Family
D48s_v3 | 48 | 192 | 384 temp | 2.304 | 49 | standardDSv3Family
D64s_v3 | 64 | 256 | 512 temp | 3.072 | 49 | standardDSv3Family
E4s_v3 | 4 | 32 | 64 temp | ? | 0 | standardESv3Family
E8s_v3 | 8 | 64 | 128 temp | ? | 0 | standardESv3Family
E16s_v3 | 16 | 128 | 256 temp | ? | 0 | standardESv3Family
E20s_v3 | 20 | 160 | 320 temp | ? | 0 | standardESv3Family
E32s_v3 | 32 | 256 | 512 temp | ? | 0 | standardESv3Family
E48s_v3 | 48 | 384 | 768 temp | ? | 0 | standardESv3Family
E64s_v3 | 64 | 432 | 864 temp | ? | 0 | standardESv3Family
F4s_v2 | 4 | 8 | 32 temp | 0.169 | 50 | standardFSv2Family
F8s_v2 | 8 | 16 | 64 temp | 0.338 | 50 | standardFSv2Family
F16s_v2 | 16 | 32 | 128 temp | 0.677 | 50 | standardFSv2Family
F32s_v2 | 32 | 64 | 256 temp | 1.353 | 50 | standardFSv2Family
F48s_v2 | 48 | 96 | 384 temp | 2.03 | 50 | standardFSv2Family
F64s_v2 | 64 | 128 | 512 temp | 2.706 | 50 | standardFSv2Family
F72s_v2 | 72 | 144 | 576 temp | 3.045 | 50 | standardFSv2Family
D4lds_v6 | 4 | 8 | 1 x 220 NVMe | 0.221 | 47 | StandardDldsv6Family
D8lds_v6 | 8 | 16 | 1 x 440 NVMe | 0.441 | 47 | StandardDldsv6Family
D16lds_v6 | 16 | 32 | 2 x 440 NVMe | 0.883 | 47 | StandardDldsv6Family
D32lds_v6 | 32 | 64 | 4 x 440 NVMe | 1.765 | 47 | StandardDldsv6Family
D48lds_v6 | 48 | 96 | 6 x 440 NVMe | 2.648 | 47 | StandardDldsv6Family
D64lds_v6 | 64 | 128 | 4 x 880 NVMe | 3.53 | 47 | StandardDldsv6Family
D96lds_v6 | 96 | 192 | 6 x 880 NVMe | 5.295 | 47 | StandardDldsv6Family
D128lds_v6 | 128 | 256 | 4 x 1760 NVMe | 7.06 | 47 | StandardDldsv6Family
D4alds_v6 | 4 | 8 | 1 x 220 NVMe | 0.123 | 50 | standardDaldv6Family
D8alds_v6 | 8 | 16 | 1 x 440 NVMe | 0.246 | 50 | standardDaldv6Family
D16alds_v6 | 16 | 32 | 2 x 440 NVMe | 0.493 | 50 | standardDaldv6Family
D32alds_v6 | 32 | 64 | 4 x 440 NVMe | 0.986 | 50 | standardDaldv6Family
D48alds_v6 | 48 | 96 | 6 x 440 NVMe | 1.478 | 50 | standardDaldv6Family
D64alds_v6 | 64 | 128 | 4 x 880 NVMe | 1.971 | 50 | standardDaldv6Family
D96alds_v6 | 96 | 192 | 6 x 880 NVMe | 2.957 | 50 | standardDaldv6Family
D4plds_v6 | 4 | 8 | 1 x 220 NVMe | 0.103 | 36 | StandardDpldsv6Family
D8plds_v6 | 8 | 16 | 1 x 440 NVMe | 0.206 | 36 | StandardDpldsv6Family
D16plds_v6 | 16 | 32 | 2 x 440 NVMe | 0.411 | 36 | StandardDpldsv6Family
D32plds_v6 | 32 | 64 | 4 x 440 NVMe | 0.822 | 36 | StandardDpldsv6Family
D48plds_v6 | 48 | 96 | 6 x 440 NVMe | 1.234 | 36 | StandardDpldsv6Family
D64plds_v6 | 64 | 128 | 4 x 880 NVMe | 1.645 | 36 | StandardDpldsv6Family
D96plds_v6 | 96 | 192 | 6 x 880 NVMe | 2.467 | 36 | StandardDpldsv6Family
E4pds_v6 | 4 | 32 | 1 x 220 NVMe | 0.154 | 36 | StandardEpdsv6Family
E8pds_v6 | 8 | 64 | 1 x 440 NVMe | 0.307 | 36 | StandardEpdsv6Family
E16pds_v6 | 16 | 128 | 2 x 440 NVMe | 0.614 | 36 | StandardEpdsv6Family
E32pds_v6 | 32 | 256 | 4 x 440 NVMe | 1.229 | 36 | StandardEpdsv6Family
E48pds_v6 | 48 | 384 | 6 x 440 NVMe | 1.843 | 36 | StandardEpdsv6Family
E64pds_v6 | 64 | 512 | 4 x 880 NVMe | 2.458 | 36 | StandardEpdsv6Family
E96pds_v6 | 96 | 672 | 6 x 880 NVMe | 3.686 | 36 | StandardEpdsv6Family
D4ads_v7 | 4 | 16 | 1 x 220 NVMe | 0.148 | 32 | StandardDadsv7Family
D8ads_v7 | 8 | 32 | 1 x 440 NVMe | 0.295 | 32 | StandardDadsv7Family
D16ads_v7 | 16 | 64 | 2 x 440 NVMe | 0.59 | 32 | StandardDadsv7Family
D32ads_v7 | 32 | 128 | 4 x 440 NVMe | 1.181 | 32 | StandardDadsv7Family
D48ads_v7 | 48 | 192 | 6 x 440 NVMe | 1.771 | 32 | StandardDadsv7Family
D64ads_v7 | 64 | 256 | 4 x 880 NVMe | 2.362 | 32 | StandardDadsv7Family
D96ads_v7 | 96 | 384 | 6 x 880 NVMe | 3.542 | 32 | StandardDadsv7Family
D128ads_v7 | 128 | 512 | 4 x 1760 NVMe | 4.723 | 32 | StandardDadsv7Family
D160ads_v7 | 160 | 640 | 4 x 2200 NVMe | 5.904 | 32 | StandardDadsv7Family
`;
