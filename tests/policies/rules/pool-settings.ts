import type { AgentPoolArgs } from "@pulumi/azure-native/containerservice/agentPool";
import { findVmSize } from "../../../catalog/vm-sizes";
import { unknownValue } from "../../../core/property-marks";
import { types } from "../../../policies/engine/types";
import { npDriverVsOperator } from "../../../policies/rules/cluster/np-driver-vs-operator";
import { npHostEncryption } from "../../../policies/rules/cluster/np-host-encryption";
import { npOsDisk } from "../../../policies/rules/cluster/np-os-disk";
import { npTypeVmss } from "../../../policies/rules/cluster/np-type-vmss";
import { npOsSku } from "../../../policies/rules/cluster/np-os-sku";
import { npSecureBootVsDriver } from "../../../policies/rules/cluster/np-secure-boot-vs-driver";
import { npTopologyManager } from "../../../policies/rules/cluster/np-topology-manager";
import { npScaleDownDelete } from "../../../policies/rules/cluster/np-scale-down-delete";
import { npNoSystemLabels } from "../../../policies/rules/cluster/np-no-system-labels";
import { account, cluster, nodePool, sizes } from "../fixtures";
import { changed, resource, table, type RuleCases } from "../harness";

const otherType = { "another type": [[account]] } as const;
const driver = "gpuProfile.driver";
const label = 'nodeLabels["nvidia.com/gpu.deploy.driver"]';
const policy = "kubeletConfig.topologyManagerPolicy";
const secureBoot = "securityProfile.enableSecureBoot";
const inline = "agentPoolProfiles[0]";
const operator = resource(types.helmRelease, { chart: "gpu-operator", values: { driver: { enabled: true } } });
const helped = changed(operator, { "values.driver.enabled": false });
const byAks = changed(nodePool, { vmSize: sizes.gpu, [driver]: "Install", [label]: "false" });
const byOperator = "be None: the operator of this stack brings the driver";
const byNobody = "be Install: no operator of this stack brings the driver";
const systems = "Standard_NC24ads_A100_v4";

/** The pool with the settings that these rules want. */
const settled = changed(nodePool, {
  enableEncryptionAtHost: true,
  osDiskType: "Managed",
  osSKU: "Ubuntu",
  type: "VirtualMachineScaleSets",
  scaleDownMode: "Delete",
  kubeletConfig: { topologyManagerPolicy: "best-effort" },
  nodeLabels: { "example.com/team": "vision" },
} satisfies Partial<AgentPoolArgs>);
const general = {
  "a general size": [
    { vmSize: sizes.general, osSKU: undefined, kubeletConfig: undefined, scaleDownMode: "Deallocate" },
  ],
} as const;

/** Rules about the settings of node pools. */
export const poolSettingTables: readonly RuleCases[] = [
  table(npDriverVsOperator, [nodePool, operator], {
    compliant: {
      "a pool of AKS's driver that the operator leaves alone": [[byAks, operator]],
      "an operator that brings none": [[byAks, helped]],
      "an AMD pool": [[changed(nodePool, { vmSize: "Standard_ND96isr_MI300X_v5", [driver]: "Install" }), operator]],
      "a chart from a registry": [
        [nodePool, changed(operator, { chart: "oci://registry.example.com/nvidia/gpu-operator" })],
      ],
      "an archive of the chart": [[nodePool, changed(operator, { chart: "./charts/gpu-operator-v25.3.0.tgz" })]],
      "a chart that is no text": [[changed(nodePool, { [driver]: "Install" }), changed(operator, { chart: 5 })]],
    },
    broken: {
      "two drivers": [{ [driver]: "Install" }, `${driver} is "Install"; must ${byOperator}`],
      "nobody's driver": [[nodePool, helped], `${driver} is "None"; must ${byNobody}`],
      "nobody's driver where the operator is kept out": [{ [label]: "false" }, `${driver} is "None"; must ${byNobody}`],
      "an operator of the newer kind of chart": [
        [changed(nodePool, { [driver]: "Install" }), resource(types.helmChart, { chart: "gpu-operator" })],
        `${driver} is "Install"; must ${byOperator}`,
      ],
      ...Object.fromEntries(
        ["gpu-operator-25.3.0.tgz", "charts/gpu-operator-v25.3.0.tgz", "gpu-operator-v5.tgz"].map((chart) => [
          `two drivers, one of the archive ${chart}`,
          [
            [changed(nodePool, { [driver]: "Install" }), changed(operator, { chart })],
            `${driver} is "Install"; must ${byOperator}`,
          ],
        ]),
      ),
    },
    absent: {
      "the owner: it is AKS": [{ gpuProfile: undefined }, `${driver} is absent; must ${byOperator}`],
      "the operator's value: it brings one": [[nodePool, changed(operator, { values: undefined })]],
    },
    unknown: {
      "the owner": [{ [driver]: unknownValue }, `?${driver}`],
      "the operator's value": [[nodePool, changed(operator, { values: unknownValue })], "?values.driver.enabled"],
      "the label": [{ [label]: unknownValue }, `?${label}`],
    },
    notApplicable: {
      "no operator in the stack": [[changed(nodePool, { [driver]: "Install" })]],
      "another chart": [[changed(nodePool, { [driver]: "Install" }), changed(operator, { chart: "network-operator" })]],
      ...Object.fromEntries(
        [
          "my-gpu-operator",
          "gpu-operator-extras",
          "gpu-operator-25",
          "gpu-operator-25/other.tgz",
          "gpu-operator/more",
        ].map((chart) => [
          `the chart ${chart}`,
          [[changed(nodePool, { [driver]: "Install" }), changed(operator, { chart })]],
        ]),
      ),
      "two operators, of which nobody knows which brings it": [
        [changed(nodePool, { [driver]: "Install" }), operator, helped],
      ],
      "a pool of general machines": [[changed(nodePool, { vmSize: sizes.general, [driver]: "Install" }), operator]],
    },
  }),
  table(npHostEncryption, settled, {
    broken: {
      off: [{ enableEncryptionAtHost: false }, "enableEncryptionAtHost is false; must be true"],
      "the system pool": [
        [changed(cluster, { [`${inline}.enableEncryptionAtHost`]: undefined })],
        `${inline}.enableEncryptionAtHost is absent; must be true`,
      ],
    },
    absent: {
      "Azure's default is off": [
        { enableEncryptionAtHost: undefined },
        "enableEncryptionAtHost is absent; must be true",
      ],
    },
    unknown: { "the flag": [{ enableEncryptionAtHost: unknownValue }, "?enableEncryptionAtHost"] },
    notApplicable: otherType,
  }),
  table(npOsDisk, settled, {
    compliant: {
      "an ephemeral one that fits": [{ vmSize: sizes.general, osDiskType: "Ephemeral", osDiskSizeGB: 128 }],
      "exactly what fits": [{ vmSize: "Standard_D4ds_v5", osDiskType: "Ephemeral", osDiskSizeGB: 150 }],
      "one of the size that Azure takes": [{ vmSize: "Standard_D4ds_v5", osDiskType: "Ephemeral" }],
      "a managed one of any size": [{ vmSize: "Standard_D4ds_v5", osDiskSizeGB: 256 }],
      "one on a size of which nobody knows what fits": [
        { vmSize: "Standard_ND128isr_GB300_v6", osDiskType: "Ephemeral", osDiskSizeGB: 5000 },
      ],
    },
    broken: {
      "an ephemeral one that does not fit": [
        { vmSize: "Standard_D4ds_v5", osDiskType: "Ephemeral", osDiskSizeGB: 256 },
        "osDiskSizeGB is 256; must be at most 150, which Standard_D4ds_v5 has room for",
      ],
      "a kind that does not exist": [{ osDiskType: "Local" }, 'osDiskType is "Local"; must be Managed or Ephemeral'],
      "an ephemeral one where there is no room at all": [
        { vmSize: "Standard_D4s_v5", osDiskType: "Ephemeral" },
        'osDiskType is "Ephemeral"; must be Managed on Standard_D4s_v5',
      ],
      "one too many": [
        { vmSize: "Standard_D4ds_v5", osDiskType: "Ephemeral", osDiskSizeGB: 151 },
        "osDiskSizeGB is 151; must be at most 150, which Standard_D4ds_v5 has room for",
      ],
      "an ephemeral one of the system pool": [
        [
          changed(cluster, {
            [`${inline}.vmSize`]: "Standard_D4ds_v5",
            [`${inline}.osDiskType`]: "Ephemeral",
            [`${inline}.osDiskSizeGB`]: 256,
          }),
        ],
        `${inline}.osDiskSizeGB is 256; must be at most 150, which Standard_D4ds_v5 has room for`,
      ],
    },
    absent: { "the kind": [{ osDiskType: undefined }, "osDiskType is absent; must be Managed or Ephemeral"] },
    unknown: {
      "the kind": [{ osDiskType: unknownValue }, "?osDiskType"],
      "the size of the disk": [
        { vmSize: sizes.general, osDiskType: "Ephemeral", osDiskSizeGB: unknownValue },
        "?osDiskSizeGB",
      ],
    },
    notApplicable: otherType,
  }),
  table(npTypeVmss, settled, {
    broken: {
      "loose VMs": [
        { type: "VirtualMachines" },
        'type is "VirtualMachines"; must be absent or VirtualMachineScaleSets',
      ],
      "an availability set of the system pool": [
        [changed(cluster, { [`${inline}.type`]: "AvailabilitySet" })],
        `${inline}.type is "AvailabilitySet"; must be absent or VirtualMachineScaleSets`,
      ],
    },
    absent: { "the type: it is a scale set": [{ type: undefined }] },
    unknown: { "the type": [{ type: unknownValue }, "?type"] },
    notApplicable: otherType,
  }),
  table(npOsSku, changed(settled, { vmSize: systems, osSKU: "Ubuntu2204" }), {
    compliant: {
      "any on a size that AKS says nothing of": [{ vmSize: "Standard_NCC40ads_H100_v5", osSKU: "Mariner" }],
    },
    broken: {
      "a system without a driver": [
        { osSKU: "Mariner" },
        `osSKU is "Mariner"; must be one of ${(findVmSize(systems)?.aks?.osSkus ?? []).join(", ")} on ${systems}`,
      ],
    },
    absent: {
      "the system, which moves": [
        { osSKU: undefined },
        `osSKU is absent; must be one of ${(findVmSize(systems)?.aks?.osSkus ?? []).join(", ")} on ${systems}`,
      ],
    },
    unknown: { "the system": [{ osSKU: unknownValue }, "?osSKU"] },
    notApplicable: general,
  }),
  table(npSecureBootVsDriver, changed(settled, { [secureBoot]: false }), {
    compliant: { "the signed driver of AKS": [{ [driver]: "Install", [secureBoot]: true }] },
    broken: { on: [{ [secureBoot]: true }, `${secureBoot} is true; must not be true`] },
    absent: { "the flag: it is off": [{ [secureBoot]: undefined }] },
    unknown: { "the flag": [{ [secureBoot]: unknownValue }, `?${secureBoot}`] },
    notApplicable: { "a general size": [{ vmSize: sizes.general, [secureBoot]: true }] },
  }),
  table(npTopologyManager, settled, {
    compliant: {
      ...Object.fromEntries(["restricted", "single-numa-node", "none"].map((it) => [it, [{ [policy]: it }]])),
    },
    broken: {
      nonsense: [
        { [policy]: "near" },
        `${policy} is "near"; must be best-effort, restricted, single-numa-node or none`,
      ],
    },
    absent: {
      "the policy": [
        { kubeletConfig: undefined },
        `${policy} is absent; must be best-effort, restricted, single-numa-node or none`,
      ],
    },
    unknown: { "the policy": [{ [policy]: unknownValue }, `?${policy}`] },
    notApplicable: general,
  }),
  table(npScaleDownDelete, settled, {
    broken: {
      "nodes that are kept": [
        { scaleDownMode: "Deallocate" },
        'scaleDownMode is "Deallocate"; must be absent or Delete',
      ],
    },
    absent: { "the mode: it is Delete": [{ scaleDownMode: undefined }] },
    unknown: { "the mode": [{ scaleDownMode: unknownValue }, "?scaleDownMode"] },
    notApplicable: general,
  }),
  table(npNoSystemLabels, settled, {
    compliant: {
      "a label that looks alike": [{ nodeLabels: { "mykubernetes.azure.com/x": "1" } }],
      "a label of Kubernetes' own": [
        { nodeLabels: { "kubernetes.azure.com.example/x": "1", "x/kubernetes.azure.com": "1" } },
      ],
    },
    broken: {
      "a label of AKS": [
        { nodeLabels: { "kubernetes.azure.com/mode": "user" } },
        'nodeLabels["kubernetes.azure.com/mode"] is "user"; must be absent: AKS owns the prefix',
      ],
      "one of the system pool": [
        [changed(cluster, { [`${inline}.nodeLabels`]: { "node.kubernetes.azure.com/x": "1" } })],
        `${inline}.nodeLabels["node.kubernetes.azure.com/x"] is "1"; must be absent: AKS owns the prefix`,
      ],
      "a second label": [
        { nodeLabels: { "example.com/team": "vision", "kubernetes.azure.com/x": "1" } },
        'nodeLabels["kubernetes.azure.com/x"] is "1"; must be absent: AKS owns the prefix',
      ],
    },
    absent: { "all labels": [{ nodeLabels: undefined }] },
    unknown: { "the labels": [{ nodeLabels: unknownValue }, "?nodeLabels"] },
    notApplicable: otherType,
  }),
];
