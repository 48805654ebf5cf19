import { describe, expect, it } from "vitest";
import { cloudInit } from "../../../../components/compute/runner/cloud-init";
import { planRunner, type RunnerPlan } from "../../../../components/compute/runner/plan";
import type { RunnerShape } from "../../../../components/compute/runner/shape";
import { place, problemsOf } from "../../../recorded";

const key = `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${"A".repeat(43)}`;
const shape: RunnerShape = { imageVersion: "24.04.202609040", sshPublicKeys: [key] };
const planned = (more: Partial<RunnerShape> = {}): RunnerPlan => planRunner("runner", { ...shape, ...more }, place);

describe("planRunner", () => {
  it("plans one machine without a public address or a password, on a disk that need not outlive it", () => {
    const { scaleSet, subnets, infiniband, identity } = planned();
    expect(subnets).toEqual([{ role: "runner", addresses: 1, what: "runners" }]);
    expect(infiniband).toBe(false);
    expect(identity).toEqual({ location: "eastus", resourceName: "id-gpu-dev-eastus-runner" });
    expect(scaleSet).toMatchObject({
      vmScaleSetName: "vmss-gpu-dev-eastus-runner",
      sku: { name: "Standard_D4ds_v5", capacity: 1 },
      identity: { type: "SystemAssigned, UserAssigned" },
      virtualMachineProfile: {
        osProfile: {
          customData: Buffer.from(cloudInit()).toString("base64"),
          linuxConfiguration: { disablePasswordAuthentication: true, ssh: { publicKeys: [{ keyData: key }] } },
        },
        storageProfile: {
          imageReference: {
            publisher: "Canonical",
            offer: "ubuntu-24_04-lts",
            sku: "server",
            version: "24.04.202609040",
          },
          osDisk: { diskSizeGB: 64, diffDiskSettings: { option: "Local", placement: "ResourceDisk" } },
        },
        securityProfile: { encryptionAtHost: true },
        extensionProfile: { extensions: [{ name: "entra-login", type: "AADSSHLoginForLinux" }] },
      },
    });
    expect(scaleSet.zones).toBe(undefined);
  });

  it("keeps to a zone that is asked for", () => {
    expect(planned({ zone: "2" }).scaleSet.zones).toEqual(["2"]);
  });

  it.each([
    ["GPUs", { size: "Standard_ND96isr_H100_v5" }, /^size: must be a general-purpose x64 size of the catalogue/],
    ["another processor", { size: "Standard_D8pds_v6" }, /^size: must be a general-purpose x64 size of the catalogue/],
    ["a moving image", { imageVersion: "latest" }, /^imageVersion: must be an exact version of Ubuntu 24\.04/],
    ["an image of another release", { imageVersion: "22.04.202609040" }, /^imageVersion: must be an exact version/],
    ["nobody's key", { sshPublicKeys: [] }, /^sshPublicKeys: must hold at least one public key/],
    ["a private key", { sshPublicKeys: ["-----BEGIN KEY-----"] }, /^sshPublicKeys\[0\]: must be one line of a public/],
    ["a zone that is none", { zone: "4" }, /^zone: must be one of 1, 2, 3/],
  ] satisfies [string, Partial<RunnerShape>, RegExp][])("refuses %s", (_, more, problem) => {
    expect(problemsOf(() => planned(more))).toEqual([expect.stringMatching(problem)]);
  });
});
