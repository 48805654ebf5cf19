import { describe, expect, it } from "vitest";
import { describeProblem, MisconfiguredError } from "../../core/problems";
import { judge } from "../../policies/engine/judge";
import { record } from "../../preview/record";
import { summarise } from "../../preview/summary/summary";
import { projectName } from "../../stacks/config/sections";
import { deploy } from "../../stacks/deploy";
import type { Environment } from "../../stacks/environment";
import { readEnvironment } from "../../stacks/read-environment";
import { allOf, only } from "../recorded";
import { today } from "../stack-files";

const admins = "11111111-1111-4111-8111-111111111111";

function read(storage: object, slurm: object = {}): Environment {
  const sections = {
    environment: { kind: "staging", owner: "ml-platform", costCenter: "research" },
    layers: ["infra"],
    network: { addressSpace: "10.64.0.0/16", podCidr: "10.96.0.0/16", serviceCidr: "10.112.0.0/16" },
    cluster: { kubernetesVersion: "1.36", adminGroupObjectIds: [admins], systemPool: {} },
    scaleSets: {
      slurm: {
        size: "Standard_ND96isr_H100_v5",
        nodes: 2,
        imageVersion: "24.04.2026072901",
        sshPublicKeys: [`ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${"A".repeat(43)} somebody`],
        slurm,
      },
    },
    storage,
  };
  const values = Object.fromEntries(
    Object.entries(sections).map(([name, it]) => [`${projectName}:${name}`, JSON.stringify(it)]),
  );
  return readEnvironment({
    stack: "lab",
    values: { "azure-native:location": "eastus", "pulumi:disable-default-providers": '["kubernetes"]', ...values },
    today,
  });
}

describe("a scale set with Slurm", () => {
  it("keeps its key in a container that the machines see no files of, and that only they may open", async () => {
    const plan = await record({ stack: "lab", program: () => deploy(read({ blob: {} })) });
    const containers = allOf(plan, "azure-native:storage:BlobContainer").map((it) => it.inputs["containerName"]);
    expect(containers).toEqual(["scale-set-slurm", "scale-set-slurm-key"]);
    const grant = only(plan, "azure-native:authorization:RoleAssignment", "scale-set-slurm-key-blob");
    expect(grant.inputs).toMatchObject({
      scope: expect.stringMatching(/\/blobServices\/default\/containers\/scale-set-slurm-key$/) as string,
      principalType: "ServicePrincipal",
    });
    expect(grant.dependencies).toContain(only(plan, "azure-native:managedidentity:UserAssignedIdentity", "slurm").urn);
    const boot = plan.resources.flatMap(
      ({ inputs }) => /"customData":"([^"]*)"/.exec(JSON.stringify(inputs))?.[1] ?? [],
    );
    const texts = boot.map((it) => Buffer.from(it, "base64").toString());
    expect(texts).toHaveLength(2);
    for (const text of texts) {
      expect(text).toContain(".blob.core.windows.net/scale-set-slurm-key/munge.key");
      expect(text).toContain("container: scale-set-slurm\n");
    }
  });

  it("lets those in who administer the cluster, on the head, too", async () => {
    const plan = await record({ stack: "lab", program: () => deploy(read({ blob: {} })) });
    const grant = only(plan, "azure-native:authorization:RoleAssignment", "slurm-head-login-1");
    expect(grant.inputs).toMatchObject({
      scope: expect.stringMatching(/\/virtualMachines\/vm-gpu-lab-eastus-slurm-head$/) as string,
      principalId: admins,
      principalType: "Group",
    });
  });

  it("stands in the bill with its head, and passes the policies", async () => {
    const environment = read({ blob: {} }, { head: { size: "Standard_D8ds_v5" } });
    const { resources } = await record({ stack: "lab", program: () => deploy(environment) });
    const made = resources.filter((it) => it.custom);
    const head = summarise(made, "eastus").nodeGroups.find(({ name }) => name === "vm-gpu-lab-eastus-slurm-head");
    expect(head).toMatchObject({
      kind: "virtual machine",
      size: "Standard_D8ds_v5",
      minNodes: 1,
      maxNodes: 1,
      gpus: 0,
    });
    expect(head?.idleUsdPerHour).toBeGreaterThan(0);
    const findings = judge(resources, "prod", { today });
    expect(findings.filter(({ urn }) => urn.includes("slurm-head"))).toEqual([]);
  });

  it("fails without storage.blob", () => {
    const problems = ((): string[] => {
      try {
        read({});
      } catch (error) {
        if (error instanceof MisconfiguredError) return error.problems.map(describeProblem);
        throw error;
      }
      return [];
    })();
    expect(problems).toEqual([
      expect.stringMatching(
        /^scaleSets\.slurm\.slurm.*: needs storage\.blob: there lies the key by which the machines of the cluster know one another\. Write storage: \{ blob: \{\} \}, or leave slurm out$/,
      ),
    ]);
  });
});
