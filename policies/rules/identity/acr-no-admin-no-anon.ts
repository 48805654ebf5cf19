import { expectAt } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { types } from "../../engine/types";

export const acrNoAdminNoAnon: ResourceRule = {
  id: 152,
  name: "acr-no-admin-no-anon",
  area: "identity",
  kind: "resource",
  types: [types.registry],
  title: "A container registry has no admin user and no anonymous reader.",
  why: "Its admin user is one password for everybody, with every right, and an anonymous reader needs none.",
  remedy: "Remove adminUserEnabled and anonymousPullEnabled, and give the role AcrPull.",
  severity: "high",
  levels: levels.always,
  source: "PSRule AZR-000005, 401; CKV_AZURE_137, 138; CIS 5.1.2-5.1.3; Azure Policy dc921057, 9f2dea28",
  check: ({ inputs }) =>
    // Absent is off: that is what Azure does.
    ["adminUserEnabled", "anonymousPullEnabled"].flatMap((path) =>
      expectAt(inputs, path, (it) => it === undefined || it === false, "be false"),
    ),
};
