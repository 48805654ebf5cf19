import { text } from "../core/property-tree";
import type { ArmRow, Props } from "./arm-row";
import type { Charge } from "./charge";
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
    bills: buildCharges,
    stores: null,
    computes: null,
    limits: null,
    privateEndpoints: null,
    hostsKubernetes: false,
    drift: null,
  },
} as const satisfies Readonly<Record<string, ArmRow>>;

/** A template costs nothing. A build runs on a machine of its own, with disks, for as long as it takes. */
function buildCharges(inputs: Props): readonly Charge[] {
  const size = text(inputs, "vmProfile.vmSize") ?? "";
  return [
    {
      what: `builds of an image on ${size === "" ? "a machine" : size}`,
      because: "nothing declares how often one runs",
    },
  ];
}
