import { expectAt, notTrue } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { types } from "../../engine/types";

export const aksNoHttpAppRouting: ResourceRule = {
  id: 62,
  name: "aks-no-http-app-routing",
  area: "cluster",
  kind: "resource",
  types: [types.cluster],
  title: "The add-on for HTTP application routing is off.",
  why: "It opens a public entry without authentication, and is retired.",
  remedy: "Remove addonProfiles.httpApplicationRouting; a Gateway or an internal balancer does the same in the open.",
  severity: "high",
  levels: levels.always,
  source: "PSRule AZR-000035; CKV_AZURE_246",
  check: ({ inputs }) =>
    ["httpApplicationRouting", "httpapplicationrouting"].flatMap((it) =>
      expectAt(inputs, `addonProfiles.${it}.enabled`, notTrue, "not be true"),
    ),
};
