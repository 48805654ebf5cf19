import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { type Bill, type Billable, billOf } from "../../azure/bill";
import { billedElsewhere, typesBilledElsewhere } from "../../azure/billed-elsewhere";
import { cents, sumUsd } from "../../azure/money";
import { findRow, rows } from "../../azure/rows";
import { blobMeters } from "../../catalog/prices/blob-meters";
import { licences } from "../../catalog/licences";
import { diskMeters } from "../../catalog/prices/disk-meters";
import { lustreMeters } from "../../catalog/prices/lustre-meters";
import { meterPrice } from "../../catalog/prices/meter-price";
import { netAppMeters } from "../../catalog/prices/netapp-meters";
import { serviceMeters } from "../../catalog/prices/service-meters";
import { uses } from "../../catalog/prices/uses";
import { keysOf } from "../../core/records";
import { unknownValue } from "../../core/property-marks";
import { shippedPreview } from "../shipped-previews";
import { shippedStackNames } from "../stack-files";

const group = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/capacityReservationGroups/kept";

function of(type: string, inputs: object): Billable {
  return { type: `azure-native:${type}`, name: "it", inputs: { location: "eastus", ...inputs } };
}

const pool = (inputs: object): Billable =>
  of("containerservice:AgentPool", {
    agentPoolName: "p",
    vmSize: "Standard_D8ds_v5",
    osDiskType: "Ephemeral",
    count: 2,
    ...inputs,
  });
const machine = (inputs: object): Billable =>
  of("compute:VirtualMachine", {
    vmName: "vm",
    hardwareProfile: { vmSize: "Standard_D4ds_v5" },
    storageProfile: { osDisk: { diskSizeGB: 128, managedDisk: { storageAccountType: "Premium_LRS" } } },
    ...inputs,
  });

/** Lines in short: what, units idle and full, USD idle and full. */
function short({ lines }: Bill): unknown[] {
  return lines.map((it) => [it.what, it.idleUnits, it.fullUnits, it.idleUsdPerMonth, it.fullUsdPerMonth]);
}

/** What becomes of blobs with the time. */
const lifecycle = (action: string): object => ({
  policy: { rules: [{ definition: { actions: { version: { [action]: { daysAfterCreationGreaterThan: 90 } } } } }] },
});

/** Inputs of each type that bills, all variants: from them each meter is read. */
const samples: Readonly<Record<string, readonly object[]>> = {
  "compute:CapacityReservation": [
    { capacityReservationGroupName: "g", sku: { name: "Standard_D8ds_v5", capacity: 2 } },
  ],
  "compute:Disk": diskMeters.map(({ list }) => {
    const [step = "", copies = ""] = (list.skuName ?? "").split(" ");
    const kinds: Readonly<Record<string, string>> = { P: "Premium", E: "StandardSSD", S: "Standard" };
    return { sku: { name: `${kinds[step[0] ?? ""] ?? ""}_${copies}` }, diskSizeGB: gibOf(Number(step.slice(1))) };
  }),
  "compute:VirtualMachine": [machine({}).inputs],
  "compute:VirtualMachineScaleSet": [
    {
      vmScaleSetName: "s",
      sku: { name: "Standard_HB176rs_v4", capacity: 3 },
      virtualMachineProfile: {
        storageProfile: { osDisk: { diskSizeGB: 64, managedDisk: { storageAccountType: "StandardSSD_LRS" } } },
      },
    },
  ],
  "compute:GalleryImageVersion": [{ storageProfile: {} }],
  "containerregistry:Registry": ["Basic", "Standard", "Premium"].map((name) => ({ sku: { name } })),
  "containerservice:AgentPool": [pool({ osDiskType: "Managed" }).inputs],
  "containerservice:ManagedCluster": [
    { sku: { tier: "Standard" }, networkProfile: { outboundType: "loadBalancer" } },
    { sku: { tier: "Premium" }, networkProfile: { outboundType: "managedNATGateway" } },
    { sku: { tier: "Free" }, networkProfile: { outboundType: "userDefinedRouting" } },
  ],
  "dashboard:Grafana": [
    { sku: { name: "Standard" }, properties: { zoneRedundancy: "Enabled" } },
    { sku: { name: "Standard", size: "X2" } },
    { sku: { name: "Essential" } },
  ],
  "dashboard:ManagedPrivateEndpoint": [{}],
  "keyvault:Key": [{ properties: { kty: "RSA-HSM" } }],
  "keyvault:Vault": [{}],
  "logic:Workflow": [{}],
  "monitor:ActionGroup": [{}],
  "monitor:AzureMonitorWorkspace": [{}],
  "monitor:MetricAlert": [{}],
  "netapp:BackupVault": [{}],
  "netapp:CapacityPool": ["Standard", "Premium", "Ultra"].flatMap((serviceLevel) =>
    ["Single", "Double"].map((encryptionType) => ({ serviceLevel, encryptionType, size: 2 ** 40 })),
  ),
  "network:NatGateway": [{}],
  "network:PrivateEndpoint": [{}],
  "network:PublicIPAddress": [{}],
  "network:PublicIPPrefix": [{ prefixLength: 30 }],
  "operationalinsights:Workspace": [{ workspaceCapping: { dailyQuotaGb: 10 }, retentionInDays: 90 }, {}],
  "privatedns:PrivateZone": [{}],
  "storage:ManagementPolicy": [lifecycle("tierToArchive")],
  "storage:StorageAccount": ["LRS", "ZRS", "GRS", "RAGRS"].flatMap((copies) =>
    [true, false].flatMap((isHnsEnabled) =>
      ["Hot", "Cool"].map((accessTier) => ({ sku: { name: `Standard_${copies}` }, isHnsEnabled, accessTier })),
    ),
  ),
  "virtualmachineimages:VirtualMachineImageTemplate": [{ vmProfile: { vmSize: "Standard_D8ds_v5" } }],
  "storagecache:AmlFilesystem": [...lustreMeters.keys()].map((name) => ({ sku: { name }, storageCapacityTiB: 48 })),
};

/** GiB of a step of managed disks. */
function gibOf(step: number): number {
  const sizes: Readonly<Record<number, number>> = { 1: 4, 2: 8, 3: 16, 4: 32, 6: 64, 10: 128, 15: 256, 20: 512 };
  return sizes[step] ?? { 30: 1024, 40: 2048, 50: 4096, 60: 8192, 70: 16_384, 80: 32_767 }[step] ?? 0;
}

describe("every type", () => {
  const billing = [...rows].flatMap(([token, { bills, computes }]) =>
    bills === null && computes === null ? [] : [token.replace("azure-native:", "")],
  );

  it("that bills has samples here, and no other", () => {
    expect(Object.keys(samples).sort()).toEqual(billing.sort());
  });

  it.each(billing)("%s bills by a meter with a price, or says why not", (type) => {
    for (const inputs of samples[type] ?? []) {
      const { lines, byUse, unpriced } = billOf([of(type, inputs)], "eastus");
      const free = type === "containerservice:ManagedCluster" && JSON.stringify(inputs).includes("Free");
      expect(lines.length + byUse.length + unpriced.length).toBeGreaterThan(free ? -1 : 0);
      for (const { price } of [...lines, ...byUse]) expect(price.usd).toBeGreaterThan(0);
      for (const { what, because } of unpriced) expect(Math.min(what.length, because.length)).toBeGreaterThan(3);
    }
  });

  it("elsewhere has no row here, and bills or is free on purpose", () => {
    expect(typesBilledElsewhere.filter((it) => findRow(it) !== undefined)).toEqual([]);
    const wrong = typesBilledElsewhere.filter((type) => {
      const { lines, byUse, unpriced } = billOf([of(type.replace("azure-native:", ""), {})], "eastus");
      return (billedElsewhere(type)?.({}).length ?? 0) !== lines.length + byUse.length + unpriced.length;
    });
    expect(wrong).toEqual([]);
  });

  it("together read every meter", () => {
    const read = new Set<string>();
    for (const [type, all] of [
      ...Object.entries(samples),
      ["network:LoadBalancer", [{ loadBalancingRules: Array(6).fill({}) }]] as const,
    ]) {
      for (const inputs of all) {
        const charges =
          findRow(`azure-native:${type}`)?.bills?.({ location: "eastus", ...inputs }) ??
          billedElsewhere(`azure-native:${type}`)?.({ ...inputs }) ??
          [];
        for (const charge of charges) if ("meter" in charge) read.add(charge.meter.id);
      }
    }
    const all = [
      ...blobMeters,
      ...diskMeters,
      ...lustreMeters.values(),
      ...netAppMeters,
      ...Object.values(serviceMeters),
    ];
    expect(all.map(({ id }) => id).filter((id) => !read.has(id))).toEqual([]);
  });

  it("has a use for each thing that somebody may expect, and one for each use", () => {
    const used = new Set(
      Object.entries(samples).flatMap(([type, all]) =>
        all.flatMap((inputs) => billOf([of(type, inputs)], "eastus").byUse.map(({ use }) => use)),
      ),
    );
    expect([...used].sort()).toEqual([...keysOf(uses)].sort());
  });
});

describe("lines", () => {
  it("of nodes are hours with the fewest and with the most of them, at the price of their region", () => {
    const autoscaled = { enableAutoScaling: true, minCount: 1, maxCount: 4, location: "swedencentral" };
    expect(short(billOf([pool(autoscaled)], "eastus"))).toEqual([["nodes Standard_D8ds_v5", 730, 2920, 350.4, 1401.6]]);
  });

  it("say which of them are priced as in another region than their own", () => {
    const lustre = { sku: { name: "AMLFS-Durable-Premium-125" }, storageCapacityTiB: 16 };
    expect(billOf([of("storagecache:AmlFilesystem", { ...lustre, storageCapacityTiB: -16 })], "eastus")).toMatchObject({
      lines: [],
      unpriced: [{ because: "it cannot have -11960320" }],
    });
    const { notes } = billOf(
      [pool({ location: "swedencentral" }), of("storagecache:AmlFilesystem", lustre), of("network:NatGateway", {})],
      "westus",
    );
    expect(notes).toEqual([
      "no price of eastus is recorded for what is priced as in northeurope (Managed Lustre at 125 MB/s a TiB)",
    ]);
  });

  it("count those that are priced as in another region where they are many", () => {
    const lustre = (tier: number): Billable =>
      of("storagecache:AmlFilesystem", { sku: { name: `AMLFS-Durable-Premium-${tier}` }, storageCapacityTiB: 48 });
    const all = [40, 125, 250, 500].map(lustre);
    expect(billOf(all, "westus").notes).toEqual([
      "no price of eastus is recorded for 4 meters, which are priced as in northeurope (4): --json has the region of each line",
    ]);
    expect(billOf(all, "westus").lines.map((it) => it.price.region)).toEqual(Array(4).fill("northeurope"));
  });

  it("of a region that is written as people write it", () => {
    const [line] = billOf([pool({ location: "West Europe" })], "eastus").lines;
    expect(line?.price).toMatchObject({ usd: 0.544, region: "westeurope" });
  });

  it.each<[string, object, unknown[]]>([
    ["that are on their hosts", {}, []],
    ["that nobody said anything of, on a size whose hosts have room", { osDiskType: undefined }, []],
    [
      "without room on their hosts",
      { osDiskType: undefined, vmSize: "Standard_D8s_v5" },
      ["Premium SSD up to 256 GiB (P15 LRS)"],
    ],
    [
      "of a size that is written",
      { osDiskType: "Managed", osDiskSizeGB: 600 },
      ["Premium SSD up to 1024 GiB (P30 LRS)"],
    ],
    [
      "of the size that AKS takes for zero",
      { osDiskType: "Managed", osDiskSizeGB: 0 },
      ["Premium SSD up to 256 GiB (P15 LRS)"],
    ],
  ])("of OS disks of nodes %s", (_, inputs, expected) => {
    const { lines } = billOf([pool(inputs)], "eastus");
    expect(
      lines
        .filter((it) => it.kind === "disks")
        .map(({ what, pool: of, fullUnits }) => (of === "p" && fullUnits === 2 ? what : of)),
    ).toEqual(expected);
  });

  it("of the disks of a machine leave out what is local and what is attached", () => {
    const disks = { storageAccountType: "Premium_LRS" };
    const dataDisks = [
      { createOption: "Attach", managedDisk: { id: "/disks/own" } },
      { createOption: "Empty", diskSizeGB: 1024, managedDisk: disks },
    ];
    const local = { diskSizeGB: 64, managedDisk: disks, diffDiskSettings: { option: "Local" } };
    const { lines } = billOf([machine({ storageProfile: { osDisk: local, dataDisks } })], "eastus");
    expect(lines.map(({ what }) => what)).toEqual(["nodes Standard_D4ds_v5", "Premium SSD up to 1024 GiB (P30 LRS)"]);
  });

  it("of a cluster are its control plane, its pools and what AKS makes for it", () => {
    const cluster = of("containerservice:ManagedCluster", {
      resourceName: "aks",
      sku: { tier: "Standard" },
      agentPoolProfiles: [{ name: "system", vmSize: "Standard_D4s_v5", count: 3 }],
    });
    expect(short(billOf([cluster], "eastus"))).toEqual([
      ["nodes Standard_D4s_v5", 2190, 2190, 420.48, 420.48],
      ["AKS control plane Standard", 730, 730, 73, 73],
      ["load balancer with up to 5 rules", 730, 730, 18.25, 18.25],
      ["public address", 730, 730, 3.65, 3.65],
      ["Premium SSD up to 128 GiB (P10 LRS)", 3, 3, 59.13, 59.13],
    ]);
  });

  it("of logs are bounded by their daily cap and their days, and cost nothing for sure", () => {
    const capped = { workspaceCapping: { dailyQuotaGb: 10 }, retentionInDays: 90 };
    // 10 GB on 30.4 days at 2.30 USD, and 59 days beyond the 31 that are included at 0.10 USD a month.
    expect(short(billOf([of("operationalinsights:Workspace", capped)], "eastus"))).toEqual([
      ["logs that come in", 0, (10 * 730) / 24, 0, 699.58],
      ["logs kept beyond the included days", 0, 590, 0, 59],
    ]);
    for (const inputs of [
      {},
      { workspaceCapping: { dailyQuotaGb: -1 } },
      { ...capped, workspaceCapping: unknownValue },
    ]) {
      const { lines, byUse } = billOf([of("operationalinsights:Workspace", inputs)], "eastus");
      expect([lines, byUse.map(({ use }) => use)]).toEqual([[], ["logGB"]]);
    }
  });

  it.each([
    [{ sku: { name: "AMLFS-Durable-Premium-125" }, storageCapacityTiB: 16 }, 16 * 1024 * 730],
    [{ sku: { name: "AMLFS-Durable-Premium-500" }, storageCapacityTiB: 4 }, 4 * 1024 * 730],
  ])("of Lustre are all of its capacity: %j", (inputs, units) => {
    const { lines } = billOf([of("storagecache:AmlFilesystem", inputs)], "eastus");
    expect(lines.map((it) => [it.idleUnits, it.fullUnits])).toEqual([[units, units]]);
  });

  it.each<[string, object, number]>([
    ["an address alone", {}, 3.65],
    ["one of a prefix", { publicIPPrefix: { id: "/prefix" } }, 0],
    ["one of version 6", { publicIPAddressVersion: "IPv6" }, 0],
  ])("of %s", (_, inputs, usd) => {
    expect(
      sumUsd(billOf([of("network:PublicIPAddress", inputs)], "eastus").lines.map((it) => it.fullUsdPerMonth)),
    ).toBe(usd);
  });

  it.each<[string, object, [string, number][]]>([
    ["without a rule", { sku: { name: "Standard" } }, []],
    [
      "with five rules",
      { loadBalancingRules: Array(3).fill({}), outboundRules: Array(2).fill({}), inboundNatRules: Array(9).fill({}) },
      [["load balancer with up to 5 rules", 730]],
    ],
    [
      "with 40 rules",
      { sku: { name: "standard" }, loadBalancingRules: Array(40).fill({}) },
      [
        ["load balancer with up to 5 rules", 730],
        ["rule of a load balancer beyond the first 5", 35 * 730],
      ],
    ],
    ["that is Basic", { sku: { name: "Basic" }, loadBalancingRules: [{}] }, []],
  ])("of a load balancer %s", (_, inputs, expected) => {
    const { lines, unpriced } = billOf([of("network:LoadBalancer", inputs)], "eastus");
    expect(lines.map((it) => [it.what, it.fullUnits])).toEqual(expected);
    expect(unpriced.map(({ what }) => what)).toEqual(
      expected.length === 0 ? [] : ["traffic through load balancers, each gigabyte"],
    );
  });

  const wayOut = (networkProfile: object): unknown[] =>
    billOf([of("containerservice:ManagedCluster", { networkProfile })], "eastus")
      .lines.filter((it) => it.kind === "network")
      .map((it) => [it.what, it.fullUnits / 730]);

  it.each<[string, object, unknown[]]>([
    [
      "all addresses that AKS makes",
      { loadBalancerProfile: { managedOutboundIPs: { count: 4 } } },
      [
        ["load balancer with up to 5 rules", 1],
        ["public address", 4],
      ],
    ],
    [
      "none that is given",
      { loadBalancerProfile: { outboundIPs: { publicIPs: [{ id: "/address" }] } } },
      [["load balancer with up to 5 rules", 1]],
    ],
    ["nothing where it is Basic", { loadBalancerSku: "basic" }, []],
    [
      "all addresses of a gateway",
      {
        outboundType: "managedNATGateway",
        natGatewayProfile: { managedOutboundIPProfile: { count: 2 } },
      },
      [
        ["NAT gateway", 1],
        ["public address", 2],
      ],
    ],
    ["nothing that is somebody else's", { outboundType: "userDefinedRouting" }, []],
  ])("of the way out of a cluster count %s", (_, networkProfile, expected) => {
    expect(wayOut(networkProfile)).toEqual(expected);
  });

  it.each<[string, object, string]>([
    ["by its size", { diskSizeGB: 1024 }, "Premium SSD up to 1024 GiB (P30 LRS)"],
    ["by its performance tier", { diskSizeGB: 1024, tier: "P50" }, "Premium SSD up to 4096 GiB (P50 LRS)"],
    ["by its tier where its size comes from an image", { tier: "P10" }, "Premium SSD up to 128 GiB (P10 LRS)"],
  ])("of a disk are %s", (_, inputs, what) => {
    const { lines, unpriced } = billOf([of("compute:Disk", { sku: { name: "Premium_LRS" }, ...inputs })], "eastus");
    expect([lines.map((it) => it.what), unpriced]).toEqual([[what], []]);
  });

  it("of a prefix are for each of its addresses", () => {
    expect(short(billOf([of("network:PublicIPPrefix", { prefixLength: 30 })], "eastus"))).toEqual([
      ["address of a public prefix", 2920, 2920, 17.52, 17.52],
    ]);
  });

  it("of NetApp Files are all of a pool, by its level", () => {
    const capacity = (inputs: object): Billable => of("netapp:CapacityPool", { poolName: "p", ...inputs });
    const { lines, unpriced } = billOf([capacity({ serviceLevel: "Ultra", size: 100 * 2 ** 40 })], "eastus");
    expect(lines.map((it) => [it.what, it.price.usd, it.fullUnits, it.fullUsdPerMonth])).toEqual([
      ["NetApp Files Ultra", 0.000538, 102_400 * 730, 40_216.58],
    ]);
    expect(unpriced).toEqual([]);
    const without = (inputs: object): unknown => billOf([capacity(inputs)], "eastus").unpriced;
    expect(without({ serviceLevel: "Flexible", size: 2 ** 40 })).toEqual([
      { what: "NetApp Files Flexible", because: "only Standard, Premium and Ultra have meters here", resources: ["p"] },
    ]);
    expect(without({ serviceLevel: "Ultra", size: unknownValue })).toEqual([
      { what: "NetApp Files Ultra", because: "its size is not known yet", resources: ["p"] },
    ]);
    expect(without({ serviceLevel: "Premium", size: 2 ** 40, encryptionType: "Double" })).toEqual([
      { what: "NetApp Files Premium, encrypted twice", because: "no sourced price", resources: ["p"] },
    ]);
    expect(without({ serviceLevel: "Standard", size: 2 ** 40, coolAccess: true })).toMatchObject([
      { what: "NetApp Files Standard, moves to and from the cool tier" },
    ]);
  });

  it("are none of a lifecycle that only deletes", () => {
    expect(billOf([of("storage:ManagementPolicy", lifecycle("delete"))], "eastus").unpriced).toEqual([]);
  });

  it("name each resource that something without a price is of", () => {
    const grafana = (workspaceName: string): Billable =>
      of("dashboard:Grafana", { workspaceName, sku: { name: "Standard" } });
    expect(billOf([grafana("a"), grafana("b"), grafana("a")], "eastus").unpriced).toEqual([
      { what: "Managed Grafana, a unit of an instance", because: "no sourced price", resources: ["a", "b"] },
      {
        what: "users of Managed Grafana, each month",
        because: "nothing declares how many there are",
        resources: ["a", "b"],
      },
    ]);
  });

  it("say what cannot be told and why, and never fail", () => {
    const unpriced = (resource: Billable): unknown =>
      billOf([resource], "eastus").unpriced.map(({ what, because }) => ({ what, because }));
    expect(unpriced(pool({ vmSize: "Standard_X" }))).toEqual([
      { what: "nodes Standard_X", because: "the catalogue has no such size" },
    ]);
    expect(unpriced(pool({ vmSize: unknownValue }))).toEqual([
      { what: "nodes", because: "their size is not known yet" },
    ]);
    expect(unpriced(pool({ count: unknownValue }))).toEqual([
      { what: "nodes Standard_D8ds_v5", because: "how many there are is not known yet" },
    ]);
    expect(unpriced(pool({ vmSize: "Standard_D8as_v5" }))).toEqual([
      { what: "nodes Standard_D8as_v5", because: "no list price is known" },
    ]);
    expect(unpriced(of("storage:StorageAccount", { sku: { name: "Premium_LRS" } }))).toEqual([
      { what: "storage account Premium_LRS", because: "only blobs in LRS, ZRS, GRS and RAGRS have meters here" },
    ]);
    expect(unpriced(of("containerregistry:Registry", { sku: { name: "Standard" } }))).toContainEqual({
      what: "container registry Standard",
      because: "no sourced price",
    });
    expect(
      unpriced(
        of("storagecache:AmlFilesystem", {
          sku: { name: "AMLFS-Durable-Premium-40" },
          storageCapacityTiB: unknownValue,
        }),
      ),
    ).toEqual([{ what: "Managed Lustre at 40 MB/s a TiB", because: "its capacity is not known yet" }]);
    for (const inputs of [{}, { sku: null, agentPoolProfiles: 3 }, { virtualMachineProfile: [] }]) {
      for (const type of Object.keys(samples)) expect(() => billOf([of(type, inputs)], "eastus")).not.toThrow();
    }
  });
});

describe("what the price of a thing does not hold", () => {
  const named = (type: string, inputs: object): string[] =>
    billOf([of(type, inputs)], "eastus").unpriced.map(({ what }) => what);

  it.each<[string, string, object, string[]]>([
    ["a Basic address", "network:PublicIPAddress", { sku: { name: "Basic" } }, ["public address Basic, each hour"]],
    [
      "a global address",
      "network:PublicIPAddress",
      { sku: { name: "Standard", tier: "Global" } },
      ["public address Global, each hour"],
    ],
    [
      "a gateway of the second kind",
      "network:NatGateway",
      { sku: { name: "StandardV2" } },
      ["NAT gateway StandardV2, each hour and gigabyte"],
    ],
    [
      "a prefix of the second kind",
      "network:PublicIPPrefix",
      { sku: { name: "StandardV2" }, prefixLength: 30 },
      ["public prefix StandardV2, each address and hour"],
    ],
    [
      "a balancer for appliances",
      "network:LoadBalancer",
      { sku: { name: "Gateway" } },
      ["load balancer Gateway, each hour and what it bills besides"],
    ],
    [
      "a global balancer",
      "network:LoadBalancer",
      { sku: { name: "Standard", tier: "Global" } },
      ["load balancer Global, each hour and what it bills besides"],
    ],
    [
      "rules that nobody knows yet",
      "network:LoadBalancer",
      { loadBalancingRules: unknownValue },
      ["load balancer with up to 5 rules"],
    ],
    [
      "bursting and mounts of a disk",
      "compute:Disk",
      { sku: { name: "Premium_LRS" }, diskSizeGB: 1024, burstingEnabled: true, maxShares: 3 },
      [
        "bursting on demand of managed disks Premium_LRS, each month and each operation",
        "mounts of shared disks Premium_LRS",
      ],
    ],
    [
      "a tier of another kind of disk",
      "compute:Disk",
      { sku: { name: "Premium_LRS" }, diskSizeGB: 1024, tier: "E50" },
      ["managed disks Premium_LRS"],
    ],
    [
      "a tier that nobody knows yet",
      "compute:Disk",
      { sku: { name: "Premium_LRS" }, diskSizeGB: 1024, tier: unknownValue },
      ["managed disks Premium_LRS"],
    ],
    [
      "operations on a cheap disk",
      "compute:Disk",
      { sku: { name: "StandardSSD_LRS" }, diskSizeGB: 1024 },
      ["operations of managed disks StandardSSD_LRS"],
    ],
    [
      "nodes that AKS makes by itself",
      "containerservice:ManagedCluster",
      { sku: { name: "Automatic", tier: "Standard" }, networkProfile: { outboundType: "managedNATGatewayV2" } },
      [
        "AKS Automatic: its control plane, and each vCPU of its nodes",
        "nodes that AKS makes for pods (node auto-provisioning)",
        "NAT gateway StandardV2, each hour and gigabyte",
      ],
    ],
    [
      "a control plane whose tier nobody knows",
      "containerservice:ManagedCluster",
      { sku: { tier: unknownValue }, networkProfile: { outboundType: "none" } },
      ["AKS control plane"],
    ],
  ])("%s", (_, type, inputs, expected) => {
    const { lines, unpriced } = billOf([of(type, inputs)], "eastus");
    expect(unpriced.map(({ what }) => what)).toEqual(expected);
    // What is named in whole is in no line.
    expect(lines.every((it) => it.what.startsWith("Premium SSD") || it.what.startsWith("Standard SSD"))).toBe(true);
  });

  const size = "Standard_D4ds_v5";
  const profile = (inputs: object, image: object = {}): object => ({
    ...inputs,
    storageProfile: { imageReference: image, osDisk: { diffDiskSettings: { option: "Local" }, ...inputs } },
  });
  const windows = `Windows licence of ${size}, each node and hour`;
  const redHat = `Red Hat Enterprise Linux licence of ${size}, each node and hour`;
  const suse = `SUSE Linux Enterprise licence of ${size}, each node and hour`;

  it.each<[string, object, string[]]>([
    ["an OS disk of Windows", profile({ osType: "Windows" }), [windows]],
    ["settings of Windows", profile({ osProfile: { windowsConfiguration: {} } }), [windows]],
    ["an image of Windows", profile({}, { publisher: "MicrosoftWindowsServer", offer: "WindowsServer" }), [windows]],
    ["a desktop of Windows", profile({}, { publisher: "microsoftwindowsdesktop", offer: "windows-11" }), [windows]],
    [
      "a database on Windows",
      profile({}, { publisher: "MicrosoftSQLServer", offer: "sql2022-ws2022" }),
      [windows, `SQL Server licence of ${size}, each node and hour`],
    ],
    ["Windows with a licence of one's own", profile({ osType: "Windows", licenseType: "Windows_Server" }), []],
    ["Red Hat", profile({}, { publisher: "RedHat", offer: "RHEL" }), [redHat]],
    ["Red Hat with a licence of one's own", profile({}, { publisher: "redhat", offer: "rhel-byos" }), []],
    [
      "Red Hat that became one's own",
      profile({ licenseType: "RHEL_BYOS" }, { publisher: "RedHat", offer: "RHEL" }),
      [],
    ],
    ["Red Hat that is bought by the hour", profile({ licenseType: "RHEL_BASE" }, { id: "/images/own" }), [redHat]],
    ["SUSE", profile({}, { publisher: "SUSE", offer: "sles-15-sp6" }), [suse]],
    ["SUSE that is free", profile({}, { publisher: "SUSE", offer: "openSUSE-leap-15-6" }), []],
    ["a free Linux", profile({ osType: "Linux" }, { publisher: "Canonical", offer: "ubuntu-24_04-lts" }), []],
    ["an HPC image", profile({}, { publisher: "microsoft-dsvm", offer: "ubuntu-hpc" }), []],
  ])("on machines with %s", (_, body, expected) => {
    const alone = { vmName: "vm", hardwareProfile: { vmSize: size }, ...body };
    const set = { vmScaleSetName: "s", sku: { name: size, capacity: 2 }, virtualMachineProfile: body };
    expect(named("compute:VirtualMachine", alone)).toEqual(expected);
    expect(named("compute:VirtualMachineScaleSet", set)).toEqual(expected);
    expect(named("compute:VirtualMachineScaleSet", { ...set, sku: { name: size, capacity: 0 } })).toEqual([]);
  });

  it("each licence has machines above", () => {
    expect(licences.map(({ what }) => what.split(" ")[0])).toEqual(["Windows", "SQL", "Red", "SUSE"]);
  });

  it("the software of a Marketplace offer", () => {
    const plan = { name: "p", publisher: "nvidia", product: "ngc" };
    expect(named("compute:VirtualMachine", { ...profile({}), plan })).toContain("Marketplace offer nvidia/ngc");
  });

  it.each<[string, object, object, number]>([
    ["Windows", { osType: "Windows" }, {}, 1],
    ["Windows by its image alone", { osSKU: "Windows2022" }, {}, 1],
    ["Windows and a licence of one's own", { osType: "Windows" }, { licenseType: "Windows_Server" }, 0],
    ["Windows that is stopped", { osType: "Windows", powerState: { code: "Stopped" } }, {}, 0],
    ["Linux", { osType: "Linux" }, {}, 0],
  ])("in a pool with %s", (_, body, windowsProfile, count) => {
    const nodes = { name: "p", vmSize: size, count: 2, osDiskType: "Ephemeral", ...body };
    const cluster = {
      agentPoolProfiles: [nodes],
      windowsProfile,
      networkProfile: { outboundType: "userDefinedRouting" },
    };
    const once = count === 1 ? [windows] : [];
    expect(named("containerservice:ManagedCluster", cluster)).toEqual(once);
    // A pool of its own does not see the cluster, and its exception says so.
    if (Object.keys(windowsProfile).length === 0) expect(named("containerservice:AgentPool", nodes)).toEqual(once);
  });
});

describe("nodes", () => {
  const both = (inputs: object): Bill => billOf([pool({ osDiskType: "Managed", ...inputs })], "eastus");
  const because = ({ unpriced }: Bill): string[] => unpriced.map((it) => it.because);

  it("of a size in other letter case are nodes of that size", () => {
    const lower = { vmSize: "standard_nd96isr_h100_v5" };
    const upper = { vmSize: "Standard_ND96isr_H100_v5" };
    expect(both(lower)).toEqual(both(upper));
    expect(both(lower).lines[0]).toMatchObject({ what: "nodes Standard_ND96isr_H100_v5", price: { usd: 98.32 } });
  });

  it("of a pool that is stopped bill no hours, and their disks all of them", () => {
    const stopped = { powerState: { code: "Stopped" } };
    const { lines, notes } = both(stopped);
    expect(lines.map((it) => [it.kind, it.fullUnits])).toEqual([
      ["nodes", 0],
      ["disks", 2],
    ]);
    expect(notes).toContain("p is off in all hours: its nodes bill nothing until it starts");
    const inline = of("containerservice:ManagedCluster", {
      agentPoolProfiles: [
        { name: "on", vmSize: "Standard_D8ds_v5", count: 1 },
        { name: "off", vmSize: "Standard_D8ds_v5", count: 1, ...stopped },
      ],
    });
    const nodes = billOf([inline], "eastus").lines.filter((it) => it.kind === "nodes");
    expect(nodes.map((it) => [it.pool, it.fullUnits])).toEqual([
      ["on", 730],
      ["off", 0],
    ]);
  });

  it.each<[string, object, string]>([
    [
      "at least than at most",
      { enableAutoScaling: true, minCount: 5, maxCount: 2 },
      "p cannot have 5 at least and 2 at most",
    ],
    ["than none", { count: -3 }, "p cannot have -3"],
  ])("cannot be more %s, nor can their disks", (_, inputs, reason) => {
    expect([both(inputs).lines, because(both(inputs))]).toEqual([[], [reason, reason]]);
  });

  it("and disks whose number nobody knows yet have no bill", () => {
    const reason = "how many there are is not known yet";
    expect([both({ count: unknownValue }).lines, because(both({ count: unknownValue }))]).toEqual([
      [],
      [reason, reason],
    ]);
    const kept = { capacityReservationGroupName: "g", sku: { name: "Standard_D8ds_v5", capacity: unknownValue } };
    expect(because(billOf([of("compute:CapacityReservation", kept)], "eastus"))).toEqual([reason]);
  });
});

describe("spot nodes", () => {
  it("bill at the price of Spot where it is recorded", () => {
    const spot = pool({
      vmSize: "Standard_ND96isr_H100_v5",
      scaleSetPriority: "Spot",
      count: 1,
      location: "westeurope",
    });
    expect(short(billOf([spot], "eastus"))).toEqual([
      ["spot nodes Standard_ND96isr_H100_v5", 730, 730, 17_242.89, 17_242.89],
    ]);
  });

  const a100 = (location: string, spotMaxPrice: number): Billable =>
    pool({ vmSize: "Standard_NC96ads_A100_v4", scaleSetPriority: "Spot", count: 1, location, spotMaxPrice });
  const missing = "p: no sourced spot price of Standard_NC96ads_A100_v4 in eastus";

  it.each<[string, Billable, number, string[]]>([
    ["as recorded without a highest price", a100("northeurope", -1), 3.258024, []],
    ["as recorded below their highest price", a100("northeurope", 4), 3.258024, []],
    [
      "their highest price where it is less",
      a100("northeurope", 1.5),
      1.5,
      [
        "p: USD 1.5 an hour, the highest price that is declared for it, is less than 3.258024, the spot price of Standard_NC96ads_A100_v4 that is recorded in northeurope: it may never get a node",
      ],
    ],
    [
      "their highest price where no other is recorded",
      a100("eastus", 5),
      5,
      [`${missing}; USD 5 an hour, the highest price that is declared for it, stands in`],
    ],
    [
      "their highest price where every region has a higher one",
      a100("eastus", 0.00001),
      0.00001,
      [
        "p: USD 0.00001 an hour, the highest price that is declared for it, is less than 3.258024, the lowest spot price of Standard_NC96ads_A100_v4 that is recorded in northeurope: it may never get a node",
      ],
    ],
    [
      "on demand where their highest price is more",
      a100("eastus", 100),
      14.692,
      [`${missing}; the price on demand stands in, which is the most it can be`],
    ],
  ])("bill %s", (_, spot, usd, notes) => {
    const bill = billOf([spot], "eastus");
    expect([bill.lines.map((it) => it.price.usd), bill.notes]).toEqual([[usd], notes]);
  });

  it("of a machine and a scale set have a highest price, too", () => {
    const billingProfile = { maxPrice: 0.01 };
    const set = of("compute:VirtualMachineScaleSet", {
      vmScaleSetName: "s",
      sku: { name: "Standard_HB176rs_v4", capacity: 1 },
      virtualMachineProfile: { priority: "Spot", billingProfile },
    });
    for (const it of [machine({ priority: "Spot", billingProfile }), set]) {
      const [line] = billOf([it], "eastus").lines;
      expect(line?.price).toMatchObject({ usd: 0.01, region: null, source: "the highest price that is declared" });
    }
  });

  it("bill at most what they cost on demand where it is not, and say so", () => {
    const { lines, notes } = billOf(
      [pool({ vmSize: "Standard_ND96isr_H100_v5", scaleSetPriority: "Spot", count: 1 })],
      "eastus",
    );
    expect(lines.map((it) => it.price.usd)).toEqual([98.32]);
    expect(notes).toEqual([
      "p: no sourced spot price of Standard_ND96isr_H100_v5 in eastus; the price on demand stands in, which is the most it can be",
    ]);
  });
});

it.each<[string, object | undefined, [string, number][]]>([
  ["no mix", undefined, [["spot nodes Standard_HB176rs_v4", 5]]],
  [
    "some machines that are kept, and a part of the others",
    { baseRegularPriorityCount: 2, regularPriorityPercentageAboveBase: 50 },
    [
      ["nodes Standard_HB176rs_v4", 4],
      ["spot nodes Standard_HB176rs_v4", 1],
    ],
  ],
  ["more that are kept than there are", { baseRegularPriorityCount: 9 }, [["nodes Standard_HB176rs_v4", 5]]],
])("a spot scale set bills with %s", (_, priorityMixPolicy, expected) => {
  const set = of("compute:VirtualMachineScaleSet", {
    sku: { name: "Standard_HB176rs_v4", capacity: 5 },
    virtualMachineProfile: { priority: "Spot" },
    priorityMixPolicy,
  });
  expect(billOf([set], "eastus").lines.map((it) => [it.what, it.fullUnits / 730])).toEqual(expected);
});

describe("what a schedule has off", () => {
  const off = { tags: { hoursOffPerWeek: "126" } };
  const note =
    "what a schedule switches off is counted for the other hours: 183 of 730 where it is off for 126 of the 168 of a week";

  it("bills its nodes for the other hours, and its disks for all", () => {
    const { lines, notes } = billOf([pool({ ...off, osDiskType: "Managed" })], "eastus");
    expect(lines.map(({ kind, fullUnits }) => [kind, fullUnits])).toEqual([
      ["nodes", (2 * 730) / 4],
      ["disks", 2],
    ]);
    expect(notes).toEqual([note]);
  });

  it("is a cluster with its control plane and the pool in its body", () => {
    const cluster = (tags: object): number[] =>
      billOf(
        [
          of("containerservice:ManagedCluster", {
            sku: { tier: "Standard" },
            networkProfile: { outboundType: "userDefinedRouting" },
            agentPoolProfiles: [{ name: "system", vmSize: "Standard_D8ds_v5", count: 3, osDiskType: "Ephemeral" }],
            ...tags,
          }),
        ],
        "eastus",
      ).lines.map((it) => it.idleUnits);
    expect(cluster({})).toEqual([3 * 730, 730]);
    expect(cluster(off)).toEqual([(3 * 730) / 4, 730 / 4]);
  });

  it("is a machine and a scale set", () => {
    const set = of("compute:VirtualMachineScaleSet", {
      vmScaleSetName: "s",
      sku: { name: "Standard_HB176rs_v4", capacity: 4 },
    });
    const units = (it: Billable): unknown =>
      billOf([{ ...it, inputs: { ...it.inputs, ...off } }], "eastus").lines.find(({ kind }) => kind === "nodes")
        ?.fullUnits;
    expect([units(machine({})), units(set)]).toEqual([730 / 4, 730]);
  });

  it.each(["", "many", "-5", 126, "1e3"])("bills all hours where the tag says %j", (hoursOffPerWeek) => {
    const { lines, notes } = billOf([pool({ tags: { hoursOffPerWeek } })], "eastus");
    expect([lines.map((it) => it.fullUnits), notes]).toEqual([[2 * 730], []]);
  });
});

describe("reserved nodes", () => {
  const kept = (capacity: number): Billable =>
    of("compute:CapacityReservation", {
      capacityReservationGroupName: "Kept",
      capacityReservationName: "d8",
      sku: { name: "Standard_D8ds_v5", capacity },
    });
  const autoscaled = { enableAutoScaling: true, minCount: 1, maxCount: 3, capacityReservationGroupID: group };
  const hours = (resources: readonly Billable[]): unknown =>
    billOf(resources, "eastus")
      .lines.filter(({ what }) => what.startsWith("reserved"))
      .map((it) => [it.idleUnits / 730, it.fullUnits / 730]);

  it("bill while nothing runs in them, and not twice when something does", () => {
    expect(hours([kept(4)])).toEqual([[4, 4]]);
    expect(hours([kept(4), pool(autoscaled)])).toEqual([[3, 1]]);
    expect(hours([kept(2), pool(autoscaled)])).toEqual([[1, 0]]);
  });

  it("bill in the hours in which a schedule has off what runs in them", () => {
    const half = { ...autoscaled, tags: { hoursOffPerWeek: "84" } };
    expect(hours([kept(4), pool(half)])).toEqual([[3.5, 2.5]]);
    // What is always on has its places first.
    expect(hours([kept(4), pool(half), pool({ ...autoscaled, agentPoolName: "q" })])).toEqual([[2.5, 0.5]]);
  });

  it("are not those of another group or another size", () => {
    expect(hours([kept(4), pool({ ...autoscaled, capacityReservationGroupID: "/groups/other" })])).toEqual([[4, 4]]);
    expect(hours([kept(4), pool({ ...autoscaled, vmSize: "Standard_D4ds_v5" })])).toEqual([[4, 4]]);
    expect(hours([kept(4), pool({ ...autoscaled, vmSize: "STANDARD_D8DS_V5" })])).toEqual([[3, 1]]);
  });
});

describe("expected use", () => {
  const store = of("storage:StorageAccount", { sku: { name: "Standard_LRS" }, isHnsEnabled: true });

  it("becomes lines, in the units of the meter", () => {
    const { lines } = billOf([store], "westus", { hotBlobTiB: 2, millionBlobWrites: 3 });
    expect(short({ lines } as Bill)).toEqual([
      ["hot blobs LRS", 2048, 2048, 43.01, 43.01],
      ["writes of hot blobs LRS", 300, 300, 19.5, 19.5],
    ]);
  });

  it("of what several resources bill by counts once, at the dearest", () => {
    const flat = of("storage:StorageAccount", { sku: { name: "Standard_GRS" } });
    const { lines } = billOf([store, flat, store], "westus", { hotBlobTiB: 1 });
    expect(lines.map(({ what, fullUnits }) => [what, fullUnits])).toEqual([["hot blobs GRS", 1024]]);
  });
});

const anyPool = fc.record({
  agentPoolName: fc.stringMatching(/^[a-z]{1,6}$/),
  vmSize: fc.constantFrom("Standard_D8ds_v5", "Standard_ND96isr_H100_v5", "Standard_D8s_v5", "Standard_X"),
  minCount: fc.nat(20),
  more: fc.nat(20),
  osDiskType: fc.constantFrom("Managed", "Ephemeral", undefined),
  scaleSetPriority: fc.constantFrom("Spot", undefined),
  location: fc.constantFrom("eastus", "westeurope", "swedencentral"),
});
const anyResource = fc.oneof(
  anyPool.map(({ minCount, more, ...it }) =>
    pool({ ...it, enableAutoScaling: true, minCount, maxCount: minCount + more }),
  ),
  fc.constantFrom(...Object.entries(samples).flatMap(([type, all]) => all.map((inputs) => of(type, inputs)))),
);
const some = fc.array(anyResource, { maxLength: 12 });

describe("the bill of any resources", () => {
  const total = (resources: readonly Billable[], pick: (it: Bill["lines"][number]) => number): number =>
    billOf(resources, "eastus").lines.reduce((sum, it) => sum + cents(pick(it)), 0);

  it("is the sum of their own bills, to the cent", () => {
    fc.assert(
      fc.property(some, (resources) => {
        // A reservation is the one thing that looks at the others.
        const alone = resources.filter((it) => !it.type.endsWith(":CapacityReservation"));
        for (const pick of [
          (it: Bill["lines"][number]) => it.idleUsdPerMonth,
          (it: Bill["lines"][number]) => it.fullUsdPerMonth,
        ]) {
          expect(total(alone, pick)).toBe(alone.reduce((sum, it) => sum + total([it], pick), 0));
        }
      }),
    );
  });

  it("has the same lines in any order", () => {
    fc.assert(
      fc.property(some, fc.infiniteStream(fc.nat()), (resources, ranks) => {
        const shuffled = resources
          .map((it) => ({ it, rank: ranks.next().value as number }))
          .sort((a, b) => a.rank - b.rank);
        const lines = (all: readonly Billable[]): string[] =>
          billOf(all, "eastus")
            .lines.map((it) => JSON.stringify(it))
            .sort();
        expect(lines(shuffled.map(({ it }) => it))).toEqual(lines(resources));
      }),
    );
  });

  it("has nothing negative, and nothing that costs less when it is full", () => {
    fc.assert(
      fc.property(some, (resources) => {
        const idleReserved = (what: string): boolean => what.startsWith("reserved nodes");
        for (const it of billOf(resources, "eastus").lines) {
          expect(it.idleUsdPerMonth).toBeGreaterThanOrEqual(0);
          if (!idleReserved(it.what)) expect(it.fullUsdPerMonth).toBeGreaterThanOrEqual(it.idleUsdPerMonth);
        }
      }),
    );
  });
});

describe.each(shippedStackNames)("the bill of %s", (stack) => {
  let resources: readonly Billable[] = [];
  beforeAll(async () => {
    ({ resources } = (await shippedPreview(stack)).plan);
  });

  it("prices or names everything that is charged", () => {
    const { unpriced, unusedExpectations } = billOf(resources, "eastus2");
    expect(unusedExpectations).toEqual([]);
    for (const { what, because } of unpriced) expect([what, because].every((it) => it !== "")).toBe(true);
  });

  it("changes in the lines of a pool alone when that pool changes", () => {
    const isPool = ({ type }: Billable): boolean => type.endsWith(":AgentPool");
    const lines = (all: readonly Billable[]): string[] => billOf(all, "eastus2").lines.map((it) => JSON.stringify(it));
    const before = lines(resources);
    for (const one of resources.filter(isPool)) {
      const larger = { ...one, inputs: { ...one.inputs, count: 99, minCount: 99, maxCount: 99 } };
      const after = lines(resources.map((it) => (it === one ? larger : it)));
      const changed = after
        .filter((it) => !before.includes(it))
        .map((it) => (JSON.parse(it) as Bill["lines"][number]).pool);
      expect(new Set(changed)).toEqual(new Set([one.inputs["agentPoolName"]]));
      expect(after.filter((it) => before.includes(it))).toHaveLength(before.length - changed.length);
    }
  });
});

it("prices the parts of AKS's default load balancer as the list does", () => {
  expect(meterPrice(serviceMeters.loadBalancer, "eastus")).toMatchObject({ usd: 0.025, region: "Global" });
});
