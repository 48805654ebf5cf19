import { isDeepStrictEqual } from "node:util";
import { describe, expect, it } from "vitest";
import type { PlannedResource } from "../../core/planned-resource";
import { read, text } from "../../core/property-tree";
import { isList, isRecord } from "../../core/property-value";
import { shippedPreview } from "../shipped-previews";
import { shippedStackNames } from "../stack-files";

/** What a type has to say so that nobody gets in by a key, a password or a token of its own: values by path, `undefined` for nothing. */
const keyless: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  // Signatures to read a disk from outside are none of a key, and are refused as well.
  "compute:Disk": { networkAccessPolicy: "DenyAll", publicNetworkAccess: "Disabled" },
  "compute:VirtualMachine": {
    "osProfile.linuxConfiguration.disablePasswordAuthentication": true,
    "osProfile.adminPassword": undefined,
  },
  "compute:VirtualMachineScaleSet": {
    "virtualMachineProfile.osProfile.linuxConfiguration.disablePasswordAuthentication": true,
    "virtualMachineProfile.osProfile.adminPassword": undefined,
  },
  "containerregistry:CacheRule": { credentialSetResourceId: undefined },
  "containerregistry:Registry": { adminUserEnabled: false, anonymousPullEnabled: false },
  "containerservice:AgentPool": { "securityProfile.sshAccess": "Disabled" },
  "containerservice:ManagedCluster": {
    disableLocalAccounts: true,
    "linuxProfile.ssh": undefined,
    servicePrincipalProfile: undefined,
    windowsProfile: undefined,
  },
  "dashboard:Grafana": { "properties.apiKey": "Disabled", "properties.grafanaConfigurations.smtp": undefined },
  "keyvault:Vault": { "properties.enableRbacAuthorization": true, "properties.accessPolicies": undefined },
  // The address of a trigger has a signature in it.
  "logic:Workflow": { "accessControl.triggers.allowedCallerIpAddresses": [] },
  "operationalinsights:Workspace": { "features.disableLocalAuth": true },
  "storage:StorageAccount": { allowSharedKeyAccess: false, isLocalUserEnabled: false, isSftpEnabled: false },
  "storage:BlobContainer": { publicAccess: "None" },
};

/** Types that take no key, no password and no token of their own, whatever is said of them: Azure lets in by roles alone, or there is no way in. */
const withoutKeys = [
  "alertsmanagement:PrometheusRuleGroup",
  "authorization:ManagementLockByScope",
  "authorization:RoleAssignment",
  "authorization:RoleDefinition",
  "compute:CapacityReservation",
  "compute:CapacityReservationGroup",
  "compute:DiskEncryptionSet",
  // Read by roles: neither a community gallery nor one that is shared directly.
  "compute:Gallery",
  "compute:GalleryImage",
  "compute:VirtualMachineExtension",
  "consumption:Budget",
  "containerservice:MaintenanceConfiguration",
  "dashboard:Dashboard",
  "dashboard:DashboardDefinition",
  // A key that encrypts lets nobody in.
  "keyvault:Key",
  "managedidentity:FederatedIdentityCredential",
  "managedidentity:UserAssignedIdentity",
  "monitor:ActionGroup",
  "monitor:ActivityLogAlert",
  "monitor:AzureMonitorWorkspace",
  "monitor:DataCollectionEndpoint",
  "monitor:DataCollectionRule",
  "monitor:DataCollectionRuleAssociation",
  "monitor:DiagnosticSetting",
  "monitor:MetricAlert",
  // Files are had over the network that a volume is in: NFS asks for no password.
  "netapp:Account",
  "netapp:BackupPolicy",
  "netapp:BackupVault",
  "netapp:CapacityPool",
  "netapp:CapacityPoolVolume",
  "netapp:SnapshotPolicy",
  "network:NatGateway",
  "network:NetworkInterface",
  "network:NetworkSecurityGroup",
  "network:PrivateDnsZoneGroup",
  "network:PrivateEndpoint",
  "network:PublicIPAddress",
  "network:Subnet",
  "network:VirtualNetwork",
  "privatedns:PrivateZone",
  "privatedns:VirtualNetworkLink",
  "resources:ResourceGroup",
  "storage:BlobServiceProperties",
  "storage:ManagementPolicy",
  "storagecache:AmlFilesystem",
  "storagecache:AutoExportJob",
  "virtualmachineimages:VirtualMachineImageTemplate",
];

/** Names of properties that hold something to get in with. */
const secretive = /(password|accountkey|accesskey|connectionstring|sastoken|clientsecret|sharedkey)$/i;

/** Paths of values that somebody could get in with. */
function secretsIn(value: unknown, at = ""): string[] {
  if (isList(value)) return value.flatMap((it, index) => secretsIn(it, `${at}[${index}]`));
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, it]) =>
    secretive.test(key) && typeof it === "string" && it !== "" ? [`${at}.${key}`] : secretsIn(it, `${at}.${key}`),
  );
}

/** The one account whose keys somebody allowed, with a reason that stands in its tag: Lustre exports to it. */
function byWord(inputs: PlannedResource["inputs"]): boolean {
  return text(inputs, "tags.accountKeys") !== undefined;
}

function azureOnly(resources: readonly PlannedResource[]): (readonly [type: string, resource: PlannedResource])[] {
  const prefix = "azure-native:";
  return resources.flatMap((it) => (it.type.startsWith(prefix) ? [[it.type.slice(prefix.length), it] as const] : []));
}

describe.each(shippedStackNames)("whatever %s makes in Azure", (stack) => {
  const planned = async (): Promise<readonly PlannedResource[]> => (await shippedPreview(stack)).plan.resources;

  it("lets nobody in by a key, a password or a token of its own", async () => {
    const wrong = azureOnly(await planned()).flatMap(([type, { name, inputs }]) =>
      Object.entries(keyless[type] ?? {}).flatMap(([at, must]) =>
        isDeepStrictEqual(read(inputs, at), must) || (at === "allowSharedKeyAccess" && byWord(inputs))
          ? []
          : [`${type} ${name}: ${at} is ${JSON.stringify(read(inputs, at))}`],
      ),
    );
    expect(wrong).toEqual([]);
  });

  it("is of types that somebody has looked at for that", async () => {
    const types = new Set(azureOnly(await planned()).map(([type]) => type));
    expect([...types].filter((it) => !(it in keyless) && !withoutKeys.includes(it)).sort()).toEqual([]);
  });

  it("is said without a secret, and nothing in the cluster is a Secret with a value", async () => {
    const resources = await planned();
    expect(resources.flatMap(({ name, inputs }) => secretsIn(inputs).map((it) => `${name}${it}`))).toEqual([]);
    const secrets = resources.filter(({ type }) => type === "kubernetes:core/v1:Secret");
    expect(secrets.filter(({ inputs }) => "data" in inputs || "stringData" in inputs).map(({ name }) => name)).toEqual(
      [],
    );
  });
});

describe("the two lists", () => {
  it("share no type", () => {
    expect(withoutKeys.filter((it) => it in keyless)).toEqual([]);
  });
});
