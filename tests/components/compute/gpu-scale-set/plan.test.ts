import { describe, expect, it } from "vitest";
import { findVmSize, vmSizes } from "../../../../catalog/vm-sizes";
import { cloudInit } from "../../../../components/compute/gpu-scale-set/cloud-init";
import { nothingShared } from "../../../../components/compute/shared-files";
import { planGpuScaleSet, type GpuScaleSetPlan } from "../../../../components/compute/gpu-scale-set/plan";
import type { GpuScaleSetShape } from "../../../../components/compute/gpu-scale-set/shape";
import { MisconfiguredError } from "../../../../core/problems";
import { place, problemsOf } from "../../../recorded";

const h100 = "Standard_ND96isr_H100_v5";
const nc40 = "Standard_NC40ads_H100_v5";
const hb176 = "Standard_HB176rs_v4";
const key = `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${"A".repeat(43)} admin@example`;
/** Without an image. */
const imageless = { size: h100, nodes: 2, sshPublicKeys: [key] } satisfies GpuScaleSetShape;
const shape: GpuScaleSetShape = { ...imageless, imageVersion: "24.04.2026072901" };
/** A plan in a region that sells the size. */
const plan = (shape: GpuScaleSetShape, name = "slurm"): GpuScaleSetPlan =>
  planGpuScaleSet(name, shape, { ...place, location: findVmSize(shape.size)?.price?.region ?? "eastus" });
/** What the nodes of a plan are made from. */
const profile = (shape: GpuScaleSetShape): GpuScaleSetPlan["scaleSet"]["virtualMachineProfile"] =>
  plan(shape).scaleSet.virtualMachineProfile;

const versionId =
  "/subscriptions/5f0c1c3e-8a51-4d0e-9c1c-0d6f3f7a2b11/resourceGroups/images/providers/Microsoft.Compute/galleries/gal/images/hpc/versions/2.1.0";

describe("planGpuScaleSet", () => {
  it("boots a version of somebody else's gallery instead, on a size as well that no marketplace image is for", () => {
    for (const size of [h100, "Standard_NV36ads_A10_v5"]) {
      const { storageProfile } = profile({ ...imageless, size, imageVersionResourceId: versionId });
      expect(storageProfile).toMatchObject({ imageReference: { id: versionId } });
    }
  });

  it("leaves the ID of an image of the environment's own to whoever has the gallery, for its head as well", () => {
    const { ownImage, slurm, scaleSet } = plan({
      ...imageless,
      slurm: {},
      ownImage: { name: "hpc", version: "1.0.0" },
    });
    expect(ownImage).toEqual({ name: "hpc", version: "1.0.0" });
    expect(scaleSet.virtualMachineProfile.storageProfile).toMatchObject({ imageReference: {} });
    expect(slurm?.machine.storageProfile.imageReference).toEqual({});
  });

  it("plans an InfiniBand scale set as one placement group of fixed size", () => {
    const virtualMachineProfile = {
      priority: "Regular",
      storageProfile: {
        imageReference: {
          publisher: "microsoft-dsvm",
          offer: "ubuntu-hpc",
          sku: "2404",
          version: "24.04.2026072901",
        },
        osDisk: {
          createOption: "FromImage",
          diskSizeGB: 256,
          caching: "ReadWrite",
          managedDisk: { storageAccountType: "Premium_LRS" },
        },
      },
      securityProfile: {
        encryptionAtHost: true,
        securityType: "TrustedLaunch",
        uefiSettings: { secureBootEnabled: false, vTpmEnabled: true },
      },
      scheduledEventsProfile: { terminateNotificationProfile: { enable: true, notBeforeTimeout: "PT15M" } },
      extensionProfile: {
        extensions: [
          {
            name: "health",
            publisher: "Microsoft.ManagedServices",
            type: "ApplicationHealthLinux",
            typeHandlerVersion: "1.0",
            autoUpgradeMinorVersion: true,
            settings: {
              protocol: "http",
              port: 8642,
              requestPath: "/healthz",
              intervalInSeconds: 30,
              numberOfProbes: 3,
            },
          },
          {
            name: "entra-login",
            publisher: "Microsoft.Azure.ActiveDirectory",
            type: "AADSSHLoginForLinux",
            typeHandlerVersion: "1.0",
            autoUpgradeMinorVersion: true,
          },
        ],
      },
    };
    expect(plan(shape)).toEqual({
      size: findVmSize(h100),
      nodeSetup: {
        namePrefix: "slurm-",
        scratchPath: "/mnt/resource_nvme",
        gpus: 8,
        gpuVendor: "nvidia",
        infinibandPorts: 8,
        healthPort: 8642,
        environment: expect.objectContaining({
          NCCL_P2P_NET_CHUNKSIZE: "2097152",
          UCX_NET_DEVICES: "mlx5_ib0:1",
        }) as unknown,
      },
      domainLimit: null,
      ownImage: null,
      slurm: null,
      infiniband: true,
      subnets: [{ role: "scaleSets", addresses: 2, what: "scale-set nodes" }],
      identity: { location: "eastus", resourceName: "id-gpu-dev-eastus-vmss-slurm" },
      osProfile: {
        computerNamePrefix: "slurm-",
        adminUsername: "azureuser",
        linuxConfiguration: {
          disablePasswordAuthentication: true,
          provisionVMAgent: true,
          ssh: { publicKeys: [{ keyData: key, path: "/home/azureuser/.ssh/authorized_keys" }] },
        },
      },
      networkInterface: {
        name: "front-end",
        primary: true,
        enableAcceleratedNetworking: true,
        enableIPForwarding: false,
      },
      ipConfiguration: { name: "front-end", primary: true },
      scaleSet: {
        location: "eastus",
        vmScaleSetName: "vmss-gpu-dev-eastus-slurm",
        tags: { localData: "disposable", ibDomain: "slurm" },
        identity: { type: "SystemAssigned, UserAssigned" },
        sku: { name: h100, tier: "Standard", capacity: 2 },
        orchestrationMode: "Uniform",
        singlePlacementGroup: true,
        overprovision: false,
        platformFaultDomainCount: 1,
        upgradePolicy: { mode: "Manual" },
        virtualMachineProfile,
      },
    });
  });

  it("spreads over placement groups where there is no fabric to keep together, in one zone", () => {
    const { scaleSet, infiniband, subnets } = plan({ ...shape, size: nc40, nodes: 1000, zone: "2" }, "ray");
    expect(infiniband).toBe(false);
    expect(subnets).toEqual([{ role: "scaleSets", addresses: 1000, what: "scale-set nodes" }]);
    expect(scaleSet).toEqual({
      virtualMachineProfile: plan({ ...shape, size: nc40 }, "ray").scaleSet.virtualMachineProfile,
      location: "eastus",
      vmScaleSetName: "vmss-gpu-dev-eastus-ray",
      tags: { localData: "disposable" },
      identity: { type: "SystemAssigned, UserAssigned" },
      sku: { name: nc40, tier: "Standard", capacity: 1000 },
      orchestrationMode: "Uniform",
      singlePlacementGroup: false,
      overprovision: false,
      platformFaultDomainCount: 1,
      upgradePolicy: { mode: "Manual" },
      zones: ["2"],
    });
  });

  const measured = { securityType: "TrustedLaunch", uefiSettings: { secureBootEnabled: false, vTpmEnabled: true } };
  it.each([
    [
      "measures the boot of a size that can, without Secure Boot that would refuse the fabric's modules",
      hb176,
      {},
      measured,
    ],
    ["measures the boot of a size of which no source speaks, but its family", h100, {}, measured],
    ["says when it shall not", h100, { securityType: "standard" }, { securityType: "Standard" }],
    ["says nothing of a size that cannot, for Azure has no default there", "Standard_ND96asr_v4", {}, {}],
  ] satisfies [string, string, Partial<GpuScaleSetShape>, object][])("%s", (_, size, more, security) => {
    expect(profile({ ...shape, size, ...more }).securityProfile).toEqual({ encryptionAtHost: true, ...security });
  });

  it.each([
    ["on the temporary disk", h100, 1024, "ResourceDisk"],
    ["on an NVMe disk when the temporary one is too small", h100, 1025, "NvmeDisk"],
    ["on the temporary disk of an HPC size", hb176, 480, "ResourceDisk"],
  ])("puts an ephemeral OS disk %s", (_, size, osDiskGiB, placement) => {
    expect(profile({ ...shape, size, osDisk: "ephemeral", osDiskGiB }).storageProfile).toMatchObject({
      osDisk: {
        createOption: "FromImage",
        diskSizeGB: osDiskGiB,
        caching: "ReadOnly",
        diffDiskSettings: { option: "Local", placement },
        managedDisk: { storageAccountType: "Standard_LRS" },
      },
    });
  });

  it.each(["managed", "ephemeral"] as const)("encrypts a %s OS disk with a key of somebody's", (osDisk) => {
    const id =
      "/subscriptions/5f0c1c3e-8a51-4d0e-9c1c-0d6f3f7a2b11/resourceGroups/keys/providers/Microsoft.Compute/diskEncryptionSets/disks";
    expect(profile({ ...shape, osDisk, diskEncryptionSetResourceId: id }).storageProfile).toMatchObject({
      osDisk: { managedDisk: { diskEncryptionSet: { id } } },
    });
    expect(() => plan({ ...shape, diskEncryptionSetResourceId: "disks" })).toThrow(
      "diskEncryptionSetResourceId: must be the ARM ID of a disk encryption set",
    );
  });

  it("stripes the NVMe disks that an ephemeral OS disk leaves, and none where it takes the only one", () => {
    const textFor = (size: string): string => bootText({ ...shape, size, osDisk: "ephemeral", osDiskGiB: 800 });
    // A disk with partitions has more than one line of its own.
    expect(textFor("Standard_NC48ads_A100_v4")).toContain(`[ "$(lsblk -nro NAME "$disk" | grep -vc '^md')" -eq 1 ]`);
    expect(textFor("Standard_NC24ads_A100_v4")).not.toMatch(/mdadm|local-scratch/);
  });

  it("takes administrator, keys and raw disks as given", () => {
    const keys = [key, `ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQD${"B".repeat(341)}`];
    const given: GpuScaleSetShape = { ...shape, adminUsername: "ops-1", sshPublicKeys: keys, scratch: "none" };
    expect(plan(given).osProfile).toMatchObject({
      adminUsername: "ops-1",
      linuxConfiguration: {
        ssh: { publicKeys: keys.map((keyData) => ({ keyData, path: "/home/ops-1/.ssh/authorized_keys" })) },
      },
    });
    expect(bootText(given)).not.toContain("mdadm");
  });

  it.each([
    ["a full domain", { nodes: 100 }],
    ["a raised domain", { nodes: 300, domainLimit: 300 }],
    ["the smallest disk", { osDiskGiB: 64 }],
    ["the largest disk", { osDiskGiB: 2048 }],
  ] satisfies [string, Partial<GpuScaleSetShape>][])("takes %s", (_, more) => {
    expect(plan({ ...shape, ...more }).scaleSet.sku).toMatchObject({ name: h100 });
  });
});

describe("planGpuScaleSet fails", () => {
  it("under the scale set's name, with every problem at once", () => {
    expect(() => plan({ ...shape, nodes: 0, imageVersion: "latest", sshPublicKeys: [] }, "Slurm")).toThrow(
      [
        "GPU scale set 'Slurm' is misconfigured:",
        '  name: must be 1 to 12 lowercase letters or digits and start with a letter; got "Slurm"',
        "  nodes: must be a whole number from 1 to 100: one InfiniBand domain is one scale set, and a larger one splits the fabric; got 0. Use 1",
        '  imageVersion: must be an exact version such as 24.04.2026072901, never latest; got "latest". az vm image list --all --publisher microsoft-dsvm --offer ubuntu-hpc',
        "  sshPublicKeys: must hold at least one public key: passwords are off. Make one with ssh-keygen -t ed25519, and take the line of its .pub file",
      ].join("\n"),
    );
  });

  const domain = "one InfiniBand domain is one scale set, and a larger one splits the fabric";
  it.each([
    [
      "with a domain above 100",
      { nodes: 101 },
      [`nodes: must be a whole number from 1 to 100: ${domain}; got 101. Use 100`],
    ],
    ["with part of a node", { nodes: 1.5 }, ["nodes: must be a whole number; got 1.5 (number). Use 1 or 2"]],
    [
      "above what a scale set holds",
      { size: nc40, nodes: 1001 },
      ["nodes: must be a whole number from 1 to 1000; got 1001. Use 1000"],
    ],
    [
      "with a domain that Azure never gives",
      { domainLimit: 301 },
      ["domainLimit: must be a whole number from 100 to 300; got 301. Use 300"],
    ],
    [
      "with a domain but no InfiniBand",
      { size: nc40, domainLimit: 100 },
      [
        `domainLimit: must be absent: ${nc40} has no InfiniBand; got 100. Leave it out, or choose a size with InfiniBand (docs/sizes.md)`,
      ],
    ],
    [
      "with scratch where there are no disks",
      { size: "Standard_ND40rs_v2", imageVersion: "22.04.2026072901", scratch: "local-nvme" },
      [
        'scratch: must be none: the catalogue knows no local NVMe disk of Standard_ND40rs_v2; got "local-nvme". Write scratch: none, or choose another size',
      ],
    ],
    [
      "with scratch on the disk that the OS takes",
      { size: "Standard_NC24ads_A100_v4", osDisk: "ephemeral", scratch: "local-nvme" },
      [
        'scratch: must be none: the ephemeral OS disk takes the only local NVMe disk of Standard_NC24ads_A100_v4; got "local-nvme". Write scratch: none, or choose another size',
      ],
    ],
    [
      "with a small disk",
      { osDiskGiB: 63 },
      ["osDiskGiB: must be a whole number from 64 to 2048; got 63. Use 64 or more"],
    ],
    [
      "with an ephemeral disk that fits nowhere",
      { size: "Standard_NC24ads_A100_v4", osDisk: "ephemeral", osDiskGiB: 900 },
      [
        'osDisk: must be managed: Standard_NC24ads_A100_v4 has no local disk of 900 GiB for it; got "ephemeral". Write osDisk: managed, or a smaller osDiskGiB',
      ],
    ],
    [
      "with a security type that the size has not",
      { size: "Standard_ND96asr_v4", securityType: "trusted-launch" },
      [
        'securityType: must be absent: Standard_ND96asr_v4 has no Trusted Launch; got "trusted-launch". Leave it out, or choose another size',
      ],
    ],
    [
      "with the image of another release",
      { imageVersion: "22.04.2025041101" },
      [
        `imageVersion: must be a version of image 2404, which ${h100} boots: 24.04 and a date, and of no other image; got "22.04.2025041101". az vm image list --all --publisher microsoft-dsvm --offer ubuntu-hpc --sku 2404`,
      ],
    ],
    [
      "with a version that is known of another image of the release",
      { imageVersion: "24.04.2026072801" },
      [
        `imageVersion: must be a version of image 2404, which ${h100} boots: 24.04 and a date, and of no other image; got "24.04.2026072801". az vm image list --all --publisher microsoft-dsvm --offer ubuntu-hpc --sku 2404`,
      ],
    ],
    ["with root as administrator", { adminUsername: "root" }, [expect.stringContaining("Azure refuses")]],
    ["with capitals in the administrator", { adminUsername: "Ops" }, [expect.stringContaining("32 lowercase")]],
    [
      "with a size that differs by one letter",
      { size: "Standard_ND96is_H100_v5" },
      [
        `size: must be a GPU or HPC size of the catalogue (docs/sizes.md); got "Standard_ND96is_H100_v5". Closest: ${h100}, Standard_ND96isr_H200_v5. If Azure has it, declare it with its figures (vmSizes)`,
      ],
    ],
    [
      "with something that is no size",
      { size: "banana" },
      [
        'size: must be a GPU or HPC size of the catalogue (docs/sizes.md); got "banana". docs/sizes.md lists them. If Azure has it, declare it with its figures (vmSizes)',
      ],
    ],
    [
      "with a rack",
      { size: "Standard_ND128isr_GB300_v6", nodes: 18 },
      [
        'size: comes as a rack of 18 nodes, which a scale set can only claim through an interconnect block (Compute API 2026-03-01, newer than the one of the pinned SDK); got "Standard_ND128isr_GB300_v6". Use an AKS pool (gpuPools)',
      ],
    ],
    [
      "with a vGPU size",
      { size: "Standard_NV36ads_A10_v5" },
      [
        'size: has no HPC marketplace image with its driver: vGPU sizes need the GRID driver that AKS installs; got "Standard_NV36ads_A10_v5". Use an AKS pool (gpuPools). Or boot an image of your own that has the driver (imageVersionResourceId)',
      ],
    ],
    [
      "with a size whose driver is in no image, although it is no vGPU of NVIDIA's",
      { size: "Standard_NV24ads_V710_v5" },
      [
        'size: has no HPC marketplace image with its driver: V710 needs another ROCm than the image for MI300X has; got "Standard_NV24ads_V710_v5". Use an AKS pool (gpuPools). Or boot an image of your own that has the driver (imageVersionResourceId)',
      ],
    ],
    [
      "with a confidential size, and sends nobody to AKS, which does not run it either",
      { size: "Standard_NCC40ads_H100_v5" },
      [
        'size: has no HPC marketplace image with its driver: a confidential VM needs an attested image; got "Standard_NCC40ads_H100_v5"',
      ],
    ],
    [
      "in a zone that is not there",
      { zone: "4" },
      ['zone: must be one of 1, 2, 3, in quotes; got "4". Write "1" for example'],
    ],
    [
      "with two images at once, which are told apart from a wrong one",
      { ownImage: { name: "hpc", version: "newest" } },
      [
        'imageVersion: must be there, or one of ownImage and imageVersionResourceId, and one alone; got "imageVersion and ownImage". Leave the others out',
        'ownImage.version: must be an exact version of three numbers below 2147483648, such as 1.0.0; got "newest". Count one up for each image, and write it in quotes',
      ],
    ],
  ] satisfies [string, Partial<GpuScaleSetShape>, string[]][])("%s", (_, more, lines) => {
    expect(problemsOf(() => plan({ ...shape, ...more }))).toEqual(lines);
  });

  it.each([
    ["without an image", {}, "imageVersion: must be there, or one of"],
    [
      "with the newest of a definition",
      { imageVersionResourceId: versionId.replace("2.1.0", "latest") },
      "imageVersionResourceId: must be an exact version",
    ],
    [
      "with a definition, which is not a version",
      { imageVersionResourceId: versionId.replace("/versions/2.1.0", "") },
      "imageVersionResourceId: must be the ARM ID of a version",
    ],
    [
      "with an image of one's own on a confidential size",
      { size: "Standard_NCC40ads_H100_v5", imageVersionResourceId: versionId },
      "size: has no HPC marketplace image with its driver: a confidential VM needs an attested image",
    ],
  ] satisfies [string, Partial<GpuScaleSetShape>, string][])("%s", (_, more, line) => {
    expect(problemsOf(() => plan({ ...imageless, ...more }))).toEqual([expect.stringContaining(line)]);
  });

  it("in a region that does not sell the size", () => {
    const h200 = "Standard_ND96isr_H200_v5";
    expect(problemsOf(() => planGpuScaleSet("slurm", { ...shape, size: h200 }, place))).toEqual([
      expect.stringMatching(
        /^size: is not sold in eastus: the price list has no row for it; got "Standard_ND96isr_H200_v5". Regions with a price: australiaeast, .*westus3$/,
      ),
    ]);
  });

  it.each([
    ["a private key", "-----BEGIN OPENSSH PRIVATE KEY-----\nc2VjcmV0c2VjcmV0\n-----END OPENSSH PRIVATE KEY-----"],
    ["a private key after a public one", `${key}\n-----BEGIN OPENSSH PRIVATE KEY-----`],
    ["a password", "c2VjcmV0c2VjcmV0"],
    ["an old kind of key", `ssh-dss ${"c2VjcmV0".repeat(20)}`],
    ["a file name", "~/.ssh/c2VjcmV0.pub"],
    ["two keys in one", `${key}\n${key}`],
    ["nothing", ""],
  ])("with %s for a public key, and never shows it", (_, pasted) => {
    const lines = problemsOf(() => plan({ ...shape, sshPublicKeys: [key, pasted] }));
    expect(lines).toEqual([expect.stringMatching(/^sshPublicKeys\[1\]: must be one line of a public key file: ssh-/)]);
    expect(lines.join()).not.toContain("c2VjcmV0");
  });

  it.each(["latest", "24.04", "24.04.x", "", "24.04.2026072901 "])("with image version %j", (imageVersion) => {
    expect(problemsOf(() => plan({ ...shape, imageVersion }))).toEqual([
      expect.stringMatching(/^imageVersion: must be an exact version/),
    ]);
  });
});

/** Sizes that run without Kubernetes, with the image that has their driver; everything else is refused. */
const bare: Readonly<Record<string, string>> = {
  Standard_ND96isr_H100_v5: "2404",
  Standard_ND96isr_H200_v5: "2404",
  Standard_ND96isr_MI300X_v5: "2404-rocm",
  Standard_ND96amsr_A100_v4: "2404",
  Standard_ND96asr_v4: "2404",
  Standard_ND40rs_v2: "2204-v100",
  Standard_NC40ads_H100_v5: "2404",
  Standard_NC80adis_H100_v5: "2404",
  Standard_NC24ads_A100_v4: "2404",
  Standard_NC48ads_A100_v4: "2404",
  Standard_NC96ads_A100_v4: "2404",
  Standard_HB176rs_v4: "2404",
  Standard_HX176rs: "2404",
  Standard_HB368rs_v5: "2404",
};

describe.each([...vmSizes.keys()])("%s without Kubernetes", (name) => {
  const sku = bare[name];
  if (sku === undefined) {
    it("fails with the size in the message", () => {
      expect(() => plan({ ...shape, size: name })).toThrow(MisconfiguredError);
      expect(problemsOf(() => plan({ ...shape, size: name }))).toEqual([
        expect.stringMatching(new RegExp(`^size: .*got "${name}"`)),
      ]);
    });
    return;
  }

  it(`boots image ${sku} and is one placement group exactly when it has InfiniBand`, () => {
    const given = bareShape(name, sku);
    const { scaleSet } = plan(given);
    const { imageVersion } = given;
    expect(profile(given).storageProfile).toMatchObject({ imageReference: { sku, version: imageVersion } });
    // The letter r stands for RDMA.
    expect(scaleSet.singlePlacementGroup).toBe(/^Standard_(ND|HB|HX)\d+[a-z]*r/.test(name));
    const text = bootText(given);
    expect(text).toContain(`EXPECTED_GPUS = ${findVmSize(name)?.gpu?.count ?? 0}\n`);
    expect(text.includes("mdadm")).toBe(findVmSize(name)?.nvme !== null);
  });

  it("stays within the 65,535 bytes that Azure takes as custom data", () => {
    const text = cloudInit(plan(bareShape(name, sku)).nodeSetup, { ...nothingShared, lustreMgsAddress: "10.64.3.4" });
    expect(Buffer.from(text).toString("base64").length).toBeLessThan(65_535);
  });
});

/** A shape of a size with a version of its image. */
function bareShape(size: string, sku: string): GpuScaleSetShape {
  const versions: Readonly<Record<string, string>> = {
    "2404-rocm": "24.04.2026072801",
    "2204-v100": "22.04.2026072901",
  };
  return { ...shape, size, imageVersion: versions[sku] ?? "24.04.2026072901" };
}

/** What the nodes of a plan get at their first boot. */
function bootText(given: GpuScaleSetShape): string {
  return cloudInit(plan(given).nodeSetup);
}
