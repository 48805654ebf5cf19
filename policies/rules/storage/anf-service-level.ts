import { expectAt, oneOf } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { types } from "../../engine/types";

export const anfServiceLevel: ResourceRule = {
  id: 145,
  name: "anf-service-level",
  area: "storage",
  kind: "resource",
  types: [types.netAppPool],
  title: "A capacity pool outside of production is not of the dearest level.",
  why: "The pool is paid for by its size and level, whether anybody reads from it or not.",
  remedy: "Set serviceLevel to Standard, Premium or Flexible, or keep Ultra for production.",
  severity: "medium",
  levels: levels.always,
  source: "ours",
  check: ({ inputs }, { environment }) => {
    const levelsAllowed = ["Standard", "Premium", "Flexible", ...(environment === "prod" ? ["Ultra"] : [])];
    return expectAt(inputs, "serviceLevel", oneOf(...levelsAllowed), `be one of ${levelsAllowed.join(", ")}`);
  },
};
