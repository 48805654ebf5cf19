import { Provider } from "@pulumi/kubernetes/provider";
import { afterAll, beforeAll, expect, test } from "vitest";
import { addOns } from "../../../components/platform/add-ons";
import { installPlatform } from "../../../components/platform/install-platform";
import { planPlatform } from "../../../components/platform/plan-platform";
import { TeamQueue } from "../../../components/queues/team-queue/team-queue";
import type { NetAppRef } from "../../../components/storage/netapp-files/netapp-ref";
import { TeamNamespace } from "../../../components/tenancy/team-namespace/team-namespace";
import { archive } from "../../../components/tenancy/volumes/archive";
import { lustre } from "../../../components/tenancy/volumes/lustre";
import { netapp } from "../../../components/tenancy/volumes/netapp";
import { findLock, lockNames, versionsOf } from "../../../catalog/version-locks";
import { versions } from "../../../catalog/versions";
import { read, text } from "../../../core/property-tree";
import { crdProducts, kindsOfChart } from "../../../simulator/kubernetes/crd-sources";
import { installCrds, installOpenCrds, loadCrds } from "../../../simulator/kubernetes/crds";
import { pool } from "../../components/platform/facts";
import { h100Pool } from "../../components/tenancy/teams";
import { describeWithEngine } from "../engine/with-engine";
import { type KubernetesWorld, kubernetesWorld } from "./harness";
import { crdGroups } from "./crd-groups";

const homes = {
  ...{ resourceGroupName: "rg", accountName: "anf", poolName: "homes", subnetResourceId: "/id/of/subnet" },
  ...{ location: "eastus", serviceLevel: "Premium", qos: "auto", sizeTiB: 4, volumeGiB: 1024, otherVolumes: 0 },
  ...{ protocol: "NFSv3", rootSquash: "root-only", clientRanges: ["10.1.0.0/17"] },
} as const satisfies NetAppRef;
const records = {
  ...{ accountName: "starchive", accountResourceId: "/id/of/account", resourceGroupName: "rg" },
  ...{ containerName: "records", containerResourceId: "/id/of/container" },
};

/** Products of which two locks, one after the other, have kinds of different versions. */
const movedProducts = lockNames.slice(1).flatMap((to, at) => {
  const from = lockNames[at] ?? to;
  const [old, next] = [versionsOf(findLock(from)), versionsOf(findLock(to))];
  return crdProducts.filter((it) => old[it].version !== next[it].version).map((product) => ({ product, from, to }));
});

describeWithEngine("a real API server", (engine) => {
  let world: KubernetesWorld;
  beforeAll(async () => {
    world = await kubernetesWorld(engine);
  });
  afterAll(() => world.stop());

  test("accepts what our components declare, and a second update changes nothing", async () => {
    const identityClientId = "00000000-0000-0000-0000-000000000002";
    const stack = await world.stack("components", () => {
      const provider = new Provider("aks", { kubeconfig: world.kubeconfig, clusterIdentifier: "aks" });
      const asked = {
        mpiOperator: {},
        kubeRay: {},
        draDriver: {},
        amdGpuOperator: {},
        certManager: {},
        inferencePools: {},
        inferenceGateway: { hostName: "*.models.example.com", tls: { issuer: "dns" } },
      };
      // One pool with InfiniBand, whose jobs are placed by a topology, one without, which grows, a rack and one of AMD.
      const small = { ...pool("a10", "Standard_NV36ads_A10_v5"), gpusPerNode: 1, autoscaled: true as const };
      const pools = [
        { ...pool("h100"), rdmaResource: "rdma/ib" },
        small,
        { ...pool("gb300", "Standard_ND128isr_GB300_v6"), gpuStack: "gb-dra" as const },
        { ...pool("mi300x", "Standard_ND96isr_MI300X_v5"), gpuStack: "amd-operator" as const },
      ];
      const facts = { kubernetesVersion: "1.36", pools, lustre: true, metrics: true };
      const platform = planPlatform(addOns, { ...asked, acceptance: {} }, facts);
      const { addOns: installed } = installPlatform(platform, { providers: [provider] });
      const { queues } = platform.handsOver;
      const kueue = installed.get("kueue");
      if (queues === undefined || kueue === undefined) throw new Error("The platform has no queues.");
      const after = [kueue];
      const llm = { pool: { ...h100Pool, maxNodes: 4 }, gpus: 16 };
      const queue = new TeamQueue(
        "train-llm",
        { ...llm, borrow: 16, lend: 8, queues, after },
        { providers: [provider] },
      );
      // On a pool that grows, where the queue waits for nodes.
      new TeamQueue("train-small", { pool: small, gpus: 1, queues, after }, { providers: [provider] });
      new TeamNamespace(
        "train-llm",
        {
          kind: "training",
          team: "llm",
          ...llm,
          queue: queue.ref,
          after: [queue],
          groupObjectId: "00000000-0000-0000-0000-000000000001",
          identityClientId,
          egress: ["pypi.org", "*.hf.co"],
          fqdnPolicies: true,
          // A kind that AKS brings and our programs do not.
          reach: ["apiServer", "entra"],
          ingressFrom: ["ray-system"],
          podSecurity: { level: "baseline", reason: "images run as root" },
          cpuShares: { general: 1 },
          cpuPools: [{ key: "general", size: "Standard_D8ds_v5", maxNodes: 2 }],
          endpointCidr: "10.1.0.0/24",
          // And one of an add-on of AKS.
          secrets: ["hf-token"],
          keyVault: { name: "kv-teams" },
          tenantId: "00000000-0000-0000-0000-000000000003",
          volumes: {
            lustre: lustre.volume({ mgsAddress: "10.1.0.4", sizeTiB: 48 }, { part: "/llm", identityClientId }),
            // Half a TiB, and a claim that is only read: as the API server writes them itself, or a second `up` would change them.
            netapp: netapp.volume(homes, { part: "/llm", server: "10.1.0.5", identityClientId, sizeGiB: 512 }),
            archive: archive.volume(records, { part: "records", identityClientId }),
          },
          podSecurityVersion: "v1.36",
        },
        { providers: [provider] },
      );
      return Promise.resolve({});
    });
    const { changeSummary } = await stack.preview();
    const made = (await stack.up()).summary.resourceChanges;
    expect(made).toEqual(changeSummary);
    expect((await stack.refresh()).summary.resourceChanges).toEqual({ same: made?.create });
    expect((await stack.up()).summary.resourceChanges).toEqual({ same: made?.create });
    expect((await stack.destroy()).summary.resourceChanges).toEqual({ delete: made?.create });
  });

  test("serves the kinds of every product at our pinned version", async () => {
    // All at once: the server takes seconds to establish each.
    await installCrds(world.cluster, crdProducts);
    const groups = (await world.cluster.kinds()).map(({ apiVersion }) => apiVersion.split("/")[0]);
    expect(groups).toEqual(expect.arrayContaining(crdProducts.map((product) => crdGroups[product])));
  });

  test.for(movedProducts)(
    "takes the kinds of $product of lock $to after those of $from, none of which goes away",
    async (moved) => {
      const { product } = moved;
      const names = async (version: string): Promise<readonly (string | undefined)[]> =>
        (await loadCrds(product, version)).map((it) => text(it, "metadata.name"));
      const [old, next] = [versionsOf(findLock(moved.from))[product], versionsOf(findLock(moved.to))[product]];
      // The server refuses the second if it lacks a version that objects of the first may be stored in.
      await installCrds(world.cluster, [product], old.version);
      await installCrds(world.cluster, [product], next.version);
      // A kind that went would stay in the cluster with its objects, and nobody would look after them.
      expect(await names(next.version)).toEqual(expect.arrayContaining([...(await names(old.version))]));
    },
  );

  test("serves a kind whose CRD cannot be had, whatever its fields", async () => {
    await installOpenCrds(world.cluster, kindsOfChart(versions.networkOperator.chart));
    const policy = {
      apiVersion: "mellanox.com/v1alpha1",
      kind: "NicClusterPolicy",
      metadata: { name: "nic-cluster-policy" },
      spec: { anything: [1] },
    };
    await world.cluster.apply(policy, { manager: "test" });
    expect(read(await world.cluster.read(policy), "spec")).toEqual({ anything: [1] });
  });
});
