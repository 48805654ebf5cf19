import type { ArmRow } from "./arm-row";

/** Types of `azure-native:alertsmanagement`. */
export const alertsmanagement = {
  PrometheusRuleGroup: {
    nameRule: null,
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
    seconds: null,
    answers: null,
    functions: null,
    taggable: true,
    bills: null,
    stores: null,
    computes: null,
    limits: null,
    privateEndpoints: null,
    hostsKubernetes: false,
    drift: null,
  },
} as const satisfies Readonly<Record<string, ArmRow>>;
