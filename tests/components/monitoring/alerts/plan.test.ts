import { describe, expect, it } from "vitest";
import { roles } from "../../../../catalog/roles";
import { planAlerts } from "../../../../components/monitoring/alerts/plan";
import type { AlertsShape } from "../../../../components/monitoring/alerts/shape";
import { ownId, place, problemsOf } from "../../../recorded";

const plan = (shape: AlertsShape, name = "alerts") => planAlerts(name, shape, place);
const email = ["ml-oncall@example.com"];
const resourceId = ownId("Microsoft.Insights/actionGroups/ag-pager");
const pager = {
  uri: "https://alerts.example.com/azure",
  applicationObjectId: "44444444-4444-4444-8444-444444444444",
  identifierUri: "api://alerts",
  tenantId: "66666666-6666-4666-8666-666666666666",
};

describe("planAlerts", () => {
  it("is an action group that says what came in the one form that all alerts have", () => {
    expect(plan({ email, roles: ["Owner"], webhooks: { pager } })).toEqual({
      infiniband: false,
      subnets: [],
      actionGroup: {
        actionGroupName: "ag-gpu-dev-eastus",
        location: "Global",
        groupShortName: "gpu-dev",
        enabled: true,
        emailReceivers: [{ name: email[0], emailAddress: email[0], useCommonAlertSchema: true }],
        armRoleReceivers: [{ name: "Owner", roleId: roles.Owner.id, useCommonAlertSchema: true }],
        webhookReceivers: [
          {
            name: "pager",
            serviceUri: pager.uri,
            useAadAuth: true,
            objectId: pager.applicationObjectId,
            identifierUri: pager.identifierUri,
            tenantId: pager.tenantId,
            useCommonAlertSchema: true,
          },
        ],
      },
      leastSevere: 3,
      alertPrefix: "alert-gpu-dev-eastus",
      location: "eastus",
    });
  });

  it("takes an action group that is there already, and a least severity", () => {
    expect(plan({ resourceId, leastSevere: 1 })).toMatchObject({ actionGroup: { resourceId }, leastSevere: 1 });
  });

  it("cuts the short name to what Azure takes, and gives a second one other names", () => {
    const names = { ...place.names, workload: "training", environment: "staging" };
    const { actionGroup } = planAlerts("alerts", { email }, { ...place, names });
    expect(actionGroup).toMatchObject({ groupShortName: "training-sta" });
    expect(plan({ email }, "night")).toMatchObject({
      actionGroup: { actionGroupName: "ag-gpu-dev-eastus-night" },
      alertPrefix: "alert-gpu-dev-eastus-night",
    });
  });

  const secret = "Put an address that is a secret into an action group of your own, and name it as resourceId";
  it.each([
    [
      {},
      [
        "email: must name somebody, or webhooks or roles must: alerts would go nowhere. For example email: [ml-oncall@example.com], or resourceId of an action group that is there",
      ],
    ],
    [
      { email, resourceId },
      [
        `resourceId: must stand alone: who gets the alerts of that group its owner says; got ${JSON.stringify(resourceId).slice(0, 117)}.... Remove email, roles and webhooks, or remove resourceId to get a group of your own`,
      ],
    ],
    [
      { resourceId: ownId("Microsoft.Insights/components/app") },
      [
        `resourceId: must be the ARM ID of a Microsoft.Insights action group; got "${ownId("Microsoft.Insights/components/app")}". Write /subscriptions/<UUID>/resourceGroups/<name>/providers/Microsoft.Insights/actionGroups/<name>`,
      ],
    ],
    [
      { webhooks: { a: { ...pager, uri: "http://alerts.example.com" }, b: { ...pager, uri: "nothing" } } },
      [
        "webhooks.a.uri: must be an address with https. For example https://alerts.example.com/azure",
        "webhooks.b.uri: must be an address with https. For example https://alerts.example.com/azure",
      ],
    ],
    [
      {
        webhooks: {
          a: { ...pager, uri: "https://me:hunter2@alerts.example.com" },
          b: { ...pager, uri: "https://alerts.example.com?code=hunter2" },
        },
      },
      [
        `webhooks.a.uri: must have no user, password or query in it, which are secrets. ${secret}`,
        `webhooks.b.uri: must have no user, password or query in it, which are secrets. ${secret}`,
      ],
    ],
    [
      { email: ["a@example.com", "A@example.com"] },
      ['email[1]: must not be there twice; got "a@example.com". Name each once'],
    ],
    [{ email: ["nobody"] }, ['email[0]: must be an e-mail address; got "nobody". For example someone@example.com']],
    [
      { email, roles: ["AcrPull" as "Owner"] },
      [expect.stringMatching(/^roles\[0\]: must be one of Owner, Contributor, Reader, Monitoring Contributor, /)],
    ],
    [{ emails: email }, ["emails: is not a known key; unknown keys are never ignored. Did you mean email?"]],
  ] satisfies [object, string[]][])("refuses %j, and shows no secret", (shape: object, problems) => {
    expect(problemsOf(() => plan(shape))).toEqual(problems);
  });
});
