import { written } from "../catalog/drift";
import type { ArmRow } from "./arm-row";
import { nameRules } from "./name-rules";

/** Types of `azure-native:logic`. */
export const logic = {
  Workflow: {
    nameRule: nameRules.workflow,
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
    bills: () => [
      {
        what: "runs of Logic Apps, each action",
        // Sources: https://azure.microsoft.com/pricing/details/logic-apps, by a transcript of others (2026-09-20);
        // MicrosoftDocs/azure-docs:articles/logic-apps/logic-apps-pricing.md (2023-04-18: of a subscription, and loops count each turn)
        because: "the first 4,000 of a month in a subscription are free, and a schedule needs a few hundred",
      },
    ],
    stores: null,
    computes: null,
    limits: null,
    privateEndpoints: null,
    hostsKubernetes: false,
    drift: {
      gone: { harm: "cost", means: "Nothing switches machines off by the hour any more" },
      paths: [
        ...written(
          "cost",
          "Machines are switched off at other hours, or not at all",
          "definition",
          "state",
          "parameters",
        ),
      ],
    },
  },
} as const satisfies Readonly<Record<string, ArmRow>>;
