import { absentOr, expectAt, matches } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { types } from "../../engine/types";

export const aksNameShape: ResourceRule = {
  id: 75,
  name: "aks-name-shape",
  area: "cluster",
  kind: "resource",
  types: [types.cluster],
  title: "The names of a cluster have a form that Azure takes.",
  why: "Azure refuses a wrong one only after twenty minutes.",
  remedy: "Use letters, digits, hyphens and in resourceName underscores, with a letter or digit at both ends.",
  severity: "low",
  levels: levels.always,
  source: "PSRule AZR-000039, AZR-000040",
  check: ({ inputs }) => [
    ...expectAt(
      inputs,
      "resourceName",
      absentOr(matches(/^[a-z0-9]([a-z0-9_-]{0,61}[a-z0-9])?$/i)),
      "be 1 to 63 letters, digits, hyphens or underscores, with a letter or digit at both ends",
    ),
    ...expectAt(
      inputs,
      "dnsPrefix",
      absentOr(matches(/^[a-z0-9]([a-z0-9-]{0,52}[a-z0-9])?$/i)),
      "be 1 to 54 letters, digits or hyphens, with a letter or digit at both ends",
    ),
  ],
};
