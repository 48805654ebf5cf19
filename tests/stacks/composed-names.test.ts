import { copyFileSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { parseArmId } from "../../azure/arm-id";
import { allowsName } from "../../azure/name-rule";
import { nameRuleOf } from "../../azure/rows";
import { items, record, text } from "../../core/property-tree";
import { describeProblem, MisconfiguredError } from "../../core/problems";
import { preview } from "../../preview/preview";
import { loadEnvironment } from "../../stacks/load-environment";
import { today } from "../stack-files";

const uuid = (digit: number): string => `${digit}`.repeat(8) + "-1111-4111-8111-111111111111";
const someId = (type: string, name: string): string =>
  `/subscriptions/${uuid(9)}/resourceGroups/${"g".repeat(90)}/providers/${type}/${name}`;
const key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJNqtNuPnunKIdXsYGz0XPVC91O3nZTP6HgsUNfWBbAo";
const longestStack = "s".repeat(24);

/** A stack file in which each name that people choose is as long as it may be, but for the scale set's. */
function longest(location: string, scaleSet: string): string {
  const file = path.join(mkdtempSync(path.join(tmpdir(), "names-")), `Pulumi.${longestStack}.yaml`);
  const machine = `size: Standard_ND96isr_H100_v5, nodes: 2, imageVersion: 24.04.2026072901, sshPublicKeys: ["${key}"]`;
  writeFileSync(
    file,
    `config:
  azure-native:location: ${location}
  pulumi:disable-default-providers: [kubernetes]
  azure-gpu-cluster:environment: { kind: prod, workload: abcdefgh, owner: a, costCenter: b }
  azure-gpu-cluster:network:
    addressSpace: 10.64.0.0/18
    podCidr: 10.96.0.0/18
    serviceCidr: 10.112.0.0/16
    peers:
      ${"p".repeat(40)}:
        virtualNetworkResourceId: ${someId("Microsoft.Network/virtualNetworks", "v".repeat(64))}
        addressSpace: [10.0.0.0/16]
        mayReach: [endpoints]
  azure-gpu-cluster:cluster:
    kubernetesVersion: "1.36"
    apiServer: private
    adminGroupObjectIds: [${uuid(1)}]
    systemPool: { nodes: 3, size: Standard_D8ds_v5 }
  azure-gpu-cluster:gpuPools:
    abcdefghi: { size: Standard_ND96isr_H100_v5, domains: 2, minNodes: 1, maxNodes: 1 }
  azure-gpu-cluster:cpuPools:
    ${"c".repeat(12)}: { size: Standard_D8ds_v5, nodes: 1 }
  azure-gpu-cluster:scaleSets:
    ${scaleSet}: { ${machine} }
  azure-gpu-cluster:runner: { imageVersion: 24.04.202609040, sshPublicKeys: ["${key}"] }
  azure-gpu-cluster:registries:
    ${"r".repeat(20)}: { resourceId: ${someId("Microsoft.ContainerRegistry/registries", "c".repeat(50))} }
  azure-gpu-cluster:auditTrail: {}
  azure-gpu-cluster:metrics: {}
  azure-gpu-cluster:storage:
    lustre: { tier: AMLFS-Durable-Premium-250, sizeTiB: 16, zone: "1" }
    blob: {}
  azure-gpu-cluster:trainingTeams:
    ${"t".repeat(40)}: { pool: abcdefghi, gpus: 8, groupObjectId: ${uuid(2)}, reach: [apiServer, entra] }
  azure-gpu-cluster:inferenceTeams:
    ${"i".repeat(40)}: { pool: abcdefghi, gpus: 4, groupObjectId: ${uuid(3)}, costCenter: ${"x".repeat(63)} }
  azure-gpu-cluster:notebookTeams:
    ${"n".repeat(40)}: { pool: abcdefghi, gpus: 4, groupObjectId: ${uuid(4)} }
`,
  );
  return file;
}

/** What is wrong with a file, one line each. */
function told(file: string): string[] {
  try {
    loadEnvironment(file, today);
    return [];
  } catch (error) {
    if (!(error instanceof MisconfiguredError)) throw error;
    return error.problems.map(describeProblem);
  }
}

describe("names that are put together", () => {
  it("are names for Azure and for Kubernetes where every part is as long as it may be", async () => {
    const file = longest("eastus2", "x".repeat(12));
    const { plan } = await preview(file, { today });
    const wrong = plan.resources.flatMap(({ type, id, inputs }) => {
      if (type.startsWith("azure-native:")) {
        const name = parseArmId(id)?.names.at(-1) ?? "";
        const rule = nameRuleOf(type);
        return rule === null || allowsName(rule, name) ? [] : [`${type} ${name}`];
      }
      if (!type.startsWith("kubernetes:")) return [];
      const labels = Object.entries(record(inputs, "metadata.labels")).flatMap(([label, value]) =>
        String(value).length <= 63 && (label.split("/").at(-1) ?? "").length <= 63 ? [] : [`${type} ${label}`],
      );
      const name = text(inputs, "metadata.name") ?? "";
      const most = type.endsWith(":Namespace") || type.endsWith(":Service") ? 63 : 253;
      const dns = name.length <= most && /^[a-z0-9]([a-z0-9:.-]*[a-z0-9])?$/.test(name);
      return [...labels, ...(dns || type.endsWith(":Release") ? [] : [`${type} ${name}`])];
    });
    expect(wrong).toEqual([]);
    const group = plan.resources.find((it) => it.type.endsWith(":ManagedCluster"))?.inputs;
    expect(String(group?.["nodeResourceGroup"]).length).toBeLessThanOrEqual(80);
    expect(String(group?.["dnsPrefix"]).length).toBeLessThanOrEqual(54);
    expect(items(group, "agentPoolProfiles")).toHaveLength(1);
  });

  it.each([
    [
      "a scale set",
      "southcentralus",
      "x".repeat(12),
      "scaleSets.xxxxxxxxxxxx.name (line 24)",
      "VirtualMachineScaleSet",
      2,
    ],
    ["an endpoint of Blob storage", "germanywestcentral", "x", "storage.blob.name (line 32)", "PrivateEndpoint", 2],
  ])("are refused before anything is made: %s", (_, location, scaleSet, at, type, over) => {
    const said = told(longest(location, scaleSet)).filter((it) => it.includes("must lead to"));
    expect(said[0]).toContain(`${at}: must lead to a name that Azure takes for `);
    expect(said.join("\n")).toContain(type);
    expect(said[0]).toContain(
      `Shorten environment.workload, the name of the stack or that of the component by ${over} characters together`,
    );
  });

  it.each(["runner", "registry"])("never meet: no scale set is called %s", (name) => {
    expect(told(longest("eastus2", name))).toContainEqual(
      expect.stringContaining(`scaleSets.${name} (line 24): name must not be runner or registry`),
    );
  });

  it("do not follow from a name of the stack that was refused", () => {
    const file = longest("eastus2", "x");
    const other = path.join(path.dirname(file), "Pulumi.Test.EU_1.yaml");
    copyFileSync(file, other);
    expect(told(other)).toEqual([expect.stringContaining("stack (the name of the file): name must be 1 to 24")]);
  });
});
