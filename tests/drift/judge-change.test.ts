import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { driftDefaults } from "../../azure/drift-defaults";
import { rows } from "../../azure/rows";
import { judgeChange } from "../../drift/judge-change";
import type { Observation } from "../../drift/observation";
import { root } from "../stack-files";
import { changed, gone, observed } from "./observed";

const judge = (seen: Observation, ...others: string[]): string[] =>
  judgeChange(seen, new Set(others.map((it) => it.toLowerCase()))).map(
    ({ harm, path: at, before, after, up, expected }) =>
      `${harm} ${at}: ${String(before)} -> ${String(after)}, ${up}${expected ? ", expected" : ""}`,
  );

const pool = "azure-native:containerservice:AgentPool";
const cluster = "azure-native:containerservice:ManagedCluster";
const account = "azure-native:storage:StorageAccount";
const network = "azure-native:network:VirtualNetwork";
const machines = "azure-native:compute:VirtualMachineScaleSet";
const setting = "azure-native:monitor:DiagnosticSetting";
const workspace = (name: string): string =>
  `/subscriptions/a/resourceGroups/rg/providers/Microsoft.OperationalInsights/workspaces/${name}`;
const deployment = "kubernetes:apps/v1:Deployment";
const namespace = "kubernetes:core/v1:Namespace";
const label = "pod-security.kubernetes.io/enforce";

describe("a change of a property", () => {
  it.each<[title: string, seen: Observation, told: readonly string[]]>([
    [
      "of a fixed pool costs with more nodes",
      changed(pool, { count: 2 }, { count: 6 }),
      ["cost count: 2 -> 6, undoes it"],
    ],
    [
      "of a fixed pool takes room with fewer",
      changed(pool, { count: 2 }, { count: 0 }),
      ["capacity count: 2 -> 0, undoes it"],
    ],
    [
      "is the autoscaler's where it decides, and up leaves it",
      changed(pool, { enableAutoScaling: true, count: 2 }, { enableAutoScaling: true, count: 6 }, { wouldDo: {} }),
      ["harmless count: 2 -> 6, leaves it, expected"],
    ],
    [
      "of the most nodes is nobody's but the program's",
      changed(pool, { maxCount: 4 }, { maxCount: 8 }),
      ["cost maxCount: 4 -> 8, undoes it"],
    ],
    [
      "with fewer nodes than are kept costs nothing",
      changed(pool, { minCount: 4 }, { minCount: 0 }),
      ["harmless minCount: 4 -> 0, undoes it"],
    ],
    [
      "that cannot be taken back says so",
      changed(cluster, { kubernetesVersion: "1.36" }, { kubernetesVersion: "1.37" }),
      ['harmless kubernetesVersion: "1.36" -> "1.37", is refused, expected'],
    ],
    [
      "of the hours of an environment is its own",
      changed(
        cluster,
        { tags: { hoursOffPerWeek: "88" }, powerState: { code: "Running" } },
        { tags: { hoursOffPerWeek: "88" }, powerState: { code: "Stopped" } },
        { wouldDo: {} },
      ),
      ['harmless powerState.code: "Running" -> "Stopped", leaves it, expected'],
    ],
    [
      "stops a cluster that has no hours",
      changed(cluster, { powerState: { code: "Running" } }, { powerState: { code: "Stopped" } }),
      ['capacity powerState.code: "Running" -> "Stopped", undoes it'],
    ],
    [
      "opens an account",
      changed(account, { allowBlobPublicAccess: false }, { allowBlobPublicAccess: true }),
      ["security allowBlobPublicAccess: false -> true, undoes it"],
    ],
    [
      "that closes what was open harms nobody",
      changed(account, { publicNetworkAccess: "Enabled" }, { publicNetworkAccess: "Disabled" }),
      ['harmless publicNetworkAccess: "Enabled" -> "Disabled", undoes it'],
    ],
    [
      "by its name alone, where the type says nothing of it",
      changed("azure-native:storage:Queue", { publicNetworkAccess: "Disabled" }, { publicNetworkAccess: "Enabled" }),
      ['security publicNetworkAccess: "Disabled" -> "Enabled", undoes it'],
    ],
    [
      "that nobody has judged counts as harm",
      changed(account, { dnsEndpointType: "Standard" }, { dnsEndpointType: "AzureDnsZone" }),
      ['unjudged dnsEndpointType: "Standard" -> "AzureDnsZone", undoes it'],
    ],
    [
      "of a type that nobody has judged counts, too",
      changed("random:index:RandomId", { byteLength: 8 }, { byteLength: 4 }),
      ["unjudged byteLength: 8 -> 4, undoes it"],
    ],
    [
      "that cannot be changed in place replaces",
      changed(machines, { zones: ["1"] }, { zones: ["2"] }, { wouldDo: { "zones[0]": "replace" } }),
      ['capacity zones: ["1"] -> ["2"], replaces the resource'],
    ],
    [
      "of one value costs more than a text of it tells",
      changed(machines, { sku: { capacity: 2 } }, { sku: { capacity: 3 } }),
      ["cost sku.capacity: 2 -> 3, undoes it"],
    ],
    [
      "of what is recorded is named by its category, whatever the order: less is seen by nobody, more bills",
      changed(
        setting,
        { logs: ["guard", "audit"].map((category) => ({ category, enabled: true })) },
        { logs: ["audit", "guard", "node"].map((category) => ({ category, enabled: category !== "guard" })) },
      ),
      [
        'security logs["guard"].enabled: true -> false, undoes it',
        'cost logs["node"]: null -> {"category":"node","enabled":true}, undoes it',
      ],
    ],
    [
      "of where it is recorded is a matter of security",
      changed(setting, { workspaceId: workspace("log") }, { workspaceId: workspace("other") }),
      ['security workspaceId: ".../log" -> ".../other", undoes it'],
    ],
    [
      "of an ID to one of another subscription says so",
      changed(setting, { workspaceId: workspace("log") }, { workspaceId: "/subscriptions/b/x" }),
      [
        `security workspaceId: ".../a/resourceGroups/rg/providers/Microsoft.OperationalInsights/workspaces/log" -> ".../b/x", undoes it`,
      ],
    ],
    [
      "of a value to another is as bad as the worse way",
      changed(network, { ddosProtectionPlan: { id: "a" } }, { ddosProtectionPlan: { id: "b" } }),
      ['security ddosProtectionPlan.id: "a" -> "b", undoes it'],
    ],
  ])("%s", (_, seen, told) => {
    expect(judge(seen)).toEqual(told);
  });

  it.each<[title: string, seen: Observation, told: readonly string[]]>([
    [
      "a quota that is raised costs, by quantity and not by letters",
      changed(
        "kubernetes:core/v1:ResourceQuota",
        { spec: { hard: { memory: "900Gi" } } },
        { spec: { hard: { memory: "1Ti" } } },
      ),
      ['cost spec.hard.memory: "900Gi" -> "1Ti", undoes it by force'],
    ],
    [
      "a quota that is lowered takes room",
      changed(
        "kubernetes:core/v1:ResourceQuota",
        { spec: { hard: { "requests.nvidia.com/gpu": "8" } } },
        { spec: { hard: { "requests.nvidia.com/gpu": "1" } } },
      ),
      ['capacity spec.hard["requests.nvidia.com/gpu"]: "8" -> "1", undoes it by force'],
    ],
    [
      "a namespace that lets more in",
      changed(
        namespace,
        { metadata: { labels: { [label]: "restricted" } } },
        { metadata: { labels: { [label]: "baseline" } } },
      ),
      [`security metadata.labels["${label}"]: "restricted" -> "baseline", undoes it by force`],
    ],
    [
      "a namespace that lets less in",
      changed(
        namespace,
        { metadata: { labels: { [label]: "baseline" } } },
        { metadata: { labels: { [label]: "restricted" } } },
      ),
      [`harmless metadata.labels["${label}"]: "baseline" -> "restricted", undoes it by force`],
    ],
    [
      "pods that an autoscaler counts, which the program leaves out",
      observed(deployment, {
        before: { inputs: { spec: {} }, outputs: { spec: { replicas: 1 } } },
        after: { inputs: { spec: {} }, outputs: { spec: { replicas: 5 } } },
      }),
      ["harmless spec.replicas: 1 -> 5, leaves it, expected"],
    ],
    [
      "pods that the program counts",
      changed(deployment, { spec: { replicas: 2 } }, { spec: { replicas: 0 } }),
      ["capacity spec.replicas: 2 -> 0, undoes it by force"],
    ],
    [
      "another image",
      changed(deployment, { spec: { template: { image: "a@1" } } }, { spec: { template: { image: "b@2" } } }),
      ['security spec.template.image: "a@1" -> "b@2", undoes it by force'],
    ],
    [
      "what the cluster writes into each object",
      observed(deployment, {
        before: { inputs: {}, outputs: { metadata: { generation: 1 }, status: { replicas: 1 } } },
        after: { inputs: {}, outputs: { metadata: { generation: 2 }, status: { replicas: 2 } } },
      }),
      [],
    ],
  ])("in the cluster: %s", (_, seen, told) => {
    expect(judge(seen)).toEqual(told);
  });

  it.each<[title: string, before: object, after: object]>([
    ["the case of an ARM ID", { subnetId: "/subscriptions/A/x" }, { subnetId: "/subscriptions/a/X" }],
    ["the order of texts", { zones: ["1", "2"] }, { zones: ["2", "1"] }],
    [
      "the order of things with names",
      { rules: [{ name: "a" }, { name: "b" }] },
      { rules: [{ name: "b" }, { name: "a" }] },
    ],
    ["the name of a region", { location: "eastus" }, { location: "East US" }],
    ["nothing in place of nothing", { a: null }, {}],
    ["what a provider keeps for itself", { __fieldManager: "a" }, { __fieldManager: "b" }],
  ])("is none in %s", (_, before, after) => {
    expect(judge(changed(account, { ...before }, { ...after }))).toEqual([]);
  });

  it("names a rule of a list by its name, not by its place", () => {
    const [ssh, web] = [
      { name: "ssh", access: "Deny" },
      { name: "web", access: "Allow" },
    ];
    const seen = changed(
      "azure-native:network:NetworkSecurityGroup",
      { securityRules: [ssh, web] },
      { securityRules: [web, { ...ssh, access: "Allow" }] },
    );
    expect(judge(seen)).toEqual(['security securityRules["ssh"].access: "Deny" -> "Allow", undoes it']);
  });

  it("leaves resources of their own out of the list of their parent, and keeps what nobody declares", () => {
    const id = "/subscriptions/s/resourceGroups/g/providers/Microsoft.ContainerService/managedClusters/aks";
    const pools = [{ name: "system", count: 2 }, { name: "a10" }, { name: "byhand", count: 1 }];
    const seen = changed(
      cluster,
      { agentPoolProfiles: [{ name: "system", count: 2 }] },
      { agentPoolProfiles: pools },
      { id },
    );
    expect(judge(seen, `${id}/agentPools/a10`)).toEqual([
      expect.stringMatching(/^cost agentPoolProfiles\["byhand"\]: null -> /),
    ]);
  });

  it("tells of what only Azure says by what is known of it alone", () => {
    const seen = observed(pool, {
      before: {
        inputs: {},
        outputs: { nodeImageVersion: "one", provisioningState: "Succeeded", powerState: { code: "R" } },
      },
      after: {
        inputs: {},
        outputs: { nodeImageVersion: "two", provisioningState: "Updating", powerState: { code: "S" } },
      },
    });
    expect(judge(seen)).toEqual([
      'harmless nodeImageVersion: "one" -> "two", leaves it, expected',
      'capacity powerState.code: "R" -> "S", leaves it',
    ]);
  });
});

describe("a secret", () => {
  const text = "s3cr3t-value";
  it.each<[title: string, seen: Observation, told: readonly string[]]>([
    [
      "that changed is named, and not shown",
      changed(
        "azure-native:compute:VirtualMachineExtension",
        { protectedSettings: "[secret]" },
        { protectedSettings: "[secret]" },
        { wouldDo: { protectedSettings: "update" } },
      ),
      ["security protectedSettings: a secret, not shown -> a secret, not shown, undoes it"],
    ],
    [
      "is not shown where it came, or went",
      changed("azure-native:compute:VirtualMachineExtension", {}, { protectedSettings: "[secret]" }),
      ["security protectedSettings: null -> a secret, not shown, undoes it"],
    ],
    [
      "below something that is shown takes all of it with it",
      changed(account, {}, { unheardOf: { key: "[secret]", other: text } }),
      ["unjudged unheardOf: null -> a secret, not shown, undoes it"],
    ],
    [
      "may be in what a machine is started with",
      changed(machines, {}, { virtualMachineProfile: { osProfile: { customData: text } } }),
      ["security virtualMachineProfile: null -> a secret, not shown, undoes it"],
    ],
    [
      "may be in the start of one machine",
      changed(machines, { virtualMachineProfile: { userData: "a" } }, { virtualMachineProfile: { userData: text } }),
      ["security virtualMachineProfile.userData: a secret, not shown -> a secret, not shown, undoes it"],
    ],
    [
      "lies in a Secret of the cluster",
      changed("kubernetes:core/v1:Secret", { data: { token: "a" } }, { data: { token: text } }),
      ["security data.token: a secret, not shown -> a secret, not shown, undoes it by force"],
    ],
  ])("%s", (_, seen, told) => {
    expect(judge(seen)).toEqual(told);
    expect(JSON.stringify(judgeChange(seen, new Set()))).not.toContain(text);
  });
});

describe("what is gone", () => {
  it.each<[type: string, harm: string]>([
    [pool, "capacity"],
    [account, "capacity"],
    ["azure-native:authorization:ManagementLockByScope", "security"],
    ["azure-native:authorization:RoleAssignment", "security"],
    ["azure-native:authorization:PolicyAssignment", "security"],
    ["azure-native:monitor:DiagnosticSetting", "security"],
    ["azure-native:managedidentity:FederatedIdentityCredential", "security"],
    ["azure-native:consumption:Budget", "cost"],
    ["azure-native:unheard:Of", "capacity"],
    ["kubernetes:networking.k8s.io/v1:NetworkPolicy", "security"],
    ["kubernetes:admissionregistration.k8s.io/v1:ValidatingAdmissionPolicy", "security"],
    ["kubernetes:core/v1:ResourceQuota", "cost"],
    ["kubernetes:unheard.of/v1:Of", "capacity"],
  ])("%s harms %s", (type, harm) => {
    expect(judgeChange(gone(type), new Set()).map((it) => [it.kind, it.harm, it.up])).toEqual([
      ["gone", harm, "makes it again"],
    ]);
  });

  it("says that data do not come back with it", () => {
    expect(judgeChange(gone(account), new Set())[0]?.means).toBe(
      "All data in it are gone, and no up brings its data back",
    );
    expect(judgeChange(gone(pool), new Set())[0]?.means).toBe("Its nodes are gone, with all that ran on them");
  });
});

it("judges whatever it is given, and never calls what is gone harmless", () => {
  const value = fc.jsonValue({ maxDepth: 3 });
  const props = fc.dictionary(fc.string({ maxLength: 8 }), value) as fc.Arbitrary<Record<string, never>>;
  const type = fc.constantFrom(...rows.keys(), "kubernetes:core/v1:Namespace", "other:index:Thing");
  fc.assert(
    fc.property(type, props, props, fc.boolean(), (token, before, after, isGone) => {
      const told = judgeChange(isGone ? gone(token) : changed(token, before, after), new Set());
      for (const { harm, means, writer } of told) {
        expect(means).not.toBe("");
        expect(writer).not.toBe("");
        if (isGone) expect(harm).not.toBe("harmless");
      }
      expect(judgeChange(changed(token, before, before), new Set())).toEqual([]);
    }),
  );
});

describe.each([...rows].filter(([, { drift }]) => drift !== null))("the row of %s", (token, { drift }) => {
  const paths = drift?.paths ?? [];

  it("names properties that the type has", () => {
    const [, space = "", type = ""] = token.split(":");
    const file = `${type.charAt(0).toLowerCase()}${type.slice(1)}.d.ts`;
    const declared = path.join(root, "node_modules/@pulumi/azure-native", space, file);
    expect(existsSync(declared)).toBe(true);
    const known = [...readFileSync(declared, "utf8").matchAll(/^\s+(?:readonly )?(\w+)\??: /gm)].map(
      ([, name]) => name,
    );
    const names = paths.flatMap((it) => [it.path, it.when?.path ?? it.path]).map((it) => /^\w+/.exec(it)?.[0]);
    expect(names.filter((it) => !known.includes(it))).toEqual([]);
  });

  it("has no path that an earlier one hides", () => {
    const hidden = paths.filter((it, at) =>
      paths
        .slice(0, at)
        .some(
          ({ path: above, when }) => when === undefined && `${it.path}.`.replace("[", ".[").startsWith(`${above}.`),
        ),
    );
    expect(hidden.map((it) => it.path)).toEqual([]);
  });

  it("says whose a property is with where that is written", () => {
    for (const { writer } of paths) if (writer !== null) expect(writer.source).toMatch(/^https:\/\/|^[\w-]+\/[\w-]+:/);
  });
});

it("has a sentence by name for what many types have", () => {
  expect(driftDefaults.paths.map((it) => it.path)).toContain("tags");
});
