import { describe, expect, it } from "vitest";
import { describeProblem, MisconfiguredError } from "../../core/problems";
import { judge } from "../../policies/engine/judge";
import { record } from "../../preview/record";
import { projectName } from "../../stacks/config/sections";
import { deploy } from "../../stacks/deploy";
import type { Environment } from "../../stacks/environment";
import { readEnvironment } from "../../stacks/read-environment";
import { allOf, only } from "../recorded";
import { today } from "../stack-files";

const h100 = "Standard_ND96isr_H100_v5";
const network =
  "/subscriptions/5f0c1c3e-8a51-4d0e-9c1c-0d6f3f7a2b11/resourceGroups/hub/providers/Microsoft.Network/virtualNetworks/hub";
const build = {
  version: "1.0.0",
  baseVersion: "24.04.2026072901",
  steps: [{ name: "tools", commands: ["sudo apt-get install -y pdsh"] }],
};
const gallery = {
  images: { hpc: { size: h100, build } },
  readerGroupObjectIds: ["11111111-1111-4111-8111-111111111111"],
};

function read(imageGallery: object | undefined, nodes: object): Environment {
  const sections = {
    environment: { kind: "staging", owner: "ml-platform", costCenter: "research" },
    layers: ["infra"],
    network: { addressSpace: "10.64.0.0/16", podCidr: "10.96.0.0/16", serviceCidr: "10.112.0.0/16" },
    cluster: {
      kubernetesVersion: "1.36",
      adminGroupObjectIds: ["22222222-2222-4222-8222-222222222222"],
      systemPool: {},
    },
    scaleSets: {
      slurm: {
        size: h100,
        nodes: 2,
        sshPublicKeys: [`ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${"A".repeat(43)} somebody`],
        slurm: {},
        ...nodes,
      },
    },
    storage: { blob: {} },
    ...(imageGallery !== undefined && { imageGallery }),
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

function problemsOf(imageGallery: object | undefined, nodes: object): string[] {
  try {
    read(imageGallery, nodes);
    return [];
  } catch (error) {
    if (error instanceof MisconfiguredError) return error.problems.map(describeProblem);
    throw error;
  }
}

const ownImage = { name: "hpc", version: "1.0.0" };

describe("images of an environment's own", () => {
  it("are booted by nodes and head, by the ID that their version gets", async () => {
    const plan = await record({ stack: "lab", program: () => deploy(read(gallery, { ownImage })) });
    const id = expect.stringMatching(/\/galleries\/gal_gpu_lab_eastus\/images\/hpc\/versions\/1\.0\.0$/) as unknown;
    const nodes = only(plan, "azure-native:compute:VirtualMachineScaleSet").inputs;
    expect(nodes).toMatchObject({ virtualMachineProfile: { storageProfile: { imageReference: { id } } } });
    const head = only(plan, "azure-native:compute:VirtualMachine").inputs;
    expect(head).toMatchObject({ storageProfile: { imageReference: { id } } });
    // The other ways to name an image would win, or be refused beside it.
    for (const { inputs } of [only(plan, "azure-native:compute:VirtualMachine")]) {
      expect(
        Object.keys((inputs as { storageProfile: { imageReference: object } }).storageProfile.imageReference),
      ).toEqual(["id"]);
    }
    const broken = judge(plan.resources, "staging", { today });
    expect(broken.filter((it) => JSON.stringify(it).includes("vmss-image"))).toEqual([]);
  });

  it("are built by an identity that may write them, join its subnets, and nothing else", async () => {
    const subnets = { machines: `${network}/subnets/build`, containers: `${network}/subnets/aci` };
    const images = { hpc: { size: h100, build: { ...build, subnets } } };
    const plan = await record({ stack: "lab", program: () => deploy(read({ ...gallery, images }, { ownImage })) });
    const grants = allOf(plan, "azure-native:authorization:RoleAssignment").filter(({ urn }) => /::images-/.test(urn));
    const said = grants.map(({ urn, inputs }) => [
      urn.split("::").at(-1),
      String(inputs["scope"]).split("/").slice(-1)[0],
      inputs["principalType"],
    ]);
    expect(said).toEqual([
      ["images-reader-1", "gal_gpu_lab_eastus", "Group"],
      ["images-hpc-build-gallery", "gal_gpu_lab_eastus", "ServicePrincipal"],
      ["images-hpc-build-machines", "build", "ServicePrincipal"],
      ["images-hpc-build-containers", "aci", "ServicePrincipal"],
      ["images-hpc-build-network", "hub", "ServicePrincipal"],
    ]);
    const template = only(plan, "azure-gpu-cluster:compute:ImageTemplate");
    for (const { urn } of grants.slice(1)) expect(template.dependencies).toContain(urn);
  });

  it("are told to be built before, where no up builds them", () => {
    const told = ({ infra }: Environment): string[] =>
      [...(infra?.notes ?? [])].filter((it) => it.includes("image hpc"));
    expect(told(read(gallery, { ownImage }))).toEqual([expect.stringContaining("run its template before")]);
    const sourceResourceId = `${network.split("/providers")[0] ?? ""}/providers/Microsoft.Compute/images/golden`;
    const taken = { images: { hpc: { size: h100, versions: { "1.0.0": { sourceResourceId } } } } };
    expect(told(read(taken, { ownImage }))).toEqual([]);
  });

  it.each<[string, object | undefined, object, string]>([
    ["without a gallery", undefined, { ownImage }, "scaleSets.slurm.ownImage: needs imageGallery"],
    [
      "that the gallery does not have",
      gallery,
      { ownImage: { ...ownImage, name: "hcp" } },
      "scaleSets.slurm.ownImage.name: must be an image of imageGallery",
    ],
    [
      "of another version",
      gallery,
      { ownImage: { ...ownImage, version: "2.0.0" } },
      "scaleSets.slurm.ownImage.version: must be a version of image hpc: 1.0.0",
    ],
    [
      "for machines of another kind",
      { images: { hpc: { size: "Standard_HB176rs_v4", build } } },
      { ownImage },
      "scaleSets.slurm.ownImage.name: must be an image for machines such as Standard_ND96isr_H100_v5: x64, GPUs of nvidia",
    ],
  ])("are refused %s", (_, imageGallery, nodes, line) => {
    expect(problemsOf(imageGallery, nodes)).toEqual([expect.stringContaining(line)]);
  });
});
