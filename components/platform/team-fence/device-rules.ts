import type { FenceRule } from "./fence-policy";
import { listOf } from "./cel";

/**
 * Variables by which the container runtimes of NVIDIA and AMD hand out GPUs of the node, whatever the pod asked for.
 * Sources: https://docs.nvidia.com/datacenter/cloud-native/container-toolkit/latest/docker-specialized.html (GPU enumeration),
 * NVIDIA/gpu-operator#421, https://instinct.docs.amd.com/projects/container-toolkit (running workloads)
 */
const deviceVariables = ["NVIDIA_VISIBLE_DEVICES", "AMD_VISIBLE_DEVICES"];

/** Values of them that hand out nothing. */
const noDevices = ["", "none", "void"];

/**
 * Devices past what a pod asks for, which neither scheduler nor quota would know of. `containers` and `takesDevices` are variables
 * of the policy. What an image sets itself no API server sees: that the runtime must not obey.
 */
export const deviceRules: readonly FenceRule[] = [
  {
    name: "device-variables",
    expression:
      `variables.containers.all(it, it.?env.orValue([]).all(env, !(env.name in ${listOf(deviceVariables)}) || ` +
      `(!has(env.valueFrom) && env.?value.orValue('') in ${listOf(noDevices)})))`,
    message: `A container must ask for GPUs by its limits: remove ${deviceVariables.join(" and ")}, or set it to none.`,
  },
  {
    name: "runtime-class",
    // The runtimes of the GPU operators give what the image says, which for most CUDA images is every GPU of the node.
    expression: "object.spec.?runtimeClassName.orValue('') == '' || variables.takesDevices",
    message: "A pod that asks for no GPU must have no runtimeClassName.",
  },
];
