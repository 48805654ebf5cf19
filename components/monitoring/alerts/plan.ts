import type { ActionGroupArgs } from "@pulumi/azure-native/monitor/actionGroup";
import { checkId } from "../../../azure/check-id";
import { checkName } from "../../../azure/check-name";
import type { Place } from "../../../catalog/place";
import { roles } from "../../../catalog/roles";
import { physicalName, roleOf } from "../../../core/names";
import { Problems } from "../../../core/problems";
import { readShape } from "../../../core/shape";
import type { NetworkUser } from "../../network/subnet-ref";
import type { Severity } from "../alert-rows";
import { alertsShape, type AlertsShape } from "./shape";

/** Checked alerts: where they go. It needs nothing of the network. */
export interface AlertsPlan extends NetworkUser {
  /** The whole action group but for the group and the tags; or the ID of one that is there already. */
  readonly actionGroup:
    | (Omit<ActionGroupArgs, "resourceGroupName" | "tags"> & { readonly actionGroupName: string })
    | { readonly resourceId: string };
  readonly leastSevere: Severity;
  /** What names of alerts begin with in Azure, before a hyphen. */
  readonly alertPrefix: string;
  /** Region whose services are watched. */
  readonly location: string;
}

/** Longest short name of an action group. Source: MicrosoftDocs/azure-monitor-docs:articles/azure-monitor/alerts/action-groups.md (2026-07-21) */
const shortNameLength = 12;

/**
 * All decisions about where alerts go.
 * @throws MisconfiguredError with every problem of the shape
 */
export function planAlerts(name: string, given: AlertsShape, { location, names }: Place): AlertsPlan {
  const subject = `Alerts '${name}'`;
  const { email, roles: roleNames, webhooks, resourceId, leastSevere } = readShape(alertsShape, given, subject);
  const problems = new Problems();
  const role = roleOf(name, "alerts");
  const actionGroupName = physicalName("ag", names, role);
  const receivers = email.length + roleNames.length + Object.keys(webhooks).length;
  problems.requireDistinct(
    "email",
    email.map((it) => it.toLowerCase()),
    "Name each once",
  );
  problems.requireDistinct("roles", roleNames, "Name each once");
  for (const [key, { uri }] of Object.entries(webhooks)) checkUri(`webhooks.${key}.uri`, uri, problems);
  if (resourceId === undefined) {
    problems.require(receivers > 0, "email", "must name somebody, or webhooks or roles must: alerts would go nowhere", {
      remedy: "For example email: [ml-oncall@example.com], or resourceId of an action group that is there",
    });
    checkName("monitor:ActionGroup", actionGroupName, problems);
  } else {
    checkId(
      { token: "monitor:ActionGroup", what: "Microsoft.Insights action group" },
      resourceId,
      "resourceId",
      problems,
    );
    problems.require(
      receivers === 0,
      "resourceId",
      "must stand alone: who gets the alerts of that group its owner says",
      {
        got: resourceId,
        remedy: "Remove email, roles and webhooks, or remove resourceId to get a group of your own",
      },
    );
  }
  problems.throwIfAny(subject);

  return {
    infiniband: false,
    subnets: [],
    actionGroup:
      resourceId !== undefined
        ? { resourceId }
        : {
            actionGroupName,
            // Alerts are to go out when the region does not answer.
            location: "Global",
            groupShortName: `${names.workload}-${names.environment}`.slice(0, shortNameLength),
            enabled: true,
            emailReceivers: email.map((emailAddress) => ({
              name: emailAddress,
              emailAddress,
              useCommonAlertSchema: true,
            })),
            armRoleReceivers: roleNames.map((it) => ({ name: it, roleId: roles[it].id, useCommonAlertSchema: true })),
            webhookReceivers: Object.entries(webhooks).map(([key, webhook]) => ({
              name: key,
              serviceUri: webhook.uri,
              useAadAuth: true,
              objectId: webhook.applicationObjectId,
              identifierUri: webhook.identifierUri,
              tenantId: webhook.tenantId,
              useCommonAlertSchema: true,
            })),
          },
    leastSevere,
    alertPrefix: physicalName("alert", names, role),
    location,
  };
}

/** Whoever reads a stack file reads its addresses. */
function checkUri(path: string, text: string, problems: Problems): void {
  const uri = URL.canParse(text) ? new URL(text) : null;
  const remedy = "Put an address that is a secret into an action group of your own, and name it as resourceId";
  // Not shown: it may be what should not be seen.
  problems.require(uri?.protocol === "https:", path, "must be an address with https", {
    remedy: "For example https://alerts.example.com/azure",
  });
  problems.require(
    uri === null || (uri.username === "" && uri.password === "" && uri.search === ""),
    path,
    "must have no user, password or query in it, which are secrets",
    { remedy },
  );
}
