import { describe, expect, it } from "vitest";
import { record } from "../../preview/record";
import type { RecordedPlan } from "../../preview/recorded-plan";
import { deploy } from "../../stacks/deploy";
import { readEnvironment } from "../../stacks/read-environment";
import { projectName } from "../../stacks/config/sections";
import { allOf, only } from "../recorded";
import { today } from "../stack-files";

const scaleSet = {
  size: "Standard_ND96isr_H100_v5",
  nodes: 2,
  imageVersion: "24.04.2026072901",
  sshPublicKeys: [`ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${"A".repeat(43)} somebody`],
};

async function planned(storage: object): Promise<RecordedPlan> {
  const sections = {
    environment: { kind: "staging", owner: "ml-platform", costCenter: "research" },
    layers: ["infra"],
    network: { addressSpace: "10.64.0.0/16", podCidr: "10.96.0.0/16", serviceCidr: "10.112.0.0/16" },
    cluster: {
      kubernetesVersion: "1.36",
      adminGroupObjectIds: ["11111111-1111-4111-8111-111111111111"],
      systemPool: {},
    },
    scaleSets: { slurm: scaleSet, ray: scaleSet },
    storage,
  };
  const values = Object.fromEntries(
    Object.entries(sections).map(([name, it]) => [`${projectName}:${name}`, JSON.stringify(it)]),
  );
  const environment = readEnvironment({
    stack: "lab",
    values: { "azure-native:location": "eastus", "pulumi:disable-default-providers": '["kubernetes"]', ...values },
    today,
  });
  return record({ stack: "lab", program: () => deploy(environment) });
}

function bootData({ inputs }: { readonly inputs: Readonly<Record<string, unknown>> }): string {
  const [, data = ""] = /"customData":"([^"]*)"/.exec(JSON.stringify(inputs)) ?? [];
  return Buffer.from(data, "base64").toString();
}

describe("a scale set beside a Blob store", () => {
  it("mounts a container of its own, and may write to that one only", async () => {
    const plan = await planned({ blob: {} });
    for (const name of ["slurm", "ray"]) {
      const container = only(plan, "azure-native:storage:BlobContainer", `scale-set-${name}`);
      expect(container.inputs["containerName"]).toBe(`scale-set-${name}`);
      const identity = only(plan, "azure-native:managedidentity:UserAssignedIdentity", name);
      const grant = only(plan, "azure-native:authorization:RoleAssignment", `scale-set-${name}-blob`);
      expect(grant.inputs).toMatchObject({
        scope: expect.stringMatching(
          new RegExp(`/storageAccounts/stgpulab\\w+/blobServices/default/containers/scale-set-${name}$`),
        ) as string,
        principalType: "ServicePrincipal",
        roleDefinitionId: expect.stringMatching(/ba92f5b4-2d11-453d-a403-e96b0029c9fe$/) as string,
      });
      expect(grant.dependencies).toContain(identity.urn);
      const text = bootData(only(plan, "azure-native:compute:VirtualMachineScaleSet", name));
      expect(text).toContain(`container: scale-set-${name}\n`);
    }
  });

  it("has no container and no mount without one", async () => {
    const plan = await planned({});
    expect(allOf(plan, "azure-native:storage:BlobContainer")).toEqual([]);
    expect(bootData(only(plan, "azure-native:compute:VirtualMachineScaleSet", "slurm"))).not.toContain("blob");
  });
});
