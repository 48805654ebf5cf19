import { describe, expect, it } from "vitest";
import { roles } from "../../../catalog/roles";
import { finishAbandoned, resourceAt } from "../../../simulator/azure/estate";
import { operationSeconds } from "../../../simulator/azure/operation-seconds";
import { type Props } from "../../../core/property-value";
import { secret } from "../../../core/property-marks";
import { Bench, codeOf, idOf, inputs, types } from "./bench";

const template = "azure-native:virtualmachineimages:VirtualMachineImageTemplate";
const lockType = "azure-native:authorization:ManagementLockByScope";
const gallery = { resourceGroupName: "rg", galleryName: "gal", location: "eastus" };
const definition = { ...gallery, galleryImageName: "hpc" };
const builds = { resourceGroupName: "rg", imageTemplateName: "it-hpc", location: "eastus" };
const definitionId = idOf("azure-native:compute:GalleryImage", definition);

const withGroup = (): Bench => new Bench().have(types.group, inputs.group);
const withNetwork = (): Bench => withGroup().have(types.network, inputs.network);
const withCluster = (): Bench => withGroup().have(types.cluster, inputs.cluster);
const subnet = inputs.subnet("nodes", "10.0.0.0/24");
const subnetId = idOf(types.subnet, subnet);
const network = { resourceGroupName: "rg", location: "eastus" };
const role = (name: string, more: Props = {}): Props => ({
  scope: idOf(types.group, inputs.group),
  roleAssignmentName: name,
  roleDefinitionId: "/subscriptions/s/providers/Microsoft.Authorization/roleDefinitions/r",
  principalId: "p",
  principalType: "Group",
  ...more,
});
/** ID of a role in the subscription of the group. */
const definedRole = (name: string): string =>
  `${idOf(types.group, inputs.group).replace(/\/resourceGroups\/.*/, "")}/providers/Microsoft.Authorization/roleDefinitions/${name}`;
/** What a size is asked for with, beside pools of a cluster. */
const scaleSet = { ...network, vmScaleSetName: "vmss", sku: { name: "Standard_ND96isr_H100_v5", capacity: 2 } };
const reservationGroup = { ...network, capacityReservationGroupName: "crg" };
const reservation = {
  ...reservationGroup,
  capacityReservationName: "h100",
  sku: { name: "Standard_ND96isr_H100_v5", capacity: 2 },
};
const uuid = (digit: string): string => "00000000-0000-0000-0000-00000000000_".replace("_", digit);

const vaultType = "azure-native:keyvault:Vault";
const vaultInputs = (enablePurgeProtection: boolean, createMode = "default"): Props => ({
  ...{ resourceGroupName: "rg", location: "eastus", vaultName: "kv-gpu" },
  properties: { enablePurgeProtection, createMode },
});
/** A group whose vault was deleted. */
const deletedVault = (purgeProtected: boolean): Bench => {
  const bench = withGroup().have(vaultType, vaultInputs(purgeProtected));
  expect(bench.delete(vaultType, vaultInputs(purgeProtected)).error).toBeUndefined();
  return bench;
};

describe("a file system", () => {
  const type = "azure-native:storagecache:AmlFilesystem";
  const url = (version: string): Props => ({
    encryptionSettings: { keyEncryptionKey: { keyUrl: `https://kv.vault.azure.net/keys/lustre/${version}` } },
  });
  const files = (more: Props = {}): Props => ({
    ...{ resourceGroupName: "rg", location: "eastus", amlFilesystemName: "fs", sku: { name: "s" } },
    ...more,
  });

  it("takes a key as it is made or never, and another version of it later", () => {
    expect(
      codeOf(
        withGroup()
          .have(type, files())
          .update(type, files(url("1"))),
      ),
    ).toBe("PropertyChangeNotAllowed");
    expect(
      codeOf(
        withGroup()
          .have(type, files(url("1")))
          .update(type, files()),
      ),
    ).toBe("PropertyChangeNotAllowed");
    expect(
      codeOf(
        withGroup()
          .have(type, files(url("1")))
          .update(type, files(url("2"))),
      ),
    ).toBeUndefined();
  });
});

describe("Azure makes", () => {
  it("an assignment of a role of its own, which nobody has to define", () => {
    const builtIn = { roleDefinitionId: definedRole(roles.Reader.id) };
    expect(codeOf(withGroup().create(types.role, role(uuid("1"), builtIn)))).toBeUndefined();
  });

  it("an assignment of a policy without a location, unless an identity is made there", () => {
    const assignment = { policyAssignmentName: "no-public", scope: idOf(types.group, inputs.group) };
    const policy = "azure-native:authorization:PolicyAssignment";
    expect(codeOf(withGroup().create(policy, assignment))).toBeUndefined();
    const identity = { type: "SystemAssigned" };
    expect(codeOf(withGroup().create(policy, { ...assignment, identity }))).toBe("LocationRequired");
  });

  it("a vault again that is brought back, and one whose predecessor nobody kept", () => {
    expect(deletedVault(true).create(vaultType, vaultInputs(true, "recover")).error).toBeUndefined();
    expect(deletedVault(false).create(vaultType, vaultInputs(false)).error).toBeUndefined();
  });

  it("a template whose version is not built yet, where its definition is", () => {
    const bench = withGroup()
      .have("azure-native:compute:Gallery", gallery)
      .have("azure-native:compute:GalleryImage", definition);
    const distribute = [{ type: "SharedImage", galleryImageId: `${definitionId}/versions/1.0.0` }];
    expect(codeOf(bench.create(template, { ...builds, distribute }))).toBeUndefined();
    // A machine that boots it waits for the build.
    const storageProfile = { imageReference: { id: `${definitionId}/versions/1.0.0` } };
    const machine = { ...gallery, vmScaleSetName: "vmss", virtualMachineProfile: { storageProfile } };
    expect(codeOf(bench.create("azure-native:compute:VirtualMachineScaleSet", machine))).toBe(
      "InvalidResourceReference",
    );
  });

  it("no vault whose group was deleted with it", () => {
    const bench = withGroup().have(vaultType, vaultInputs(true));
    expect(bench.delete(types.group, inputs.group).error).toBeUndefined();
    expect(codeOf(bench.have(types.group, inputs.group).create(vaultType, vaultInputs(true)))).toBe("ConflictError");
  });
});

describe("Azure refuses to make", () => {
  it.each<[string, Bench, string, Props, string]>([
    ["a resource without its group", new Bench(), types.network, inputs.network, "ResourceGroupNotFound"],
    ["a subnet without its network", withGroup(), types.subnet, subnet, "ParentResourceNotFound"],
    ["a pool without its cluster", withGroup(), types.pool, inputs.pool("h100"), "ParentResourceNotFound"],
    [
      "a role of somebody's own that is not there",
      withGroup(),
      types.role,
      role(uuid("1"), { roleDefinitionId: definedRole(uuid("9")) }),
      "InvalidResourceReference",
    ],
    ["a role on what does not exist", new Bench(), types.role, role(uuid("1")), "ResourceGroupNotFound"],
    [
      "what names a missing subnet",
      withCluster(),
      types.pool,
      inputs.pool("h100", { vnetSubnetID: subnetId }),
      "InvalidResourceReference",
    ],
    [
      "a template whose result has nowhere to go",
      withGroup(),
      template,
      { ...builds, distribute: [{ type: "SharedImage", galleryImageId: `${definitionId}/versions/1.0.0` }] },
      "InvalidResourceReference",
    ],
    ["what exists already", withNetwork(), types.network, inputs.network, "Conflict"],
    [
      "what exists already in other case",
      withNetwork(),
      types.network,
      { ...inputs.network, virtualNetworkName: "VNET" },
      "Conflict",
    ],
    [
      "an account whose name somebody else in the world has",
      withGroup()
        .have(types.account, inputs.account)
        .have(types.group, { ...inputs.group, resourceGroupName: "other" }),
      types.account,
      { ...inputs.account, resourceGroupName: "other" },
      "StorageAccountAlreadyTaken",
    ],
    [
      "a vault whose name a deleted one holds that nobody can purge",
      deletedVault(true),
      vaultType,
      vaultInputs(true),
      "ConflictError",
    ],
    [
      "a deleted vault brought back into another group",
      deletedVault(true).have(types.group, { ...inputs.group, resourceGroupName: "other" }),
      vaultType,
      { ...vaultInputs(true, "recover"), resourceGroupName: "other" },
      "ConflictError",
    ],
    [
      "the same grant under another name",
      withGroup().have(types.role, role(uuid("1"))),
      types.role,
      role(uuid("2")),
      "RoleAssignmentExists",
    ],
    ["a name that breaks the rule", withCluster(), types.pool, inputs.pool("Bad-Name"), "InvalidResourceName"],
    ["a place nowhere", withGroup(), types.account, { ...inputs.account, location: null }, "LocationRequired"],
    [
      "a subnet over another",
      withNetwork().have(types.subnet, subnet),
      types.subnet,
      inputs.subnet("other", "10.0.0.128/25"),
      "NetcfgSubnetRangesOverlap",
    ],
  ])("%s", (_, bench, type, wish, code) => {
    const before = bench.estate;
    expect(codeOf(bench.create(type, wish))).toBe(code);
    expect(bench.estate).toBe(before);
  });

  it("and hides a secret in what it says", () => {
    const step = withCluster().create(types.pool, inputs.pool("h100", { vnetSubnetID: secret(subnetId) }));
    expect(step.error?.message).toContain("[secret]");
    expect(step.error?.message).not.toContain(subnetId);
  });
});

describe("Azure makes", () => {
  it("what hangs under an implied level", () => {
    const container = { resourceGroupName: "rg", accountName: "stgpudev", containerName: "data" };
    const bench = withGroup().have(types.account, inputs.account);
    expect(codeOf(bench.create(types.container, container))).toBeUndefined();
  });

  it("part of an account over the one that is there", () => {
    const service = { resourceGroupName: "rg", accountName: "stgpudev", blobServicesName: "default" };
    const bench = withGroup().have(types.account, inputs.account).have(types.blobService, service);
    expect(codeOf(bench.create(types.blobService, service))).toBeUndefined();
  });

  it("what names something of another subscription, on trust", () => {
    const other = subnetId.replace(/^\/subscriptions\/[^/]+/, "/subscriptions/other");
    expect(codeOf(withCluster().create(types.pool, inputs.pool("h100", { vnetSubnetID: other })))).toBeUndefined();
  });

  it("again what was deleted behind Pulumi's back, by an update", () => {
    expect(codeOf(withGroup().update(types.network, inputs.network))).toBeUndefined();
  });
});

describe("Azure refuses to change", () => {
  it.each<[string, Props, string | undefined]>([
    ["the disk of a pool", { osDiskSizeGB: 256 }, "PropertyChangeNotAllowed"],
    ["the kubelet of a pool", { kubeletConfig: { cpuManagerPolicy: "static" } }, "PropertyChangeNotAllowed"],
    ["nothing about its tags", { tags: { owner: "me" } }, undefined],
  ])("%s", (_, change, code) => {
    const bench = withCluster().have(types.pool, inputs.pool("h100"));
    expect(codeOf(bench.update(types.pool, inputs.pool("h100", change)))).toBe(code);
  });

  it("a grant", () => {
    const bench = withGroup().have(types.role, role(uuid("1")));
    expect(codeOf(bench.update(types.role, role(uuid("1"), { principalType: "User" })))).toBe(
      "RoleAssignmentUpdateNotPermitted",
    );
  });

  it("the pools of a cluster to ones that it does not have, but takes its own", () => {
    const bench = withCluster().have(types.pool, inputs.pool("h100"));
    const pools = (...names: string[]): Props => ({
      ...inputs.cluster,
      agentPoolProfiles: names.map((name) => ({ name, vmSize: "Standard_D4ds_v5", count: 2 })),
    });
    const refused = bench.update(types.cluster, pools("system", "a10"));
    expect(codeOf(refused)).toBe("InvalidParameter");
    expect(refused.error?.message).toContain("'a10': This new agent pool");
    expect(codeOf(bench.update(types.cluster, pools("system", "h100")))).toBeUndefined();
  });
});

describe("Azure refuses to delete", () => {
  const nat = { ...network, natGatewayName: "nat" };
  const nsg = { ...network, networkSecurityGroupName: "nsg" };
  const used = {
    ...subnet,
    natGateway: { id: idOf(types.natGateway, nat) },
    networkSecurityGroup: { id: idOf(types.securityGroup, nsg) },
  };
  const inUse = (): Bench =>
    withNetwork()
      .have(types.natGateway, nat)
      .have(types.securityGroup, nsg)
      .have(types.subnet, used)
      .have(types.cluster, inputs.cluster)
      .have(
        types.pool,
        inputs.pool("h100", { vnetSubnetID: subnetId.toUpperCase().replace("/SUBSCRIPTIONS", "/subscriptions") }),
      );

  it.each<[string, string, Props, string | undefined]>([
    ["a subnet with nodes", types.subnet, subnet, "InUseSubnetCannotBeDeleted"],
    ["the network around it", types.network, inputs.network, "InUseSubnetCannotBeDeleted"],
    ["the gateway of a subnet", types.natGateway, nat, "InUseNatGatewayCannotBeDeleted"],
    ["the security group of a subnet", types.securityGroup, nsg, "InUseNetworkSecurityGroupCannotBeDeleted"],
    ["but never a pool", types.pool, inputs.pool("h100"), undefined],
    ["nor a group, with all that is in it", types.group, inputs.group, undefined],
  ])("%s", (_, type, what, code) => {
    expect(codeOf(inUse().delete(type, what))).toBe(code);
  });

  it("a subnet only while somebody is in it: a grant is nobody", () => {
    const bench = withNetwork().have(types.subnet, subnet);
    bench.have(types.role, role(uuid("1"), { scope: subnetId }));
    expect(codeOf(bench.delete(types.subnet, subnet))).toBeUndefined();
    expect(resourceAt(bench.estate, idOf(types.role, role(uuid("1"), { scope: subnetId })))).toBeUndefined();
  });

  it.each([
    ["a locked group", types.group, inputs.group, types.group, inputs.group],
    ["what lies in a locked group", types.network, inputs.network, types.group, inputs.group],
    ["what lies in a locked resource", types.subnet, subnet, types.network, inputs.network],
    ["a group with something locked in it", types.group, inputs.group, types.network, inputs.network],
  ])("%s, until the lock is gone", (_, type, what, lockedType, locked) => {
    const lock = { scope: idOf(lockedType, locked), lockName: "keep", level: "CanNotDelete" };
    const bench = withNetwork().have(types.subnet, subnet).have(lockType, lock);
    expect(codeOf(bench.delete(type, what))).toBe("ScopeLocked");
    expect(codeOf(bench.delete(lockType, lock))).toBeUndefined();
    expect(codeOf(bench.delete(type, what))).toBeUndefined();
  });

  it("no sibling of what is locked", () => {
    const lock = { scope: subnetId, lockName: "keep", level: "CanNotDelete" };
    const sibling = inputs.subnet("nodes2", "10.0.1.0/24");
    const bench = withNetwork().have(types.subnet, subnet).have(types.subnet, sibling).have(lockType, lock);
    expect(codeOf(bench.delete(types.subnet, sibling))).toBeUndefined();
  });

  it("a DNS zone while a network is linked to it", () => {
    const zone = { resourceGroupName: "rg", location: "global", privateZoneName: "privatelink.blob.core.windows.net" };
    const link = {
      ...zone,
      virtualNetworkLinkName: "cluster",
      virtualNetwork: { id: idOf(types.network, inputs.network) },
    };
    const bench = withNetwork().have(types.zone, zone).have(types.link, link);
    expect(codeOf(bench.delete(types.zone, zone))).toBe("CannotDeleteResource");
    expect(codeOf(bench.delete(types.link, link))).toBeUndefined();
    expect(codeOf(bench.delete(types.zone, zone))).toBeUndefined();
  });

  it("nothing that is gone already", () => {
    expect(codeOf(new Bench().delete(types.group, inputs.group))).toBeUndefined();
  });

  it("a group leaves nothing behind", () => {
    const bench = inUse();
    bench.delete(types.group, inputs.group);
    expect(bench.estate.resources).toEqual({});
  });
});

describe("time", () => {
  it("an operation takes exactly its time", () => {
    const { schedule } = withGroup().create(types.network, inputs.network);
    const { start, end } = schedule;
    expect(end - start).toBe(operationSeconds(types.network, "create", inputs.network));
  });

  it("subnets of one network are written one after the other", () => {
    const bench = withNetwork();
    const first = bench.begin(types.subnet, subnet);
    const second = bench.begin(types.subnet, inputs.subnet("more", "10.0.1.0/24"));
    expect(second.start).toBe(first.end);
    expect(second.throttledWait).toBe(0);
  });

  it("credentials of one identity refuse each other", () => {
    const bench = withGroup().have(types.identity, inputs.identity);
    bench.begin(types.credential, inputs.credential("one"));
    expect(bench.begin(types.credential, inputs.credential("two")).refusal?.code).toBe(
      "ConcurrentFederatedIdentityCredentialsWritesForSingleManagedIdentity",
    );
  });

  it("AKS throttles the writes of a cluster and its pools together", () => {
    const bench = withCluster();
    // The cluster's own write took one of 20, and its 420 seconds gave it back.
    const waits = Array.from({ length: 22 }, (_, at) => bench.begin(types.pool, inputs.pool(`p${at}`)).throttledWait);
    expect(waits.slice(0, 20)).toEqual(Array.from({ length: 20 }, () => 0));
    expect(waits.slice(20)).toEqual([60, 120]);
  });

  it("a caller gives up when its time is over, and Azure does not", () => {
    const bench = withGroup();
    const step = bench.create(types.cluster, inputs.cluster, 60);
    expect(codeOf(step)).toBe("ContextDeadlineExceeded");
    expect(step.schedule.end - step.schedule.requested).toBe(60);
    expect(resourceAt(bench.estate, idOf(types.cluster, inputs.cluster))?.provisioningState).toBe("Succeeded");
  });

  it("Azure finishes what a dead process began", () => {
    const bench = withNetwork();
    bench.begin(types.subnet, subnet);
    expect(resourceAt(bench.estate, subnetId)?.provisioningState).toBe("Creating");
    expect(
      resourceAt(
        finishAbandoned(bench.estate, () => true),
        subnetId,
      )?.provisioningState,
    ).toBe("Creating");
    expect(
      resourceAt(
        finishAbandoned(bench.estate, () => false),
        subnetId,
      )?.provisioningState,
    ).toBe("Succeeded");
  });
});

describe("faults", () => {
  it("are kept for an operation that Azure would let pass", () => {
    const bench = new Bench();
    bench.faults = [{ kind: "conflict" }];
    bench.create(types.network, inputs.network);
    expect(bench.faults).toHaveLength(1);
  });

  it.each([
    ["azure-native:containerservice:AgentPool", inputs.pool("h100"), "ErrCode_InsufficientVCPUQuota"],
    [types.account, inputs.account, "OperationNotAllowed"],
  ])("quota is refused at once, in the words of %s", (type, wish, code) => {
    const bench = withCluster();
    bench.faults = [{ kind: "quota-exceeded" }];
    const step = bench.create(type, wish);
    expect(codeOf(step)).toBe(code);
    expect(step.schedule.end).toBe(step.schedule.requested);
    expect(resourceAt(bench.estate, idOf(type, wish))).toBeUndefined();
  });

  it.each([
    ["a pool, in the region of its cluster", types.pool, inputs.pool("h100"), 400],
    ["a scale set", types.scaleSet, scaleSet, 409],
    ["a reservation", "azure-native:compute:CapacityReservation", reservation, 409],
  ])("a size that is not available is refused at once: %s", (_, type, wish, status) => {
    const bench = withCluster().have("azure-native:compute:CapacityReservationGroup", reservationGroup);
    bench.faults = [{ kind: "sku-not-available" }];
    const step = bench.create(type, wish);
    expect([codeOf(step), step.error?.status]).toEqual(["SkuNotAvailable", status]);
    expect(step.error?.message).toContain(
      "'Following SKUs have failed for Capacity Restrictions: Standard_ND96isr_H100_v5' is currently not available in location 'eastus'",
    );
    expect(step.schedule.end).toBe(step.schedule.requested);
    expect(resourceAt(bench.estate, idOf(type, wish))).toBeUndefined();
  });

  it.each([
    ["a zone", { availabilityZones: ["1"] }, "OverconstrainedZonalAllocationRequest", "Availability Zone, VM Size"],
    ["no zone", {}, "OverconstrainedAllocationRequest", "VM Size"],
    [
      "a zone and a disk on the node",
      { availabilityZones: ["1"], osDiskType: "Ephemeral" },
      "OverconstrainedZonalAllocationRequest",
      "Availability Zone, Differencing (Ephemeral) Disks, VM Size",
    ],
  ])("what is asked for together, with %s, leaves a Failed pool and is told", (_, change, code, constraints) => {
    const bench = withCluster();
    bench.faults = [{ kind: "overconstrained-allocation" }];
    const step = bench.create(types.pool, inputs.pool("h100", change));
    expect([codeOf(step), step.partial, step.outputs["provisioningState"]]).toEqual([code, true, "Failed"]);
    expect(step.error?.message).toContain(`Constraints applied are: ${constraints}"`);
    expect(step.schedule.end).toBeGreaterThan(step.schedule.requested);
    expect(codeOf(bench.update(types.pool, inputs.pool("h100", change)))).toBeUndefined();
    expect(resourceAt(bench.estate, idOf(types.pool, inputs.pool("h100")))?.provisioningState).toBe("Succeeded");
  });

  it("an allocation that failed leaves a Failed pool, which the next update mends", () => {
    const bench = withCluster();
    bench.faults = [{ kind: "allocation-failed" }];
    const step = bench.create(types.pool, inputs.pool("h100"));
    expect([codeOf(step), step.partial, step.outputs["provisioningState"]]).toEqual([
      "AllocationFailed",
      true,
      "Failed",
    ]);
    expect(codeOf(bench.update(types.pool, inputs.pool("h100")))).toBeUndefined();
    expect(resourceAt(bench.estate, idOf(types.pool, inputs.pool("h100")))?.provisioningState).toBe("Succeeded");
  });

  it("a throttled request waits as told and then works", () => {
    const bench = withGroup();
    bench.faults = [{ kind: "throttled", retryAfterSeconds: 17 }];
    const { error, schedule } = bench.create(types.network, inputs.network);
    expect([error, schedule.throttledWait, schedule.start - schedule.requested]).toEqual([undefined, 17, 17]);
  });
});
