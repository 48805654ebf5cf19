import { stableUuid } from "../core/names";
import type { ArmRow } from "./arm-row";
import { workspaceCharges } from "./charges/logs";

/** Types of `azure-native:operationalinsights`. */
export const operationalinsights = {
  Workspace: {
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
    seconds: { create: 20, update: 10, delete: 10 },
    answers: (_, id) => ({ customerId: stableUuid(id) }),
    functions: null,
    taggable: true,
    bills: workspaceCharges,
    stores: null,
    computes: null,
    limits: null,
    privateEndpoints: null,
    hostsKubernetes: false,
  },
} as const satisfies Readonly<Record<string, ArmRow>>;
