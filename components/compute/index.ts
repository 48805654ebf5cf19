export { GpuScaleSet, type GpuScaleSetArgs } from "./gpu-scale-set/gpu-scale-set";
export { planGpuScaleSet, type GpuScaleSetPlan } from "./gpu-scale-set/plan";
export type { GpuScaleSetShape } from "./gpu-scale-set/shape";
export { planRunner, type RunnerPlan } from "./runner/plan";
export { Runner, type RunnerArgs } from "./runner/runner";
export type { RunnerRef } from "./runner/runner-ref";
export type { RunnerShape } from "./runner/shape";
