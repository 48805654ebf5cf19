import { describe, expect, it } from "vitest";
import {
  planKubernetesCluster,
  type KubernetesClusterPlan,
} from "../../../../components/cluster/kubernetes-cluster/plan";
import type { KubernetesClusterShape } from "../../../../components/cluster/kubernetes-cluster/shape";
import type { Place } from "../../../../catalog/place";
import { vmSizes } from "../../../../catalog/vm-sizes";
import { ownId, place, problemsOf } from "../../../recorded";

const group = "11111111-1111-4111-8111-111111111111";
const shape: KubernetesClusterShape = { kubernetesVersion: "1.36", adminGroupObjectIds: [group], systemPool: {} };
const network = {
  podCidr: "10.96.0.0/18",
  serviceCidr: "10.112.0.0/16",
  outboundType: "userAssignedNATGateway" as const,
};

function planned(given: KubernetesClusterShape, near: Partial<Place> = {}): KubernetesClusterPlan {
  return planKubernetesCluster("aks", given, { ...place, ...near }, network);
}

describe("planKubernetesCluster", () => {
  it("runs the agents of managed Prometheus on demand, which then say pools of nodes and jobs of pods", () => {
    const { managedCluster } = planKubernetesCluster("aks", shape, place, network, { metrics: true });
    expect(managedCluster.azureMonitorProfile).toEqual({
      metrics: {
        enabled: true,
        kubeStateMetrics: {
          metricLabelsAllowlist:
            "nodes=[azure-gpu-cluster/pool],namespaces=[azure-gpu-cluster/cost-center],pods=[jobset.sigs.k8s.io/jobset-name,leaderworkerset.sigs.k8s.io/name,ray.io/cluster," +
            "training.kubeflow.org/job-name,batch.kubernetes.io/job-name]",
        },
      },
    });
  });

  it("lets policies name hosts on demand, and turns no more on of what bills for each node", () => {
    const plan = planned({ ...shape, advancedNetworkPolicies: "FQDN" });
    expect(plan.managedCluster.networkProfile).toMatchObject({
      networkDataplane: "cilium",
      advancedNetworking: {
        enabled: true,
        observability: { enabled: false },
        security: { enabled: true, advancedNetworkPolicies: "FQDN" },
      },
    });
    expect([plan.fqdnPolicies, planned(shape).fqdnPolicies]).toEqual([true, false]);
  });

  it("has the driver for secrets of a Key Vault on demand, which looks for new versions", () => {
    const { managedCluster } = planKubernetesCluster("aks", shape, place, network, { secretRotationMinutes: 30 });
    expect(managedCluster.addonProfiles).toEqual({
      azureKeyvaultSecretsProvider: {
        enabled: true,
        config: { enableSecretRotation: "true", rotationPollInterval: "30m" },
      },
    });
    expect(planned(shape).managedCluster).not.toHaveProperty("addonProfiles");
  });

  it("plans a private cluster with Entra logins only, one system pool and fixes of the nodes alone", () => {
    expect(planned(shape)).toEqual({
      kubernetesVersion: "1.36",
      fqdnPolicies: false,
      keda: false,
      today: "2026-11-21",
      longTermSupport: false,
      channel: "none",
      systemSize: "Standard_D8ds_v5",
      systemVmSize: place.sizes.get("Standard_D8ds_v5"),
      tier: "Standard",
      systemNodes: 3,
      nodeOs: "SecurityPatch",
      authorizedIpRanges: null,
      adminGroupObjectIds: [group],
      infiniband: false,
      subnets: [
        { role: "nodes", addresses: 4, what: "AKS nodes" },
        { role: "apiServer", addresses: 0, what: "the API server" },
      ],
      maintenance: Object.fromEntries(
        ["default", "aksManagedNodeOSUpgradeSchedule"].map((configName) => [
          configName,
          {
            configName,
            maintenanceWindow: {
              startTime: "22:00",
              durationHours: 8,
              utcOffset: "+00:00",
              schedule: { weekly: { dayOfWeek: "Saturday", intervalWeeks: 1 } },
            },
          },
        ]),
      ),
      apiServerAccess: {
        zone: null,
        serverFqdn: "public",
        profile: {
          enablePrivateCluster: true,
          enablePrivateClusterPublicFQDN: true,
          privateDNSZone: "system",
          disableRunCommand: true,
          enableVnetIntegration: true,
        },
      },
      managedCluster: {
        location: "eastus",
        resourceName: "aks-gpu-dev-eastus",
        nodeResourceGroup: "rg-gpu-dev-eastus-nodes",
        dnsPrefix: "gpu-dev",
        kubernetesVersion: "1.36",
        sku: { name: "Base", tier: "Standard" },
        supportPlan: "KubernetesOfficial",
        enableRBAC: true,
        disableLocalAccounts: true,
        aadProfile: { managed: true, enableAzureRBAC: true, adminGroupObjectIDs: [group] },
        oidcIssuerProfile: { enabled: true },
        securityProfile: { workloadIdentity: { enabled: true }, imageCleaner: { enabled: false } },
        autoUpgradeProfile: { upgradeChannel: "none", nodeOSUpgradeChannel: "SecurityPatch" },
        nodeResourceGroupProfile: { restrictionLevel: "ReadOnly" },
        nodeProvisioningProfile: { mode: "Manual", defaultNodePools: "None" },
        bootstrapProfile: { artifactSource: "Direct" },
        networkProfile: {
          networkPlugin: "azure",
          networkPluginMode: "overlay",
          networkDataplane: "cilium",
          networkPolicy: "cilium",
          advancedNetworking: { enabled: false },
          ipFamilies: ["IPv4"],
          outboundType: "userAssignedNATGateway",
          loadBalancerSku: "standard",
          podCidr: "10.96.0.0/18",
          serviceCidr: "10.112.0.0/16",
          dnsServiceIP: "10.112.0.10",
        },
        storageProfile: {
          blobCSIDriver: { enabled: true },
          diskCSIDriver: { enabled: true },
          fileCSIDriver: { enabled: false },
          snapshotController: { enabled: false },
        },
        workloadAutoScalerProfile: { keda: { enabled: false }, verticalPodAutoscaler: { enabled: false } },
        autoScalerProfile: {
          expander: "least-waste",
          maxNodeProvisionTime: "45m",
          scaleDownUnneededTime: "20m",
          skipNodesWithLocalStorage: "false",
        },
      },
      systemPool: {
        name: "system",
        mode: "System",
        type: "VirtualMachineScaleSets",
        vmSize: "Standard_D8ds_v5",
        osType: "Linux",
        osSKU: "Ubuntu",
        osDiskType: "Ephemeral",
        osDiskSizeGB: 256,
        count: 3,
        enableAutoScaling: false,
        enableNodePublicIP: false,
        enableEncryptionAtHost: true,
        scaleDownMode: "Delete",
        maxPods: 250,
        localDNSProfile: { mode: "Disabled" },
        securityProfile: { sshAccess: "Disabled", enableSecureBoot: true, enableVTPM: true },
        nodeTaints: ["CriticalAddonsOnly=true:NoSchedule"],
        upgradeSettings: { maxSurge: "1", drainTimeoutInMinutes: 30, undrainableNodeBehavior: "Cordon" },
        availabilityZones: ["1", "2", "3"],
      },
    });
  });

  it("plans what is asked for instead", () => {
    const plan = planKubernetesCluster(
      "aks",
      {
        kubernetesVersion: "1.33",
        apiServer: { authorizedIpRanges: ["203.0.113.0/28", "198.51.100.7/32"] },
        tier: "Premium",
        longTermSupport: true,
        adminGroupObjectIds: [group],
        systemPool: { size: "Standard_D4ds_v5", nodes: 1, zones: ["2"] },
        upgrades: { kubernetes: "patch", nodeOs: "NodeImage" },
        maintenance: { day: "Sunday", startTime: "00:30", durationHours: 4 },
      },
      place,
      { ...network, serviceCidr: "10.112.255.224/27" },
    );
    expect(plan.apiServerAccess).toEqual({
      zone: null,
      serverFqdn: null,
      profile: {
        enablePrivateCluster: false,
        authorizedIPRanges: ["203.0.113.0/28", "198.51.100.7/32"],
        disableRunCommand: true,
        enableVnetIntegration: true,
      },
    });
    const names = ["default", "aksManagedAutoUpgradeSchedule", "aksManagedNodeOSUpgradeSchedule"];
    expect(Object.entries(plan.maintenance)).toEqual(
      names.map((configName) => [
        configName,
        {
          configName,
          maintenanceWindow: {
            startTime: "00:30",
            durationHours: 4,
            utcOffset: "+00:00",
            schedule: { weekly: { dayOfWeek: "Sunday", intervalWeeks: 1 } },
          },
        },
      ]),
    );
    expect(plan.managedCluster).toMatchObject({
      kubernetesVersion: "1.33",
      sku: { name: "Base", tier: "Premium" },
      supportPlan: "AKSLongTermSupport",
      autoUpgradeProfile: { upgradeChannel: "patch", nodeOSUpgradeChannel: "NodeImage" },
      networkProfile: { dnsServiceIP: "10.112.255.234" },
    });
    expect(plan.systemPool).toMatchObject({ vmSize: "Standard_D4ds_v5", count: 1, availabilityZones: ["2"] });
  });

  it("leaves the images of nodes alone where a pool will use InfiniBand, unless it is told otherwise", () => {
    const nodeOs = (given: KubernetesClusterShape, infiniband: boolean): string =>
      planKubernetesCluster("aks", given, place, network, { infiniband }).nodeOs;
    expect([true, false].map((it) => nodeOs(shape, it))).toEqual(["None", "SecurityPatch"]);
    // Beside the pools it is refused.
    const said = { ...shape, upgrades: { nodeOs: "NodeImage" } } as const;
    expect([true, false].map((it) => nodeOs(said, it))).toEqual(["NodeImage", "NodeImage"]);
  });

  it("has the drivers for volumes that are asked for, and no other by AKS's own will", () => {
    const csiDrivers = { disk: true, blob: false, file: true, snapshots: true };
    expect(planned({ ...shape, csiDrivers }).managedCluster.storageProfile).toEqual({
      diskCSIDriver: { enabled: true },
      blobCSIDriver: { enabled: false },
      fileCSIDriver: { enabled: true },
      snapshotController: { enabled: true },
    });
  });

  it("has KEDA where it is asked for", () => {
    expect(planned({ ...shape, keda: true }).managedCluster.workloadAutoScalerProfile).toEqual({
      keda: { enabled: true },
      verticalPodAutoscaler: { enabled: false },
    });
  });

  it("has its disks encrypted with a key of somebody's", () => {
    const diskEncryptionSetResourceId =
      "/subscriptions/5f0c1c3e-8a51-4d0e-9c1c-0d6f3f7a2b11/resourceGroups/keys/providers/Microsoft.Compute/diskEncryptionSets/disks";
    expect(planned({ ...shape, diskEncryptionSetResourceId }).managedCluster).toMatchObject({
      diskEncryptionSetID: diskEncryptionSetResourceId,
    });
    expect(planned(shape).managedCluster).not.toHaveProperty("diskEncryptionSetID");
  });

  it("names a second cluster after itself", () => {
    expect(planKubernetesCluster("edge", shape, place, network).managedCluster).toMatchObject({
      resourceName: "aks-gpu-dev-eastus-edge",
      nodeResourceGroup: "rg-gpu-dev-eastus-edge-nodes",
      dnsPrefix: "gpu-dev-edge",
    });
  });

  it("names no zones where the region has none", () => {
    expect(planned(shape, { zones: [] }).systemPool).not.toHaveProperty("availabilityZones");
  });

  it.each([
    ["the last day of support", { kubernetesVersion: "1.34" }, { today: "2026-11-30" }],
    [
      "the last day of long-term support",
      { kubernetesVersion: "1.33", tier: "Premium", longTermSupport: true },
      { today: "2027-07-31" },
    ],
    ["automatic Kubernetes upgrades", { upgrades: { kubernetes: "stable" } }, {}],
    ["any version that is known where nobody says the day", { kubernetesVersion: "1.33" }, { today: null }],
    ["automatic node images", { upgrades: { nodeOs: "SecurityPatch" } }, {}],
    ["nodes outside a zone that the subscription may not use", { systemPool: { zones: ["1", "3"] } }, {}],
    ["no zones at all", { systemPool: { zones: [] } }, {}],
    ["the largest range of callers", { apiServer: { authorizedIpRanges: ["203.0.0.0/16"] } }, {}],
  ] satisfies [string, Partial<KubernetesClusterShape>, Partial<Place>][])("takes %s", (_, more, near) => {
    const plan = planned({ ...shape, ...more }, near);
    expect(plan.managedCluster.disableLocalAccounts).toBe(true);
  });
});

const supported = "must be a version that AKS supports, as major.minor or major.minor.patch";
const open = "In support today: 1.34, 1.35, 1.36, 1.37";
const patch = 'Write "1.36", and AKS picks the patch; az aks get-versions lists patches';
const range = "must be an IPv4 range of /16 or smaller, with all host bits zero";

describe("the name of a private API server", () => {
  it.each([
    ["private", true],
    [{ privateDns: "public-name" }, true],
    [{ privateDns: "system-zone" }, false],
  ] as const)("with %j stands in AKS's own zone, and in public DNS: %s", (apiServer, inPublicDns) => {
    const { profile, zone, serverFqdn } = planned({ ...shape, apiServer }).apiServerAccess;
    expect(profile).toMatchObject({
      enablePrivateCluster: true,
      privateDNSZone: "system",
      enablePrivateClusterPublicFQDN: inPublicDns,
    });
    expect([zone, serverFqdn]).toEqual([null, inPublicDns ? "public" : null]);
  });

  it("stands in a zone with a label of its own, so that one network can see several clusters", () => {
    const { profile, zone, serverFqdn } = planned({ ...shape, apiServer: { privateDns: "own-zone" } }).apiServerAccess;
    expect(zone).toEqual({ privateZoneName: "gpu-dev.private.eastus.azmk8s.io" });
    expect(serverFqdn).toBe(null);
    expect(profile).toEqual({
      enablePrivateCluster: true,
      enablePrivateClusterPublicFQDN: false,
      disableRunCommand: true,
      enableVnetIntegration: true,
    });
  });
});

describe("the OS disk of system nodes", () => {
  it.each([
    ["Standard_D4ds_v5", undefined, "Managed"],
    ["Standard_D8ds_v5", undefined, "Ephemeral"],
    ["Standard_D8ds_v5", "managed", "Managed"],
    ["Standard_D8ds_v5", "ephemeral", "Ephemeral"],
  ] as const)("of %s is, with %s said, %s", (size, osDisk, osDiskType) => {
    const plan = planned({ ...shape, systemPool: { size, ...(osDisk !== undefined && { osDisk }) } });
    expect(plan.systemPool).toMatchObject({ osDiskType, osDiskSizeGB: 256 });
  });
});

describe("planKubernetesCluster fails", () => {
  it("under one subject", () => {
    expect(() => planned({ ...shape, systemPool: { nodes: 0 } })).toThrow(
      "Kubernetes cluster 'aks' is misconfigured:\n  systemPool.nodes: must be a whole number from 1 to 1000; got 0",
    );
  });

  it.each([
    [
      "a version that nobody knows",
      { kubernetesVersion: "1.99" },
      {},
      [`kubernetesVersion: ${supported}; got "1.99". ${open}`],
    ],
    [
      "a leading v",
      { kubernetesVersion: "v1.36" },
      {},
      [`kubernetesVersion: ${supported}; got "v1.36". Drop the v. ${patch}`],
    ],
    [
      "no version at all",
      { kubernetesVersion: "latest" },
      {},
      [`kubernetesVersion: ${supported}; got "latest". ${open}`],
    ],
    [
      "a version past its end",
      { kubernetesVersion: "1.34.9" },
      { today: "2026-12-01" },
      [`kubernetesVersion: ${supported}; got "1.34.9". In support today: 1.35, 1.36, 1.37`],
    ],
    [
      "long-term support past its end",
      { kubernetesVersion: "1.33", tier: "Premium", longTermSupport: true },
      { today: "2028-12-01" },
      [`kubernetesVersion: ${supported}; got "1.33". In support today: none that the catalogue knows`],
    ],
    [
      "long-term support in another tier",
      { longTermSupport: true },
      {},
      [
        'longTermSupport: needs tier Premium; got "Standard". Use tier: Premium, which costs more by the hour, or longTermSupport: false',
      ],
    ],
    [
      "a patch that AKS would raise by itself",
      { kubernetesVersion: "1.36.2", upgrades: { kubernetes: "patch" } },
      {},
      [
        'kubernetesVersion: must be a minor version while upgrades.kubernetes is patch: AKS raises the patch, and refuses to go back to this one; got "1.36.2". Leave the patch out, or use upgrades.kubernetes: none',
      ],
    ],
    [
      "snapshots of disks without disks",
      { csiDrivers: { disk: false, snapshots: true } },
      {},
      [
        "csiDrivers.snapshots: must be false without csiDrivers.disk: there would be nothing to take a snapshot of; got true. Use true for disk, or false for snapshots",
      ],
    ],
    [
      "a key that is no disk encryption set",
      { diskEncryptionSetResourceId: "https://vault.vault.azure.net/keys/disks" },
      {},
      [
        'diskEncryptionSetResourceId: must be the ARM ID of a disk encryption set; got "https://vault.vault.azure.net/keys/disks". Write /subscriptions/<UUID>/resourceGroups/<name>/providers/Microsoft.Compute/diskEncryptionSets/<name>',
      ],
    ],
    [
      "nobody to administer it",
      { adminGroupObjectIds: [] },
      {},
      [
        "adminGroupObjectIds: must name at least one Entra group: local accounts are off, so nobody could administer the cluster. Write the object ID of a group: az ad group show --group NAME --query id prints it",
      ],
    ],
    [
      "a group by name",
      { adminGroupObjectIds: [group, "gpu-admins"] },
      {},
      [
        'adminGroupObjectIds[1]: must be the object ID (a UUID) of an Entra group, not its name; got "gpu-admins". az ad group show --group NAME --query id prints it',
      ],
    ],
    [
      "an open API server",
      { apiServer: { authorizedIpRanges: [] } },
      {},
      [
        "apiServer.authorizedIpRanges: must not be empty: that would open the API server to the internet. Add your egress address, or write apiServer: private",
      ],
    ],
    [
      "the whole internet",
      { apiServer: { authorizedIpRanges: ["0.0.0.0/0"] } },
      {},
      [
        `apiServer.authorizedIpRanges[0]: ${range}; got "0.0.0.0/0". For example 203.0.113.0/24, or 203.0.113.7/32 for one address`,
      ],
    ],
    [
      "a range with host bits",
      { apiServer: { authorizedIpRanges: ["203.0.113.0/28", "203.0.113.1/28"] } },
      {},
      [
        `apiServer.authorizedIpRanges[1]: ${range}; got "203.0.113.1/28". For example 203.0.113.0/24, or 203.0.113.7/32 for one address`,
      ],
    ],
    [
      "more callers than AKS can list",
      { apiServer: { authorizedIpRanges: Array.from({ length: 2001 }, (_, at) => `10.0.${at >> 8}.${at & 255}/32`) } },
      {},
      [
        "apiServer.authorizedIpRanges: must be at most 2000 ranges; got 2001. Join ranges that lie side by side, or use a private API server",
      ],
    ],
    [
      "a region where the API server has no place in a subnet",
      {},
      { location: "qatarcentral" },
      [
        'location: must be another region: AKS cannot place the API server in a subnet there; got "qatarcentral". Set azure-native:location to a region that has it: catalog/regions.ts',
      ],
    ],
    [
      "system pods on GPUs",
      { systemPool: { size: "Standard_ND96isr_H100_v5" } },
      {},
      [
        'systemPool.size: must be a general-purpose size of the catalogue: system pods on GPU nodes cost; got "Standard_ND96isr_H100_v5". docs/sizes.md lists them',
      ],
    ],
    [
      "a zone that the region does not have",
      { systemPool: { zones: ["1", "4"] } },
      {},
      ['systemPool.zones[1]: must be one of 1, 2, 3; got "4". Write "1" for example'],
    ],
    [
      "a zone where there are none",
      { systemPool: { zones: ["1"] } },
      { zones: [] },
      ['systemPool.zones[0]: is not possible: the region has no zones; got "1". Leave zones out'],
    ],
    [
      "an OS disk that the temporary disk cannot hold",
      { systemPool: { size: "Standard_D4ds_v5", osDisk: "ephemeral" } },
      {},
      [
        'systemPool.osDisk: must be managed: the temporary disk of Standard_D4ds_v5 does not hold an OS disk of 256 GiB; got "ephemeral". Write osDisk: managed, or choose a size with a larger temporary disk',
      ],
    ],
    [
      "part of a node",
      { systemPool: { nodes: 1.5 } },
      {},
      ["systemPool.nodes: must be a whole number; got 1.5 (number). Use 1 or 2"],
    ],
    [
      "a version that nobody knows, whatever the day",
      { kubernetesVersion: "1.99" },
      { today: null },
      [expect.stringContaining("Known: ")],
    ],
    [
      "a time of day that is none",
      { maintenance: { startTime: "24:00" } },
      {},
      [
        'maintenance.startTime: must be HH:MM in UTC, 00:00 to 23:59; got "24:00". Leave it out for the default, "22:00"',
      ],
    ],
    [
      "a short window",
      { maintenance: { durationHours: 3 } },
      {},
      ["maintenance.durationHours: must be a whole number from 4 to 24; got 3. Use 4"],
    ],
    [
      "a window longer than a day",
      { maintenance: { durationHours: 25 } },
      {},
      ["maintenance.durationHours: must be a whole number from 4 to 24; got 25. Use 24"],
    ],
  ] satisfies [string, Partial<KubernetesClusterShape>, Partial<Place>, string[]][])(
    "with %s",
    (_, more, near, lines) => {
      expect(problemsOf(() => planned({ ...shape, ...more }, near))).toEqual(lines);
    },
  );

  it("with a zone that AKS would refuse for the name of the API server", () => {
    const zone = (name: string): unknown =>
      planned({
        ...shape,
        apiServer: { privateDns: { zoneResourceId: ownId(`Microsoft.Network/privateDnsZones/${name}`) } },
      });
    for (const name of [
      "privatelink.eastus.azmk8s.io",
      "private.eastus2.azmk8s.io",
      `${"a".repeat(33)}.private.eastus.azmk8s.io`,
      "a.b.private.eastus.azmk8s.io",
    ]) {
      expect(problemsOf(() => zone(name))).toEqual([
        expect.stringMatching(
          /^apiServer\.privateDns\.zoneResourceId: must be a zone named private\.eastus\.azmk8s\.io, or .+; got "[a-z0-9.]+"\. Write the ID/,
        ),
      ]);
    }
    for (const name of ["private.eastus.azmk8s.io", "team-1.private.eastus.azmk8s.io"]) zone(name);
  });

  it("with a zone of its own under a name that is too long", () => {
    const names = { ...place.names, workload: "training", environment: "a".repeat(24) };
    const decide = (): unknown => planned({ ...shape, apiServer: { privateDns: "own-zone" } }, { names });
    expect(problemsOf(decide)).toEqual([
      expect.stringMatching(/^apiServer\.privateDns: cannot be own-zone: .*Shorten/),
    ]);
  });

  it.each([...vmSizes.values()].map((it): [string, boolean] => [it.name, it.category === "general"]))(
    "with %s as system size, unless it is a general one",
    (size, fits) => {
      const decide = (): unknown => planned({ ...shape, systemPool: { size } });
      if (fits) expect(decide()).toMatchObject({ systemPool: { vmSize: size } });
      else expect(problemsOf(decide)).toEqual([expect.stringContaining(`systemPool.size: must be`)]);
    },
  );
});
