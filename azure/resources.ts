import type { ArmRow } from "./arm-row";
import { nameRules } from "./name-rules";

/** Types of `azure-native:resources`. */
export const resources = {
  ResourceGroup: {
    nameRule: nameRules.resourceGroup,
    worldName: null,
    unique: null,
    fixed: null,
    inUse: null,
    mustBeEmpty: null,
    comesWithParent: false,
    inlineChildren: null,
    disjointRange: null,
    oneAtATime: null,
    throttle: null,
    seconds: { create: 3, update: 3, delete: 30 },
    answers: null,
    functions: null,
    taggable: true,
    bills: null,
    stores: null,
    computes: null,
    limits: null,
    privateEndpoints: null,
    hostsKubernetes: false,
    drift: { gone: { harm: "capacity", means: "All that was in it is gone" }, paths: [] },
  },
} as const satisfies Readonly<Record<string, ArmRow>>;
