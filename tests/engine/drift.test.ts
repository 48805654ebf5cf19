import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { type DriftCommand, driftStack, type DriftWorld } from "../../cli/drift-stack";
import { claimTag } from "../../azure/unmanaged";
import { publicCloud } from "../../catalog/clouds";
import { roles } from "../../catalog/roles";
import { list } from "../../core/property-tree";
import { type Props, toProps } from "../../core/property-value";
import type { DriftingStack } from "../../drift/read-drift";
import type { DriftReport } from "../../drift/report";
import { ArmClient } from "../../preflight/arm-client";
import type { Ask } from "../../preflight/question";
import { ApiClient } from "../../simulator/kubernetes/api-client";
import { Cluster } from "../../simulator/kubernetes/cluster";
import { clusterFile, readClusterFile } from "../../simulator/kubernetes/cluster-file";
import { engineMessage } from "../../core/engine-message";
import type { RehearsedStack } from "../../simulator/rehearsal/rehearsal";
import { runHere } from "../cli/run-here";
import { changesSince, edit, lifeSuite, live, type OpenRehearsal, openRehearsal, variantOf } from "./harness";

/** dev with something of each kind that others change, and in the cluster a team and its fence alone: add-ons take longest. */
const file = (): string =>
  variantOf("dev", ({ network, cluster, gpuPools, cpuPools, environment, ...rest }) => ({
    "azure-native:location": rest["azure-native:location"],
    "pulumi:disable-default-providers": rest["pulumi:disable-default-providers"],
    ...edit({ environment, network, cluster, cpuPools }, "environment", { protect: false }),
    ...edit({ gpuPools }, "gpuPools", {
      h100: undefined,
      spare: { size: "Standard_NV36ads_A10_v5", minNodes: 0, maxNodes: 1 },
    }),
    storage: { blob: { deleteLock: true } },
    auditTrail: { queries: "anywhere" },
    platform: Object.fromEntries(
      ["gpuOperator", "nodeFeatureDiscovery", "nodeHealth", "scratchDisks", "kueue", "jobSet", "leaderWorkerSet"]
        .concat("trainer", "trainingRuntimes")
        .map((it) => [it, false]),
    ),
    notebookTeams: { research: { pool: "a10", gpus: 1, groupObjectId: "66666666-6666-4666-8666-666666666666" } },
  }));

/** One more team in the cluster of the first stack, in a stack of its own. */
const teamFile = (): string =>
  variantOf(
    "dev",
    ({ environment, ...rest }) => ({
      "azure-native:location": rest["azure-native:location"],
      "pulumi:disable-default-providers": rest["pulumi:disable-default-providers"],
      ...edit({ environment }, "environment", { protect: false }),
      layers: ["tenants"],
      handover: "organization/azure-gpu-cluster/dev",
      notebookTeams: { vision: { pool: "a10", gpus: 1, groupObjectId: "77777777-7777-4777-8777-777777777777" } },
    }),
    "dev-vision",
  );

lifeSuite("what others do to an environment, looked for on the real engine", () => {
  let open: OpenRehearsal;
  let stack: RehearsedStack;
  let stackFile = "";
  /** A stack beside it, once there is one. */
  let besideIt: RehearsedStack | undefined;

  beforeAll(() => {
    open = openRehearsal();
    stackFile = file();
    stack = open.rehearsal.use(stackFile);
  });
  afterAll(() => open.close());

  const run = async (more: Partial<DriftCommand> = {}): ReturnType<typeof runHere> => {
    const drifting = (it: RehearsedStack): DriftingStack => ({
      previewRefresh: (options) => it.previewRefresh(options),
      exportStack: async () => ({ version: 3, deployment: await it.state() }),
    });
    const command: DriftCommand = { environment: "dev", form: "json", out: undefined, names: false, who: false };
    const world: DriftWorld = {
      open: (name) => Promise.resolve(drifting(name === "dev" ? stack : (besideIt ?? stack))),
      logIn: () => Promise.resolve(askWorld),
    };
    return runHere(() => driftStack(stackFile, { ...command, ...more }, world));
  };

  /** Asks the simulated Azure as the command asks the real one. */
  const askWorld: Ask = (question) =>
    new ArmClient({
      cloud: publicCloud,
      credential: { getToken: () => Promise.resolve({ token: "none", expiresOnTimestamp: Date.now() + 3_600_000 }) },
      httpClient: open.rehearsal.world.api(),
      signal: new AbortController().signal,
    }).ask(question);

  const cluster = (): { readonly objects: Cluster; readonly client: ApiClient } => {
    const client = ApiClient.of(readClusterFile(join(open.folder, "simulator")));
    return { objects: new Cluster(client), client };
  };

  /** All that there is: Azure, the cluster and the state, each as it is written down. */
  const everything = async (): Promise<readonly string[]> => [
    JSON.stringify(open.rehearsal.world.resources()),
    stateText(open.folder),
    await inCluster(),
  ];

  /** What of the cluster is in the state, as it lies there. The API server writes things of its own all the time. */
  const inCluster = async (): Promise<string> => {
    const { objects, client } = cluster();
    const made = ((await stack.state()).resources ?? []).filter(({ type }) => type.startsWith("kubernetes:"));
    const all = await Promise.all(made.map(({ outputs = {} }) => objects.read(toProps(outputs))));
    client.close();
    return JSON.stringify(all);
  };

  /** Runs the command, and proves that it changed nothing. */
  const look = async (): Promise<{ code: number | undefined; report: DriftReport }> => {
    const [before, asked] = [await everything(), open.rehearsal.world.operations().length];
    const { code, out } = await run();
    expect((await everything()).map((it, at) => it === before[at])).toEqual([true, true, true]);
    expect(changesSince(open.rehearsal.world, asked)).toEqual([]);
    return { code, report: JSON.parse(out) as DriftReport };
  };

  /** Changes an object in the cluster, as somebody with kubectl does. */
  const patch = async (path: string, change: Props): Promise<void> => {
    const { client } = cluster();
    await client.object("PATCH", path, change, "application/merge-patch+json");
    client.close();
  };
  const removeObject = async (path: string): Promise<void> => {
    const { client } = cluster();
    await client.object("DELETE", path);
    client.close();
  };

  it("refuses a stack that made nothing yet", async () => {
    const { code, error } = await run();
    expect({ code, error: String(error) }).toEqual({
      code: undefined,
      error: expect.stringContaining("the state of dev is empty. Make it: pulumi up -s dev") as string,
    });
  });

  it("finds nothing after up", async () => {
    await stack.up();
    const { code, report } = await look();
    expect(report.stacks.map(({ drifts, unread }) => ({ drifts, unread }))).toEqual([{ drifts: [], unread: [] }]);
    expect(report.stacks[0]?.read).toBe((await stack.state()).resources?.filter(isMade).length);
    expect(report.beside).toMatchObject({ unmanaged: [], followers: 0, unlisted: [] });
    expect(report.beside.notListed).toMatchInlineSnapshot(`
      [
        "Microsoft.ContainerService/managedClusters/agentPools",
        "Microsoft.ContainerService/managedClusters/maintenanceConfigurations",
        "Microsoft.Insights/diagnosticSettings",
        "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials",
        "Microsoft.Network/privateEndpoints/privateDnsZoneGroups",
        "Microsoft.Network/virtualNetworks/subnets",
        "Microsoft.Storage/storageAccounts/blobServices",
        "Microsoft.Storage/storageAccounts/blobServices/containers",
        "Microsoft.Storage/storageAccounts/managementPolicies",
      ]
    `);
    expect(code).toBe(0);
  });

  it("names what somebody put into the group past the program, with its harm, and what Azure makes for itself not", async () => {
    const { world } = open.rehearsal;
    const group = live(world, "resources:ResourceGroup");
    const place = { resourceGroupName: group.inputs["resourceGroupName"] ?? "", location: "eastus" };
    const { tags = null } = group.inputs;
    const endpoint = live(world, "network:PrivateEndpoint", "pep-gpu-dev-eastus-data-blob").id;
    const planted = [
      [
        "compute:VirtualMachineScaleSet",
        {
          vmScaleSetName: "scratch",
          sku: { name: "Standard_ND96isr_H100_v5", capacity: 2 },
          orchestrationMode: "Uniform",
        },
      ],
      [
        "network:PublicIPAddress",
        { publicIpAddressName: "way-in", sku: { name: "Standard" }, publicIPAllocationMethod: "Static" },
      ],
      ["network:NetworkSecurityGroup", { networkSecurityGroupName: "spare", tags }],
      [
        "compute:Disk",
        { diskName: "pvc-1", diskSizeGB: 64, sku: { name: "Premium_LRS" }, tags: { [claimTag]: "pvc-1" } },
      ],
      ["network:NetworkInterface", { networkInterfaceName: "blob.nic.0", privateEndpoint: { id: endpoint } }],
    ] as const;
    const ids = planted.map(([type, inputs]) => world.plant(`azure-native:${type}`, { ...place, ...inputs }));
    const store = live(world, "storage:StorageAccount").id;
    for (const [scope, level] of [
      [group.id, "ReadOnly"],
      [store, "CanNotDelete"],
    ] as const) {
      const lock = { scope, level, lockName: "freeze", notes: "until the audit" };
      ids.push(world.plant("azure-native:authorization:ManagementLockByScope", lock));
    }
    ids.push(
      world.plant("azure-native:authorization:RoleAssignment", {
        ...{ scope: group.id, roleAssignmentName: "11111111-1111-4111-8111-111111111111" },
        ...{ principalId: "22222222-2222-4222-8222-222222222222", principalType: "User" },
        roleDefinitionId: `/x/providers/Microsoft.Authorization/roleDefinitions/${roles.Owner.id}`,
      }),
    );
    const { code, report } = await look();
    expect(told(report)).toEqual([]);
    const { unmanaged, followers } = report.beside;
    expect(unmanaged.map(beside)).toMatchInlineSnapshot(`
      [
        "security Microsoft.Authorization/roleAssignments 11111111-1111-4111-8111-111111111111: User 22222222-2222-4222-8222-222222222222 has the role Owner on rg-gpu-dev-eastus, which is privileged",
        "security Microsoft.Network/publicIPAddresses way-in: It leads into the environment from elsewhere, or out of it, 4 to 4 USD",
        "capacity Microsoft.Authorization/locks freeze: ReadOnly on rg-gpu-dev-eastus ("until the audit"): Nothing there can be changed: an up fails, and so does starting machines, listing keys and giving roles",
        "capacity Microsoft.Authorization/locks freeze: CanNotDelete on stgpudevdc70bb11 ("until the audit"): Nothing there can be deleted, no role either: an up that replaces or removes something fails, and destroy too",
        "cost Microsoft.Compute/virtualMachineScaleSets scratch: Machines bill until somebody deletes them, and take quota that the environment counts on, 143547 to 143547 USD",
        "harmless Microsoft.Compute/disks pvc-1: A CSI driver made it for a claim of somebody in the cluster, 10 to 10 USD",
        "harmless Microsoft.Network/networkSecurityGroups spare: It costs nothing, and nothing of the environment uses it by itself, has our tags",
      ]
    `);
    expect({ code, followers }).toEqual({ code: 4, followers: 1 });
    for (const id of ids) world.remove(id);
    expect((await look()).code).toBe(0);
  });

  it("takes what the autoscaler, AKS and a colleague's tag do for harmless", async () => {
    const { world } = open.rehearsal;
    const pool = live(world, "containerservice:AgentPool", "a10");
    world.drift(pool.id, { count: 2, tags: { extra: "tag" } });
    world.drift(live(world, "containerservice:ManagedCluster").id, { kubernetesVersion: "1.36.9" });
    const { code, report } = await look();
    expect(told(report)).toMatchInlineSnapshot(`
      [
        "harmless AgentPool a10 count: 0 -> 2, leaves it",
        "harmless AgentPool a10 tags.extra: null -> "tag", undoes it",
        "harmless ManagedCluster aks kubernetesVersion: "1.36" -> "1.36.9", is refused",
      ]
    `);
    expect(code).toBe(0);
  });

  it("looks while another update holds the lock", async () => {
    const locks = join(open.folder, "state", ".pulumi", "locks", "organization", "azure-gpu-cluster", "dev");
    mkdirSync(locks, { recursive: true });
    writeFileSync(join(locks, "0b6f4d1e-0000-4000-8000-000000000000.json"), JSON.stringify({ pid: 1, username: "x" }));
    expect((await run()).code).toBe(0);
    rmSync(locks, { recursive: true });
  });

  it("names a setting of the audit trail that records less, or elsewhere", async () => {
    const { world } = open.rehearsal;
    const [setting] = world.resources("azure-native:monitor:DiagnosticSetting");
    const { id = "", inputs = {} } = setting ?? {};
    const [first, ...others] = list(inputs, "logs");
    const elsewhere = `${live(world, "operationalinsights:Workspace").id}-of-somebody`;
    world.drift(id, { logs: [{ ...(first as object), enabled: false }, ...others], workspaceId: elsewhere });
    const { code, report } = await look();
    expect(told(report)).toMatchInlineSnapshot(`
      [
        "security DiagnosticSetting audit-aks logs["kube-audit-admin"].enabled: true -> false, undoes it",
        "security DiagnosticSetting audit-aks workspaceId: ".../log-gpu-dev-eastus" -> ".../log-gpu-dev-eastus-of-somebody", undoes it",
        "harmless AgentPool a10 count: 0 -> 2, leaves it",
        "harmless AgentPool a10 tags.extra: null -> "tag", undoes it",
        "harmless ManagedCluster aks kubernetesVersion: "1.36" -> "1.36.9", is refused",
      ]
    `);
    expect(code).toBe(4);
    world.drift(id, { logs: inputs["logs"] ?? null, workspaceId: inputs["workspaceId"] ?? null });
  });

  it("names the harm of each change, and of what is gone", async () => {
    const { world } = open.rehearsal;
    const at = (type: string, name?: string): string => live(world, type, name).id;
    world.drift(at("containerservice:AgentPool", "a10"), { maxCount: 1 });
    world.drift(at("containerservice:AgentPool", "general"), { count: 6 });
    world.remove(at("containerservice:AgentPool", "spare"));
    world.drift(at("storage:StorageAccount"), { publicNetworkAccess: "Enabled", allowBlobPublicAccess: true });
    const nsg = live(world, "network:NetworkSecurityGroup", "nsg-gpu-dev-eastus-nodes");
    const ssh = { name: "ssh-from-home", access: "Allow", direction: "Inbound", priority: 200, protocol: "Tcp" };
    const anywhere = { sourceAddressPrefix: "*", sourcePortRange: "*", destinationAddressPrefix: "*" };
    const rules = [...list(nsg.inputs, "securityRules"), { ...ssh, ...anywhere, destinationPortRange: "22" }];
    world.drift(nsg.id, { securityRules: rules });
    world.remove(at("authorization:ManagementLockByScope"));
    const [setting] = world.resources("azure-native:monitor:DiagnosticSetting");
    world.remove(setting?.id ?? "");
    world.drift(at("managedidentity:FederatedIdentityCredential"), { subject: "system:serviceaccount:other:other" });
    const [grant] = world.resources("azure-native:authorization:RoleAssignment");
    world.remove(grant?.id ?? "");
    const { code, report } = await look();
    expect(told(report).filter((it) => !it.startsWith("harmless"))).toMatchInlineSnapshot(`
      [
        "security RoleAssignment login-66666666-6666-4666-8666-666666666666 gone, makes it again",
        "security FederatedIdentityCredential note-research subject: "system:serviceaccount:note-research:workload" -> "system:serviceaccount:other:other", undoes it",
        "security DiagnosticSetting audit-aks gone, makes it again",
        "security NetworkSecurityGroup net-nodes securityRules["ssh-from-home"]: null -> {"access":"Allow","destinationAddressPrefix":"*","destinationPortRange":"22","direction":"Inbound","name":"ssh-from-h..., undoes it, breaks nsg-no-admin-from-internet",
        "security ManagementLockByScope data gone, makes it again",
        "security StorageAccount data allowBlobPublicAccess: false -> true, undoes it, breaks st-no-anonymous",
        "security StorageAccount data publicNetworkAccess: "Disabled" -> "Enabled", undoes it",
        "capacity AgentPool a10 maxCount: 2 -> 1, undoes it",
        "capacity AgentPool spare gone, makes it again",
        "cost AgentPool general count: 2 -> 6, undoes it",
      ]
    `);
    expect(report.stacks[0]?.difference.cost.lines.map(bill)).toMatchInlineSnapshot(`
      [
        "a10 Premium SSD up to 512 GiB (P20 LRS): 146.44 -> 73.22",
        "spare Premium SSD up to 512 GiB (P20 LRS): 73.22 -> 0",
        "a10 nodes Standard_NV36ads_A10_v5: 4672 -> 2336",
        "general nodes Standard_D8ds_v5: 659.92 -> 1979.76",
        "spare nodes Standard_NV36ads_A10_v5: 2336 -> 0",
      ]
    `);
    expect(code).toBe(4);
  });

  it("tells the same for people, and for an issue by a mark that the next run finds", async () => {
    const { out, code } = await run({ form: "text" });
    expect(out).toContain("\nSecurity (7)\n  RoleAssignment login-66666666-6666-4666-8666-666666666666 is gone\n");
    expect(out).toContain("USD a month by list prices: +1,320 with the fewest nodes, -3,499 with the most\n");
    expect(code).toBe(4);
    const page = join(open.folder, "drift.md");
    const { out: printed } = await run({ form: "markdown", out: page });
    expect(printed).toBe("");
    expect(readFileSync(page, "utf8").split("\n").slice(0, 3)).toEqual([
      "<!-- azure-gpu-cluster drift dev: 4 -->",
      "",
      "## Drift of dev: 10 harmful changes",
    ]);
  });

  it("is all that the next up with a refresh has to undo", async () => {
    await stack.up({ refresh: true });
    const { code, report } = await look();
    expect({ code, told: told(report) }).toEqual({ code: 0, told: [] });
  });

  it("names what others changed in the cluster", async () => {
    const inTeam = "/namespaces/note-research";
    await patch(`/api/v1${inTeam}/resourcequotas/team`, { spec: { hard: { "requests.nvidia.com/gpu": "8" } } });
    await patch(`/api/v1${inTeam}`, { metadata: { labels: { "pod-security.kubernetes.io/enforce": "privileged" } } });
    const { objects, client } = cluster();
    const policies = await objects.list(
      {
        apiVersion: "networking.k8s.io/v1",
        kind: "NetworkPolicy",
        plural: "networkpolicies",
        namespaced: true,
        verbs: [],
      },
      "note-research",
    );
    client.close();
    const first = policies.map(({ metadata }) => (metadata as { name: string }).name).sort()[0] ?? "";
    await removeObject(`/apis/networking.k8s.io/v1${inTeam}/networkpolicies/${first}`);
    await removeObject("/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies/team-fence-pods");
    const { code, report } = await look();
    expect(told(report)).toMatchInlineSnapshot(`
      [
        "security ValidatingAdmissionPolicy team-fence-pods gone, makes it again",
        "security Namespace note-research metadata.labels["pod-security.kubernetes.io/enforce"]: "restricted" -> "privileged", undoes it by force, breaks k8s-ns-pss-labels k8s-ns-default-deny",
        "security NetworkPolicy note-research-allow-dns gone, makes it again",
        "cost ResourceQuota note-research spec.hard["requests.nvidia.com/gpu"]: "1" -> "8", undoes it by force",
      ]
    `);
    expect(code).toBe(4);
  });

  it("leaves to whoever insists what another took over", async () => {
    const failure: unknown = await stack.up({ refresh: true }).catch((error: unknown) => error);
    expect(engineMessage(failure)).toMatch(/Apply failed with 1 conflict/);
    vi.stubEnv("PULUMI_K8S_ENABLE_PATCH_FORCE", "true");
    await stack.up({ refresh: true });
    vi.unstubAllEnvs();
    expect(await look()).toMatchObject({ code: 0, report: { stacks: [{ drifts: [] }] } });
  });

  it("knows what another stack of the environment made in its group, and names what none did", async () => {
    const { world } = open.rehearsal;
    const file = teamFile();
    const there = join(dirname(stackFile), basename(file));
    copyFileSync(file, there);
    besideIt = open.rehearsal.use(there);
    await besideIt.up();
    const group = live(world, "resources:ResourceGroup");
    const foreign = world.plant("azure-native:managedidentity:UserAssignedIdentity", {
      ...{ resourceGroupName: group.inputs["resourceGroupName"] ?? "", resourceName: "somebody", location: "eastus" },
    });
    const { code, report } = await look();
    expect(report.stacks.map((it) => [it.stack, it.drifts, it.unread])).toEqual([
      ["dev", [], []],
      ["dev-vision", [], []],
    ]);
    expect(report.beside.unmanaged.map(beside)).toMatchInlineSnapshot(`
      [
        "security Microsoft.ManagedIdentity/userAssignedIdentities somebody: It is an identity that nobody reviewed, and may be given rights at any time",
      ]
    `);
    expect(code).toBe(4);
    // It is the other stack's state that says so: with no file of it the environment has none.
    rmSync(there);
    const alone = JSON.parse((await run()).out) as DriftReport;
    expect(alone.beside.unmanaged.map(beside)).toMatchInlineSnapshot(`
      [
        "security Microsoft.Authorization/roleAssignments f287c22f-3080-5bdc-bb8e-5a93d18e4f6c: Group 77777777-7777-4777-8777-777777777777 has the role Azure Kubernetes Service Cluster User Role on aks-gpu-dev-eastus",
        "security Microsoft.ManagedIdentity/userAssignedIdentities id-gpu-dev-eastus-note-vision: It is an identity that nobody reviewed, and may be given rights at any time, has our tags",
        "security Microsoft.ManagedIdentity/userAssignedIdentities somebody: It is an identity that nobody reviewed, and may be given rights at any time",
        "security Microsoft.Authorization/roleAssignments a07adf6f-28ad-55f2-9157-7495b6421cbe: ServicePrincipal 2fa3f934-2fbd-5e9a-bd39-a80cdc5a5065 has the role Storage Blob Data Contributor on stgpudevdc70bb11/default/note-vision",
      ]
    `);
    copyFileSync(file, there);
    world.remove(foreign);
  });

  it("says what it could not look at, and looks at the rest", async () => {
    const address = clusterFile(join(open.folder, "simulator"));
    const kept = readFileSync(address);
    await (await open.rehearsal.controlPlane())?.stop();
    // The cluster is there, and does not answer.
    writeFileSync(address, kept);
    const { code, out } = await run();
    const { stacks } = JSON.parse(out) as DriftReport;
    expect(stacks.map(({ drifts }) => drifts)).toEqual([[], []]);
    const why = stacks.map(({ unread }) => [...new Set(unread.map((it) => it.because.replaceAll(/\d+/g, "N")))]);
    expect(why).toMatchInlineSnapshot(`
      [
        [
          "the API server does not answer from here",
        ],
        [
          "Preview failed: https://N.N.N.N:N: connect ECONNREFUSED N.N.N.N:N",
        ],
      ]
    `);
    expect(stacks.flatMap(({ unread }) => unread).every(({ urn }) => urn.includes("kubernetes:"))).toBe(true);
    expect(code).toBe(3);
  });
});

function isMade({ custom, type }: { readonly custom: boolean; readonly type: string }): boolean {
  return custom && !type.startsWith("pulumi:");
}

function bill({ resource, what, before, after }: DriftReport["stacks"][0]["difference"]["cost"]["lines"][0]): string {
  return `${resource} ${what}: ${before?.fullUsdPerMonth ?? 0} -> ${after?.fullUsdPerMonth ?? 0}`;
}

function beside({ harm, type, name, means, usdPerMonth, tagged }: DriftReport["beside"]["unmanaged"][0]): string {
  const bill = usdPerMonth === null ? "" : `, ${Math.round(usdPerMonth.idle)} to ${Math.round(usdPerMonth.full)} USD`;
  return `${harm} ${type} ${name}: ${means}${bill}${tagged ? ", has our tags" : ""}`;
}

function told({ stacks }: DriftReport): string[] {
  return stacks.flatMap(({ drifts }) =>
    drifts.map(({ harm, type, name, path, kind, before, after, up, breaks }) => {
      const what = kind === "gone" ? "gone" : `${path}: ${String(before)} -> ${String(after)}`;
      const rules = breaks.length === 0 ? "" : `, breaks ${breaks.join(" ")}`;
      return `${harm} ${type.split(":").at(-1) ?? ""} ${name} ${what}, ${up}${rules}`;
    }),
  );
}

/** All of the engine's own state, without its history of commands. */
function stateText(folder: string): string {
  const stacks = join(folder, "state", ".pulumi", "stacks");
  return readdirSync(stacks, { recursive: true, encoding: "utf8" })
    .map((it) => join(stacks, it))
    .filter((it) => statSync(it).isFile() && it.endsWith(".json"))
    .map((it) => readFileSync(it, "utf8"))
    .join("\n");
}
