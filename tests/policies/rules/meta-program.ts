import { unknownValue } from "../../../core/property-marks";
import type { Subject } from "../../../policies/engine/rule";
import { types } from "../../../policies/engine/types";
import { metaAllowedTypes } from "../../../policies/rules/meta/meta-allowed-types";
import { metaEnvMatches } from "../../../policies/rules/meta/meta-env-matches";
import { metaIgnorechangesAllowlist } from "../../../policies/rules/meta/meta-ignorechanges-allowlist";
import { metaNoEscapeHatch } from "../../../policies/rules/meta/meta-no-escape-hatch";
import { metaProtectStateful } from "../../../policies/rules/meta/meta-protect-stateful";
import { metaSubscriptionPinned } from "../../../policies/rules/meta/meta-subscription-pinned";
import { account, cluster, nodePool, scaleSet, subnet } from "../fixtures";
import { changed, resource, table, type RuleCases } from "../harness";

const other = subnet("nodes", "10.64.0.0/20");
const notApplicable = { "another type": [[other]] } as const;
const provider = resource("pulumi:providers:azure-native", { subscriptionId: "11111111-1111-4111-8111-111111111111" });
const inStack = (stack: string, project: string, type: string, inputs: object): Subject => {
  const it = resource(type, inputs);
  return { ...it, urn: `urn:pulumi:${stack}::${project}::${type}::it` };
};
const ignoring = (it: Subject, ...ignoreChanges: string[]): Subject => ({ ...it, options: { ignoreChanges } });

/** Types that run a script or a template of their own. */
const hatches = [
  ...["command:local:Command", "command:remote:Command", "command:remote:CopyFile", "command:remote:CopyToRemote"],
  "azure-native:resources:Deployment",
  ...["Scope", "SubscriptionScope", "ManagementGroupScope", "TenantScope"].map(
    (it) => `azure-native:resources:DeploymentAt${it}`,
  ),
  ...["ResourceGroup", "Subscription", "ManagementGroup"].map((it) => `azure-native:resources:DeploymentStackAt${it}`),
  ...["Resource", "AzureCliScript", "AzurePowerShellScript"].map((it) => `azure-native:resources:${it}`),
  "azure-native:compute:VirtualMachineRunCommandByVirtualMachine",
  "azure-native:compute:VirtualMachineScaleSetVMRunCommand",
];

/** What an autoscaler or Azure writes, by type. */
const writtenByOthers: Readonly<Record<string, readonly string[]>> = {
  "azure-native:containerservice:ManagedCluster": ["agentPoolProfiles"],
  "azure-native:compute:VirtualMachineScaleSet": ["sku.capacity"],
  "azure-native:keyvault:Key": ["properties"],
  "azure-native:compute:DiskEncryptionSet": ["activeKey.keyUrl"],
  "azure-native:consumption:Budget": ["timePeriod"],
  "kubernetes:apps/v1:Deployment": ["spec.replicas"],
  "kubernetes:apps/v1:StatefulSet": ["spec.replicas"],
};

/** Rules about the program itself: its types, options and provider. */
export const metaProgramTables: readonly RuleCases[] = [
  table(metaAllowedTypes, scaleSet, {
    compliant: { "a component of the program": [[resource("azure-gpu-cluster:compute:GpuScaleSet", {})]] },
    broken: {
      "the older provider": [
        [resource("azure:compute/virtualMachine:VirtualMachine", {})],
        'type is "azure:compute/virtualMachine:VirtualMachine"; must be one of azure-native:*, kubernetes:*, pulumi:*, azure-gpu-cluster:*, azuread:*, random:*, tls:*, time:*, pulumi-nodejs:*, command:*',
      ],
    },
    absent: { "all properties": [[resource("azure-native:compute:Disk", {})]] },
    unknown: { "a property": [{ location: unknownValue }] },
    notApplicable: { "the stack itself": [[resource("pulumi:pulumi:Stack", {})]] },
  }),
  table(
    metaAllowedTypes,
    resource("azuread:index/group:Group", {}),
    {
      compliant: {
        "another version of a type of Azure": [[resource("azure-native:compute/v20240301:Disk", {})]],
        "a component of the program, in whichever project": [[inStack("prod", "shop", "shop:web:Site", {})]],
        "a class of the program, as Python names it": [[inStack("prod", "shop", "Site", {})]],
      },
      broken: {
        "another type of the package": [
          [resource("azuread:index/user:User", {})],
          'type is "azuread:index/user:User"; must be one of azuread:index/group:Group, azure-native:*',
        ],
        "a package that ends with the name of the project": [
          [inStack("prod", "shop", "workshop:web:shop:", {})],
          'type is "workshop:web:shop:"; must be one of azuread:index/group:Group, azure-native:*',
        ],
        "a package that starts with the name of the project": [
          [inStack("prod", "shop", "shopping:web:Site", {})],
          'type is "shopping:web:Site"; must be one of azuread:index/group:Group, azure-native:*',
        ],
      },
      absent: { "all properties": [[resource("azure-native:compute:Disk", {})]] },
      unknown: { "a property": [{ displayName: unknownValue }] },
      notApplicable: { "a class of the program": [[inStack("prod", "shop", "Site", {})]] },
    },
    { settings: { allowedTypes: ["azuread:index/group:Group", "azure-native:*"] } },
  ),
  table(metaNoEscapeHatch, scaleSet, {
    compliant: {
      "a package whose name ends like one of code of the program": [
        [resource("not-pulumi-python:dynamic/site:Site", {})],
      ],
    },
    broken: {
      ...Object.fromEntries(
        hatches.map((type) => [
          type,
          [[resource(type, {})], `type is "${type}"; must not run a script or a template`] as const,
        ]),
      ),
      "a template": [
        [resource("azure-native:resources/v20240301:Deployment", {})],
        'type is "azure-native:resources/v20240301:Deployment"; must not run a script or a template',
      ],
      "a script, of which nothing is shown": [
        [resource("command:local:Command", { create: "curl example.com" })],
        'type is "command:local:Command"; must not run a script or a template',
      ],
      "code of the program, under a name of its own": [
        [resource("pulumi-python:dynamic/site:Site", {})],
        'type is "pulumi-python:dynamic/site:Site"; must not run a script or a template',
      ],
      "a command on a machine": [
        [resource("azure-native:compute:VirtualMachineScaleSetVMRunCommand", {})],
        'type is "azure-native:compute:VirtualMachineScaleSetVMRunCommand"; must not run a script or a template',
      ],
    },
    absent: { "all properties": [[resource("azure-native:compute:Disk", {})]] },
    unknown: { "a property": [{ location: unknownValue }] },
    notApplicable: { "the stack itself": [[resource("pulumi:pulumi:Stack", {})]] },
  }),
  table(
    metaNoEscapeHatch,
    resource("command:local:Command", {}, "render"),
    {
      broken: {
        "another one": [
          [resource("command:local:Command", {}, "deploy")],
          'type is "command:local:Command"; must not run a script or a template',
        ],
      },
      absent: { "all properties": [{}] },
      unknown: { "a property": [{ create: unknownValue }] },
      notApplicable: { "the stack itself": [[resource("pulumi:pulumi:Stack", {})]] },
    },
    { settings: { allowedEscapes: ["render"] } },
  ),
  table(
    metaNoEscapeHatch,
    resource("kubernetes:kueue.x-k8s.io/v1beta2:LocalQueue", {}),
    {
      compliant: {
        "a kind of Kubernetes": [[resource("kubernetes:rbac.authorization.k8s.io/v1:Role", {})]],
        "a kind of Kubernetes without a domain": [[resource("kubernetes:apps/v1:Deployment", {})]],
        "a chart": [[resource("kubernetes:helm.sh/v4:Chart", {})]],
        "another provider": [[account]],
        "the definition of a listed kind": [
          [
            resource("kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition", {
              spec: { group: "kueue.x-k8s.io" },
            }),
          ],
        ],
      },
      broken: {
        "a kind of somebody else": [
          [resource("kubernetes:example.com/v1alpha1:Runner", {})],
          "type is kubernetes:example.com/v1alpha1:Runner; must be of one of allowedGroups: kueue.x-k8s.io",
        ],
        "a group that only looks like one of Kubernetes": [
          [resource("kubernetes:x.storage.k8s.io/v1:Runner", {})],
          "type is kubernetes:x.storage.k8s.io/v1:Runner; must be of one of allowedGroups: kueue.x-k8s.io",
        ],
        "the definition of a kind": [
          [resource("kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition", { spec: { group: "example.com" } })],
          'spec.group is "example.com"; must be of one of allowedGroups: kueue.x-k8s.io',
        ],
      },
      absent: { "all properties": [{}] },
      unknown: {
        "the group of a definition": [
          [resource("kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition", { spec: { group: unknownValue } })],
          "?spec.group",
        ],
      },
      notApplicable: { "the stack itself": [[resource("pulumi:pulumi:Stack", {})]] },
    },
    { settings: { allowedGroups: ["kueue.x-k8s.io"] } },
  ),
  table(metaEnvMatches, changed(scaleSet, { "tags.environmentKind": "prod" }), {
    broken: {
      "another kind": [
        { "tags.environmentKind": "dev" },
        'tags.environmentKind is "dev"; must be "prod", as the name of stack prod says',
      ],
    },
    absent: { "the tag": [{ tags: undefined }] },
    unknown: { "the tags": [{ tags: unknownValue }, "?tags"] },
    notApplicable: { "another provider": [[resource("kubernetes:core/v1:Pod", {})]] },
  }),
  table(
    metaEnvMatches,
    changed(scaleSet, { "tags.environmentKind": "prod" }),
    {
      broken: {
        "a stack that the rules were not meant for": [
          { "tags.environmentKind": "dev" },
          'tags.environmentKind is "dev"; must be "prod", as the policy configuration says',
        ],
        "another name": [
          [{ ...changed(scaleSet, { tags: {} }), urn: scaleSet.urn.replace("pulumi:prod", "pulumi:dev-anna") }],
          'the name of the stack is "dev-anna"; must be of prod, as the policy configuration says',
        ],
      },
      absent: { "the tag": [{ tags: undefined }] },
      unknown: { "the tags": [{ tags: unknownValue }, "?tags"] },
      notApplicable: { "another provider": [[resource("kubernetes:core/v1:Pod", {})]] },
    },
    { settings: { environment: "prod" } },
  ),
  table(metaEnvMatches, inStack("lab-prod", "p", types.storageAccount, { tags: { environmentKind: "staging" } }), {
    compliant: {
      "a stack that speaks of no kind, whatever follows": [
        [
          inStack("lab-prod", "p", types.storageAccount, { tags: { environmentKind: "dev" } }),
          inStack("lab-prod", "p", types.scaleSet, { tags: { environmentKind: "dev" } }),
          inStack("lab-prod", "p", types.scaleSet, {}),
        ],
      ],
      "a stack with a suffix": [[inStack("dev-anna", "p", types.scaleSet, { tags: { environmentKind: "dev" } })]],
    },
    broken: {
      "kinds that differ": [
        [
          inStack("lab-prod", "p", types.scaleSet, {}),
          inStack("lab-prod", "p", types.storageAccount, { tags: { environmentKind: "dev" } }),
          inStack("lab-prod", "p", types.scaleSet, { tags: { environmentKind: "prod" } }),
        ],
        'tags.environmentKind is "prod"; must be "dev", as elsewhere in the stack',
      ],
    },
    absent: { "the tag": [{ tags: undefined }] },
    unknown: {
      "the tags of two resources, of which the first is told": [
        [
          inStack("lab-prod", "p", types.storageAccount, { tags: unknownValue }),
          inStack("lab-prod", "p", types.scaleSet, { tags: unknownValue }),
        ],
        "?tags",
      ],
    },
    notApplicable: { "another provider": [[resource("kubernetes:core/v1:Pod", {})]] },
  }),
  table(metaSubscriptionPinned, provider, {
    broken: { "an empty one": [{ subscriptionId: "" }, 'subscriptionId is ""; must be set'] },
    absent: { "the subscription": [{ subscriptionId: undefined }, "subscriptionId is absent; must be set"] },
    unknown: { "the subscription": [{ subscriptionId: unknownValue }, "?subscriptionId"] },
    notApplicable,
  }),
  table(
    metaSubscriptionPinned,
    changed(provider, { tenantId: "33333333-3333-4333-8333-333333333333" }),
    {
      broken: {
        "the tenant of somebody else": [
          { tenantId: "22222222-2222-4222-8222-222222222222" },
          'tenantId is "22222222-2222-4222-8222-222222222222"; must be that of the policy configuration',
        ],
        "that of somebody else": [
          { subscriptionId: "22222222-2222-4222-8222-222222222222" },
          'subscriptionId is "22222222-2222-4222-8222-222222222222"; must be that of the policy configuration',
        ],
      },
      absent: {
        "the subscription": [
          { subscriptionId: undefined },
          "subscriptionId is absent; must be that of the policy configuration",
        ],
      },
      unknown: { "the subscription": [{ subscriptionId: unknownValue }, "?subscriptionId"] },
      notApplicable,
    },
    {
      settings: {
        subscriptionId: "11111111-1111-4111-8111-111111111111",
        tenantId: "33333333-3333-4333-8333-333333333333",
      },
    },
  ),
  table(
    metaSubscriptionPinned,
    changed(provider, { subscriptionId: "ABCDEF00-1111-4111-8111-111111111111" }),
    {
      compliant: { "in small letters": [{ subscriptionId: "abcdef00-1111-4111-8111-111111111111" }] },
      broken: {
        "a number": [{ subscriptionId: 1 }, "subscriptionId is 1; must be that of the policy configuration"],
      },
      absent: {
        "the subscription": [
          { subscriptionId: undefined },
          "subscriptionId is absent; must be that of the policy configuration",
        ],
      },
      unknown: { "the subscription": [{ subscriptionId: unknownValue }, "?subscriptionId"] },
      notApplicable,
    },
    { settings: { subscriptionId: "AbcDef00-1111-4111-8111-111111111111" } },
  ),
  table(
    metaProtectStateful,
    { ...account, options: { protect: true } },
    {
      broken: { "an account": [[{ ...account, options: { protect: false } }], "opts.protect is false; must be true"] },
      absent: { "the option": [[{ ...account, options: {} }], "opts.protect is false; must be true"] },
      unknown: { "a property": [{ location: unknownValue }] },
      notApplicable,
    },
  ),
  table(
    metaIgnorechangesAllowlist,
    ignoring(changed(cluster, { autoUpgradeProfile: { upgradeChannel: "patch" } }), "kubernetesVersion"),
    {
      broken: {
        "a version that nobody else raises": [
          [ignoring(cluster, "kubernetesVersion")],
          'opts.ignoreChanges is "kubernetesVersion"; must hold only agentPoolProfiles',
        ],
      },
      absent: {
        "the channel": [
          { autoUpgradeProfile: undefined },
          'opts.ignoreChanges is "kubernetesVersion"; must hold only agentPoolProfiles',
        ],
      },
      unknown: { "the channel, which may raise it": [{ autoUpgradeProfile: unknownValue }] },
      notApplicable: { "another provider": [[ignoring(resource("random:index:Pet", {}), "length")]] },
    },
  ),
  table(metaIgnorechangesAllowlist, ignoring(nodePool, "count"), {
    compliant: Object.fromEntries(
      Object.entries(writtenByOthers).map(([type, paths]) => [
        type,
        [[ignoring(resource(type, {}), ...paths)]] as const,
      ]),
    ),
    broken: {
      "each path that nobody else writes": [
        [ignoring(resource(types.cluster, {}), "sku", "agentPoolProfiles", "tags")],
        'opts.ignoreChanges is "sku"; must hold only agentPoolProfiles',
        'opts.ignoreChanges is "tags"; must hold only agentPoolProfiles',
      ],
      "a guarded property": [
        [ignoring(nodePool, "count", "enableNodePublicIP")],
        'opts.ignoreChanges is "enableNodePublicIP"; must hold only count',
      ],
      "a type that nobody else writes": [
        [ignoring(account, "networkRuleSet")],
        'opts.ignoreChanges is "networkRuleSet"; must be empty for this type',
      ],
      everything: [[ignoring(nodePool, "*")], 'opts.ignoreChanges is "*"; must hold only count'],
    },
    absent: { "the option": [[nodePool]] },
    unknown: { "a property": [{ count: unknownValue }] },
    notApplicable: { "another provider": [[ignoring(resource("random:index:Pet", {}), "length")]] },
  }),
  table(
    metaIgnorechangesAllowlist,
    ignoring(account, "tags"),
    {
      broken: { "another path": [[ignoring(account, "sku")], 'opts.ignoreChanges is "sku"; must hold only tags'] },
      absent: { "the option": [[account]] },
      unknown: { "a property": [{ location: unknownValue }] },
      notApplicable: { "another provider": [[ignoring(resource("random:index:Pet", {}), "length")]] },
    },
    { settings: { allowedIgnoreChanges: { [types.storageAccount]: ["tags"] } } },
  ),
];
