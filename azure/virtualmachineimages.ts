import type { ArmRow } from "./arm-row";
import { refused } from "./fixed-property";

const templates =
  "MicrosoftDocs/azure-compute-docs:articles/virtual-machines/linux/image-builder-troubleshoot.md (2023-11-27: an update of a template is not supported)";

/** Types of `azure-native:virtualmachineimages`. */
export const virtualmachineimages = {
  VirtualMachineImageTemplate: {
    nameRule: null,
    worldName: null,
    unique: null,
    fixed: [
      ...refused(
        templates,
        "buildTimeoutInMinutes",
        "customize",
        "distribute",
        "errorHandling",
        "source",
        "stagingResourceGroup",
        "validate",
        "vmProfile",
      ),
    ],
    inUse: null,
    mustBeEmpty: null,
    comesWithParent: false,
    inlineChildren: null,
    disjointRange: null,
    oneAtATime: null,
    throttle: null,
    seconds: { create: 60, update: 30, delete: 60 },
    answers: null,
    functions: null,
    taggable: true,
    bills: null,
    stores: null,
    computes: null,
    limits: null,
    privateEndpoints: null,
    hostsKubernetes: false,
  },
} as const satisfies Readonly<Record<string, ArmRow>>;
