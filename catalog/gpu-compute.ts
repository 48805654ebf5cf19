/** What decides which programs a GPU runs, and how fast it reads its memory. */
export interface GpuCompute {
  /** NVIDIA's number for what the GPU can do, for example 9.0: programs are compiled for it. */
  readonly capability: number;
  /** Bandwidth of the memory of one whole GPU, in GB/s. */
  readonly memoryGBps: number;
}

/**
 * GPUs of NVIDIA, by the key of the catalogue's sizes.
 * Sources: https://developer.nvidia.com/cuda-gpus (compute capability); NVIDIA's data sheets of T4, V100, A10, A100, H100, H200, RTX PRO
 * 6000 Blackwell Server Edition, GB200 NVL72 and GB300 NVL72 (memory bandwidth)
 */
const computeOf: Readonly<Record<string, GpuCompute>> = {
  t4: { capability: 7.5, memoryGBps: 320 },
  v100: { capability: 7.0, memoryGBps: 900 },
  a10: { capability: 8.6, memoryGBps: 600 },
  a100sxm40: { capability: 8.0, memoryGBps: 1555 },
  a100sxm80: { capability: 8.0, memoryGBps: 2039 },
  a100pcie80: { capability: 8.0, memoryGBps: 1935 },
  h100: { capability: 9.0, memoryGBps: 3350 },
  h100nvl: { capability: 9.0, memoryGBps: 3900 },
  h200: { capability: 9.0, memoryGBps: 4800 },
  rtxpro6000: { capability: 12.0, memoryGBps: 1597 },
  gb200: { capability: 10.0, memoryGBps: 8000 },
  gb300: { capability: 10.3, memoryGBps: 8000 },
};

/** What is known of a GPU, by its key; `undefined` for GPUs of others, and for one that the catalogue does not have. */
export function gpuCompute(key: string): GpuCompute | undefined {
  return computeOf[key];
}
