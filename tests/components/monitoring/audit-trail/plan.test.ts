import { describe, expect, it } from "vitest";
import { planAuditTrail, type AuditTrailPlan } from "../../../../components/monitoring/audit-trail/plan";
import type { AuditTrailShape } from "../../../../components/monitoring/audit-trail/shape";
import { place, problemsOf } from "../../../recorded";

const plan = (shape: AuditTrailShape): AuditTrailPlan => planAuditTrail("audit", shape, place);

/** Log categories that a plan asks for, by kind. */
const categories = ({ settings }: AuditTrailPlan) =>
  Object.fromEntries(
    Object.entries(settings).map(([kind, { setting }]) => [
      kind,
      setting.logs instanceof Array ? setting.logs.map((it) => ("category" in it ? it.category : undefined)) : [],
    ]),
  );

describe("planAuditTrail", () => {
  it("lets nothing in and nobody read from the internet, without keys, up to a cap", () => {
    expect(plan({}).workspace).toEqual({
      location: "eastus",
      workspaceName: "log-gpu-dev-eastus",
      sku: { name: "PerGB2018" },
      retentionInDays: 90,
      workspaceCapping: { dailyQuotaGb: 10 },
      publicNetworkAccessForIngestion: "Disabled",
      publicNetworkAccessForQuery: "Disabled",
      features: { disableLocalAuth: true, enableLogAccessUsingOnlyResourcePermissions: false },
    });
  });

  it.each([
    [{ queries: "anywhere" }, { publicNetworkAccessForQuery: "Enabled", publicNetworkAccessForIngestion: "Disabled" }],
    [{ dailyCapGB: null }, { workspaceCapping: { dailyQuotaGb: -1 } }],
    [
      { dailyCapGB: 1, retentionDays: 730 },
      { workspaceCapping: { dailyQuotaGb: 1 }, retentionInDays: 730 },
    ],
  ] as const)("says of %j what Azure understands", (shape, expected) => {
    expect(plan(shape).workspace).toMatchObject(expected);
  });

  it("keeps changes, logins and decisions of the autoscaler, and what happens to blobs and to Lustre", () => {
    expect(categories(plan({}))).toEqual({
      cluster: ["kube-audit-admin", "guard", "cluster-autoscaler"],
      blob: ["StorageWrite", "StorageDelete", "StorageRead"],
      lustre: ["AmlfsAuditEvent"],
      registry: ["ContainerRegistryLoginEvents", "ContainerRegistryRepositoryEvents"],
      vault: ["AuditEvent"],
      grafana: ["GrafanaLoginEvents"],
    });
  });

  it("keeps reads where it is told to, and never the same record twice", () => {
    expect(categories(plan({ kubernetesReads: true, blobReads: false }))).toMatchObject({
      cluster: ["guard", "cluster-autoscaler", "kube-audit"],
      blob: ["StorageWrite", "StorageDelete"],
    });
  });

  it("asks for tables of their own where Azure has one for everything, and names the part that writes", () => {
    const { cluster, blob } = plan({}).settings;
    expect([cluster.setting.logAnalyticsDestinationType, cluster.child]).toEqual(["Dedicated", ""]);
    expect([blob.setting.logAnalyticsDestinationType, blob.child]).toEqual([undefined, "/blobServices/default"]);
  });

  it("needs nothing of the network, and a second one has a name of its own", () => {
    expect(plan({}).subnets).toEqual([]);
    expect(planAuditTrail("security", {}, place).workspace.workspaceName).toBe("log-gpu-dev-eastus-security");
  });

  it("fails for what Azure does not take, with each rule", () => {
    const days = "must be a whole number of days from 30 to 730";
    expect(problemsOf(() => plan({ retentionDays: 29, dailyCapGB: 0 }))).toEqual([
      `retentionDays: ${days}; got 29. Use 30 or more`,
      "dailyCapGB: must be a whole number of gigabytes from 1, or null for no bound; got 0. Use 1 or more",
    ]);
    expect(problemsOf(() => plan({ retentionDays: 731 }))).toEqual([
      `retentionDays: ${days}; got 731. Use 730 or less`,
    ]);
  });
});
