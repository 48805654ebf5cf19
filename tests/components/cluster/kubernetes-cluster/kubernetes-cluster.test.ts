import { output } from "@pulumi/pulumi";
import { describe, expect, it, vi } from "vitest";
import { containerservice } from "../../../../azure/containerservice";
import { GpuPool } from "../../../../components/cluster/gpu-pool/gpu-pool";
import {
  KubernetesCluster,
  type KubernetesClusterArgs,
} from "../../../../components/cluster/kubernetes-cluster/kubernetes-cluster";
import { planKubernetesCluster } from "../../../../components/cluster/kubernetes-cluster/plan";
import { allOf, idOf, label, only, ownId, place, problemsOf, recorded, refused, scope, tree } from "../../../recorded";

const type = "azure-native:containerservice:ManagedCluster";
const vnet = idOf("Microsoft.Network/virtualNetworks/vnet");
const shape = {
  kubernetesVersion: "1.36",
  adminGroupObjectIds: ["11111111-1111-4111-8111-111111111111"],
  systemPool: {},
};
const network = {
  podCidr: "10.96.0.0/18",
  serviceCidr: "10.112.0.0/16",
  outboundType: "userAssignedNATGateway" as const,
};
const wiring = {
  scope,
  identityResourceId: idOf("Microsoft.ManagedIdentity/userAssignedIdentities/id-aks"),
  subnetResourceIds: { nodes: `${vnet}/subnets/snet-nodes`, apiServer: `${vnet}/subnets/snet-apiserver` },
};
const args = { ...shape, ...wiring, network, today: "2026-11-21" } satisfies KubernetesClusterArgs;

describe("KubernetesCluster", () => {
  it("is the planned cluster with one inline pool, reached from inside the VNet only", async () => {
    const plan = await recorded(() => new KubernetesCluster("aks", args));
    expect(tree(plan)).toEqual([
      "KubernetesCluster aks",
      "ManagedCluster aks < KubernetesCluster aks",
      "MaintenanceConfiguration aks-default < KubernetesCluster aks",
      "MaintenanceConfiguration aks-aksManagedNodeOSUpgradeSchedule < KubernetesCluster aks",
    ]);
    const { managedCluster, apiServerAccess, systemPool } = planKubernetesCluster("aks", shape, place, network);
    expect(only(plan, type).inputs).toEqual({
      ...managedCluster,
      resourceGroupName: "rg-test",
      tags: scope.tags,
      identity: { type: "UserAssigned", userAssignedIdentities: [args.identityResourceId] },
      apiServerAccessProfile: { ...apiServerAccess.profile, subnetId: args.subnetResourceIds.apiServer },
      agentPoolProfiles: [{ ...systemPool, vnetSubnetID: args.subnetResourceIds.nodes }],
    });
  });

  it("is told by a plan what it is told by a shape", async () => {
    const plan = planKubernetesCluster("aks", shape, place, network);
    const byPlan = await recorded(() => new KubernetesCluster("aks", { ...wiring, plan }));
    expect(byPlan.resources).toEqual((await recorded(() => new KubernetesCluster("aks", args))).resources);
  });

  it("opens the API server to the given ranges alone", async () => {
    const apiServer = { authorizedIpRanges: ["203.0.113.0/28"] };
    const plan = await recorded(() => new KubernetesCluster("aks", { ...args, apiServer }));
    expect(only(plan, type).inputs["apiServerAccessProfile"]).toEqual({
      enablePrivateCluster: false,
      authorizedIPRanges: ["203.0.113.0/28"],
      disableRunCommand: true,
      enableVnetIntegration: true,
      subnetId: args.subnetResourceIds.apiServer,
    });
  });

  it("puts the name of the API server into the zone that was made for it", async () => {
    const apiServer = { privateDns: "own-zone" } as const;
    const apiServerZoneResourceId = idOf("Microsoft.Network/privateDnsZones/gpu-dev.private.eastus.azmk8s.io");
    const plan = await recorded(() => new KubernetesCluster("aks", { ...args, apiServer, apiServerZoneResourceId }));
    expect(only(plan, type).inputs["apiServerAccessProfile"]).toMatchObject({
      enablePrivateCluster: true,
      enablePrivateClusterPublicFQDN: false,
      privateDNSZone: apiServerZoneResourceId,
    });
    expect(await refused(() => new KubernetesCluster("aks", { ...args, apiServer }))).toEqual({
      problems: [
        "apiServerZoneResourceId: must be given: the name of the API server stands in a zone of its own. Make an ApiServerZone named gpu-dev.private.eastus.azmk8s.io and pass its resourceId",
      ],
      made: [],
    });
  });

  it("puts the name of the API server into a zone of somebody else's", async () => {
    const zoneResourceId = ownId("Microsoft.Network/privateDnsZones/private.eastus.azmk8s.io");
    const apiServer = { privateDns: { zoneResourceId } };
    const plan = await recorded(() => new KubernetesCluster("aks", { ...args, apiServer }));
    expect(only(plan, type).inputs["apiServerAccessProfile"]).toMatchObject({ privateDNSZone: zoneResourceId });
  });

  it.each([
    ["private", "public"],
    [{ privateDns: "system-zone" }, undefined],
    [{ privateDns: "own-zone" }, undefined],
  ] as const)("asks, with %j, for the name that clients find: %s", async (apiServer, serverFqdn) => {
    const asked = vi.spyOn(containerservice.ManagedCluster.functions.listManagedClusterUserCredentials, "answer");
    const apiServerZoneResourceId = idOf("Microsoft.Network/privateDnsZones/gpu-dev.private.eastus.azmk8s.io");
    await recorded(() => new KubernetesCluster("aks", { ...args, apiServer, apiServerZoneResourceId }));
    expect(asked.mock.calls.map(([inputs]) => inputs["serverFqdn"])).toEqual([serverFqdn]);
    asked.mockRestore();
  });

  it.each([true, false])("waits long and is protected when told so: %s", async (protect) => {
    const plan = await recorded(() => new KubernetesCluster("aks", args, { protect }));
    expect(only(plan, type).options).toEqual({
      customTimeouts: { create: "60m", update: "120m", delete: "60m" },
      ...(protect && { protect: true }),
    });
    expect(plan.resources.filter((it) => it.options.protect === true).map((it) => label(it.urn))).toEqual(
      protect ? ["KubernetesCluster aks", "ManagedCluster aks"] : [],
    );
  });

  it("has a maintenance window for each channel that is on", async () => {
    const upgrades = { kubernetes: "patch", nodeOs: "NodeImage" } as const;
    const plan = await recorded(() => new KubernetesCluster("aks", { ...args, upgrades }));
    const names = ["default", "aksManagedAutoUpgradeSchedule", "aksManagedNodeOSUpgradeSchedule"];
    const windows = allOf(plan, "azure-native:containerservice:MaintenanceConfiguration");
    expect(windows.map((it) => it.name)).toEqual(names.map((it) => `aks-${it}`));
    expect(windows.map((it) => it.inputs)).toEqual(
      names.map((configName) => ({
        resourceGroupName: "rg-test",
        resourceName: "aks-gpu-dev-eastus",
        configName,
        maintenanceWindow: {
          startTime: "22:00",
          durationHours: 8,
          utcOffset: "+00:00",
          schedule: { weekly: { dayOfWeek: "Saturday", intervalWeeks: 1 } },
        },
      })),
    );
  });

  it("hands out what a client needs, and no login", async () => {
    const seen: Record<string, unknown> = {};
    await recorded(() => {
      const { ref } = new KubernetesCluster("aks", args);
      for (const key of ["name", "resourceId", "apiServerUrl", "certificateAuthority", "oidcIssuerUrl"] as const) {
        output(ref[key]).apply((it) => (seen[key] = it));
      }
    });
    expect(seen).toEqual({
      name: "aks-gpu-dev-eastus",
      resourceId: idOf("Microsoft.ContainerService/managedClusters/aks-gpu-dev-eastus"),
      apiServerUrl: "https://aks-gpu-dev-eastus.hcp.azmk8s.io:443",
      certificateAuthority: Buffer.from("certificate authority of the plan").toString("base64"),
      oidcIssuerUrl: expect.stringMatching(/^https:\/\/eastus\.oic\.prod-aks\.azure\.com\/.*\/$/) as string,
    });
  });

  it("fails before anything is registered", async () => {
    expect(await refused(() => new KubernetesCluster("aks", { ...args, adminGroupObjectIds: [] }))).toEqual({
      problems: [
        "adminGroupObjectIds: must name at least one Entra group: local accounts are off, so nobody could administer the cluster. Write the object ID of a group: az ad group show --group NAME --query id prints it",
      ],
      made: [],
    });
  });

  it("refuses a second one with its name before anything is registered", async () => {
    await recorded(() => {
      new KubernetesCluster("aks", args);
      expect(problemsOf(() => new KubernetesCluster("aks", args))).toEqual([
        'name: must be one that no other of this kind has; got "aks-gpu-dev-eastus". Give the component another name',
      ]);
    });
  });

  it("keeps a pool out that does not go together with it", async () => {
    await recorded(() => {
      const upgrades = { nodeOs: "NodeImage" } as const;
      const cluster = new KubernetesCluster("aks", { ...args, upgrades }).ref;
      const pool = { scope, cluster, subnetResourceId: args.subnetResourceIds.nodes };
      expect(problemsOf(() => new GpuPool("h100", { ...pool, size: "Standard_ND96isr_H100_v5", nodes: 2 }))).toEqual([
        'cluster.upgrades.nodeOs: must be None while a pool uses InfiniBand: a reimaged node stops a job on the whole domain, and the channel is one setting for the cluster; got "NodeImage". Use None, and renew images by hand (docs/runbooks/node-images.md)',
      ]);
      new GpuPool("a10", { ...pool, size: "Standard_NV36ads_A10_v5", nodes: 2 });
    });
  });
});
