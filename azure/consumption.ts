import { written } from "../catalog/drift";
import type { ArmRow } from "./arm-row";
import { refused } from "./fixed-property";

/** Types of `azure-native:consumption`. */
export const consumption = {
  Budget: {
    // Published for the same thing under Microsoft.CostManagement.
    nameRule: {
      min: 1,
      max: 63,
      pattern: "^[a-zA-Z0-9_-]+$",
      words: "letters, digits, hyphens and underscores",
      source: "Azure/bicep-types-az:generated/costmanagement (2026-08-20)",
    },
    worldName: null,
    unique: null,
    fixed: refused(
      "https://learn.microsoft.com/rest/api/consumption/budgets/create-or-update",
      "category",
      "timeGrain",
    ),
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
    taggable: false,
    bills: null,
    stores: null,
    computes: null,
    limits: null,
    privateEndpoints: null,
    hostsKubernetes: false,
    drift: {
      gone: { harm: "cost", means: "Nobody hears of money that is spent" },
      paths: [
        ...written(
          "cost",
          "People hear of other sums, or others hear of them",
          "amount",
          "notifications",
          "filter",
          "timeGrain",
        ),
      ],
    },
  },
} as const satisfies Readonly<Record<string, ArmRow>>;
