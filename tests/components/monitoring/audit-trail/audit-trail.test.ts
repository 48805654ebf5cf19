import { output } from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { AuditTrail, type AuditTrailArgs } from "../../../../components/monitoring/audit-trail/audit-trail";
import { planAuditTrail } from "../../../../components/monitoring/audit-trail/plan";
import { stableUuid } from "../../../../core/names";
import { allOf, idOf, only, place, problemsOf, recorded, refused, scope, tree } from "../../../recorded";

const cluster = idOf("Microsoft.ContainerService/managedClusters/aks");
const account = idOf("Microsoft.Storage/storageAccounts/stdata");
const audited = [
  { name: "aks", kind: "cluster", resourceId: cluster },
  { name: "data", kind: "blob", resourceId: account },
] as const;
const args: AuditTrailArgs = { scope, audited };
const workspace = idOf("Microsoft.OperationalInsights/workspaces/log-gpu-dev-eastus");

describe("AuditTrail", () => {
  it("is a workspace, and a setting at each resource whose log it keeps", async () => {
    const seen: unknown[] = [];
    const plan = await recorded(() => output(new AuditTrail("audit", args).ref).apply((it) => seen.push(it)));
    expect(tree(plan)).toEqual([
      "AuditTrail audit",
      "Workspace audit < AuditTrail audit",
      "DiagnosticSetting audit-aks < AuditTrail audit",
      "DiagnosticSetting audit-data < AuditTrail audit",
    ]);
    expect(only(plan, "azure-native:operationalinsights:Workspace").inputs).toEqual({
      ...planAuditTrail("audit", {}, place).workspace,
      resourceGroupName: "rg-test",
      tags: scope.tags,
    });
    expect(only(plan, "azure-native:monitor:DiagnosticSetting", "audit-data").inputs).toEqual({
      name: "audit-trail",
      resourceUri: `${account}/blobServices/default`,
      workspaceId: workspace,
      logs: ["StorageWrite", "StorageDelete", "StorageRead"].map((category) => ({ category, enabled: true })),
    });
    expect(only(plan, "azure-native:monitor:DiagnosticSetting", "audit-aks").inputs).toMatchObject({
      resourceUri: cluster,
      logAnalyticsDestinationType: "Dedicated",
    });
    expect(seen).toEqual([
      {
        workspaceName: "log-gpu-dev-eastus",
        workspaceResourceId: workspace,
        customerId: stableUuid(workspace),
      },
    ]);
  });

  it.each([true, false])("protects the records, and only the records, when told so: %s", async (protect) => {
    const plan = await recorded(() => new AuditTrail("audit", args, { protect }));
    const kept = plan.resources.filter((it) => it.custom && it.options.protect === true);
    expect(kept.map((it) => it.type)).toEqual(protect ? ["azure-native:operationalinsights:Workspace"] : []);
  });

  it("fails before anything is registered", async () => {
    expect(await refused(() => new AuditTrail("audit", { ...args, retentionDays: 7 }))).toEqual({
      problems: ["retentionDays: must be a whole number of days from 30 to 730; got 7. Use 30 or more"],
      made: [],
    });
  });

  it("refuses a second one with its name, and takes one with another", async () => {
    const plan = await recorded(() => {
      new AuditTrail("audit", args);
      new AuditTrail("security", { scope, audited: [] });
      expect(problemsOf(() => new AuditTrail("audit", args))).toEqual([
        'name: must be one that no other of this kind has; got "log-gpu-dev-eastus". Give the component another name',
      ]);
    });
    expect(allOf(plan, "azure-native:operationalinsights:Workspace")).toHaveLength(2);
  });

  it("is told by a plan what it is told by a shape", async () => {
    const shape = { retentionDays: 365, queries: "anywhere" } as const;
    const plan = planAuditTrail("audit", shape, place);
    const byPlan = await recorded(() => new AuditTrail("audit", { scope, audited, plan }));
    const byShape = await recorded(() => new AuditTrail("audit", { scope, audited, ...shape }));
    expect(byPlan.resources).toEqual(byShape.resources);
  });
});
