import { written } from "../catalog/drift";
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
    drift: {
      gone: { harm: "security", means: "The records in it are gone" },
      paths: [
        ...written(
          { more: "cost", less: "security" },
          "Records are kept for longer and bill, or are gone sooner",
          "retentionInDays",
          "workspaceCapping",
        ),
        ...written(
          "security",
          "Who reads the records is not what was reviewed",
          "features",
          "publicNetworkAccessForQuery",
          "publicNetworkAccessForIngestion",
        ),
      ],
    },
  },
} as const satisfies Readonly<Record<string, ArmRow>>;
