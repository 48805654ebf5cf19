import { describe, expect, it } from "vitest";
import { CpuPool } from "../../components/cluster/cpu-pool/cpu-pool";
import { KubernetesCluster } from "../../components/cluster/kubernetes-cluster/kubernetes-cluster";
import { GpuScaleSet } from "../../components/compute/gpu-scale-set/gpu-scale-set";
import { Runner } from "../../components/compute/runner/runner";
import { idOf, recorded, refused, scope } from "../recorded";

const general = "Standard_D16as_v9";
const hpc = "Standard_HB400rs_v6";
const vmSizes = {
  [general]: { vcpus: 16, memoryGiB: 64, quotaFamily: "standardDASv9Family" },
  [hpc]: {
    vcpus: 400,
    memoryGiB: 1024,
    quotaFamily: "standardHBv6Family",
    infiniband: { hcas: 1, gbitsPerSecondPerHca: 800 },
    hpcImage: "nvidia" as const,
  },
};
const subnetResourceId = idOf("Microsoft.Network/virtualNetworks/net/subnets/nodes");
const sshPublicKeys = [`ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${"A".repeat(43)} somebody`];
const machine = { scope, subnetResourceId, sshPublicKeys };

/** A program for each component with machines, which takes the sizes that it is given. */
const programs: Readonly<Record<string, (own: { readonly vmSizes?: typeof vmSizes }) => unknown>> = {
  CpuPool: (own) =>
    new CpuPool("next", {
      scope,
      subnetResourceId,
      cluster: { name: "theirs", resourceGroupName: "rg", kubernetesVersion: "1.36" },
      size: general,
      nodes: 1,
      ...own,
    }),
  KubernetesCluster: (own) =>
    new KubernetesCluster("aks", {
      scope,
      identityResourceId: idOf("Microsoft.ManagedIdentity/userAssignedIdentities/aks"),
      subnetResourceIds: { nodes: subnetResourceId, apiServer: subnetResourceId },
      network: { podCidr: "10.96.0.0/14", serviceCidr: "10.112.0.0/16", outboundType: "userAssignedNATGateway" },
      kubernetesVersion: "1.36",
      adminGroupObjectIds: ["11111111-1111-4111-8111-111111111111"],
      systemPool: { size: general },
      ...own,
    }),
  GpuScaleSet: (own) =>
    new GpuScaleSet("slurm", { ...machine, size: hpc, nodes: 2, imageVersion: "24.04.2026072901", ...own }),
  Runner: (own) => new Runner("runner", { ...machine, size: general, imageVersion: "24.04.202609040", ...own }),
};

describe.each(Object.keys(programs))("%s", (name) => {
  it("takes a size that a program declares, and its machines carry the figures", async () => {
    const { resources } = await recorded(() => programs[name]?.({ vmSizes }));
    const size = name === "GpuScaleSet" ? hpc : general;
    const own = resources.filter(({ inputs }) => JSON.stringify(inputs).includes(size));
    expect(own).toHaveLength(1);
    expect(JSON.stringify(own[0]?.inputs)).toContain(`"vmSize.vcpus":"${vmSizes[size].vcpus}"`);
  });

  it("refuses the size without its figures, and names the way", async () => {
    const { problems, made } = await refused(() => programs[name]?.({}));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain("declare it with its figures (vmSizes)");
    expect(made).toEqual([]);
  });
});
