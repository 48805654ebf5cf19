import { describe, expect, it } from "vitest";
import { GpuScaleSet } from "../../../../components/compute/gpu-scale-set/gpu-scale-set";
import { planRunner } from "../../../../components/compute/runner/plan";
import { Runner, type RunnerArgs } from "../../../../components/compute/runner/runner";
import type { RunnerShape } from "../../../../components/compute/runner/shape";
import { idOf, only, place, problemsOf, recorded, refused, scope, tree } from "../../../recorded";

const type = "azure-native:compute:VirtualMachineScaleSet";
const shape: RunnerShape = {
  imageVersion: "24.04.202609040",
  sshPublicKeys: [`ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${"A".repeat(43)}`],
};
const wires = { scope, subnetResourceId: idOf("Microsoft.Network/virtualNetworks/vnet/subnets/snet-runner") };
const args = { ...shape, ...wires } satisfies RunnerArgs;

describe("Runner", () => {
  it("is one scale set with an identity and no public address", async () => {
    const plan = await recorded(() => new Runner("runner", args));
    expect(tree(plan)).toEqual([
      "Runner runner",
      "UserAssignedIdentity runner < Runner runner",
      "VirtualMachineScaleSet runner < Runner runner",
    ]);
    const { scaleSet } = planRunner("runner", shape, place);
    const made = only(plan, type);
    expect(made.inputs).toMatchObject({
      ...scaleSet,
      resourceGroupName: "rg-test",
      tags: scope.tags,
      identity: {
        type: "SystemAssigned, UserAssigned",
        userAssignedIdentities: [idOf("Microsoft.ManagedIdentity/userAssignedIdentities/id-gpu-dev-eastus-runner")],
      },
    });
    expect(JSON.stringify(made.inputs)).toContain(wires.subnetResourceId);
    expect(JSON.stringify(made.inputs)).not.toMatch(/publicIP/i);
    expect(made.options.deleteBeforeReplace).toBe(true);
  });

  it("is told by a plan what it is told by a shape", async () => {
    const plan = planRunner("runner", shape, place);
    const byPlan = await recorded(() => new Runner("runner", { ...wires, plan }));
    expect(byPlan.resources).toEqual((await recorded(() => new Runner("runner", args))).resources);
  });

  it("fails before anything is registered", async () => {
    expect(await refused(() => new Runner("runner", { ...args, sshPublicKeys: [] }))).toEqual({
      problems: [
        "sshPublicKeys: must hold at least one public key: passwords are off. Make one with ssh-keygen -t ed25519, and take the line of its .pub file",
      ],
      made: [],
    });
  });

  it("shares no name with a bare scale set", async () => {
    await recorded(() => {
      new Runner("runner", args);
      const bare = { size: "Standard_ND96isr_H100_v5", nodes: 1, imageVersion: "24.04.2026072901" };
      expect(problemsOf(() => new GpuScaleSet("runner", { ...args, ...bare }))).toEqual([
        'name: must be one that no other of this kind has; got "vmss-gpu-dev-eastus-runner". Give the component another name',
      ]);
    });
  });
});
