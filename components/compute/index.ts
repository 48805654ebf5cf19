export { GpuScaleSet, type GpuScaleSetArgs } from "./gpu-scale-set/gpu-scale-set";
export { planGpuScaleSet, type GpuScaleSetPlan } from "./gpu-scale-set/plan";
export type { GpuScaleSetShape } from "./gpu-scale-set/shape";
