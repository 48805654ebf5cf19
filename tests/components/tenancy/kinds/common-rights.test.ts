import { expect, it } from "vitest";
import { commonRules, edit } from "../../../../components/tenancy/kinds/common-rights";

it("lets a team edit its own core objects and keep its claims, read what limits it, and reach its pods", () => {
  expect(edit).toEqual(["get", "list", "watch", "create", "update", "patch", "delete"]);
  expect(commonRules).toEqual([
    {
      apiGroups: [""],
      resources: ["pods", "services", "configmaps", "secrets"],
      verbs: edit,
    },
    {
      apiGroups: [""],
      resources: ["persistentvolumeclaims"],
      verbs: ["get", "list", "watch", "create", "update", "patch"],
    },
    {
      apiGroups: [""],
      resources: ["pods/log", "events", "resourcequotas", "limitranges"],
      verbs: ["get", "list", "watch"],
    },
    { apiGroups: [""], resources: ["pods/portforward"], verbs: ["get", "create"] },
  ]);
});
