import { Namespace } from "@pulumi/kubernetes/core/v1/namespace";
import { UserAssignedIdentity } from "@pulumi/azure-native/managedidentity/userAssignedIdentity";
import { ComponentResource, type Resource } from "@pulumi/pulumi";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { execKubeconfig } from "../../../components/cluster/kubeconfig";
import { KubernetesAccess } from "../../../components/cluster/kubernetes-access";
import type { PlannedResource } from "../../../core/planned-resource";
import { idOf, only, recorded, tree } from "../../recorded";

const args = {
  cluster: {
    resourceId: idOf("Microsoft.ContainerService/managedClusters/aks"),
    apiServerUrl: "https://aks",
    certificateAuthority: "Y2E=",
  },
  login: "workloadidentity",
} as const;

it("makes one provider for the cluster, from nothing but its address and certificate", async () => {
  const plan = await recorded(() => new KubernetesAccess("kubernetes", args));
  expect(tree(plan)).toEqual(["KubernetesAccess kubernetes", "kubernetes kubernetes < KubernetesAccess kubernetes"]);
  const { kubeconfig, ...inputs } = only(plan, "pulumi:providers:kubernetes").inputs;
  expect(inputs).toEqual({
    clusterIdentifier: idOf("Microsoft.ContainerService/managedClusters/aks"),
    enableServerSideApply: "true",
    deleteUnreachable: "false",
  });
  expect(parse(String(kubeconfig))).toEqual(
    parse(execKubeconfig({ url: "https://aks", certificateAuthority: "Y2E=" }, "workloadidentity")),
  );
});

it("forgets what does not answer only in a cluster that goes with the program", async () => {
  const plan = await recorded(() => {
    const deletedWith = new ComponentResource("test:test:Cluster", "aks");
    new KubernetesAccess("kubernetes", { ...args, deletedWith });
  });
  expect(only(plan, "pulumi:providers:kubernetes").inputs["deleteUnreachable"]).toBe("true");
});

/** A component in the cluster that also makes something in Azure, with the options that access hands out. */
async function inCluster(madeHere: boolean): Promise<{ cluster: string; inside: PlannedResource[] }> {
  const plan = await recorded(() => {
    const cluster: Resource = new ComponentResource("test:test:Cluster", "aks");
    const access = new KubernetesAccess("kubernetes", { ...args, ...(madeHere && { deletedWith: cluster }) });
    const parent = new ComponentResource("test:test:Team", "team", {}, access.options);
    new Namespace("team", { metadata: { name: "team" } }, { parent });
    const nested = new ComponentResource("test:test:Part", "part", {}, { parent });
    new Namespace("part", { metadata: { name: "part" } }, { parent: nested });
    new UserAssignedIdentity("team", { resourceGroupName: "rg-test", resourceName: "id-team" }, { parent });
  });
  const inside = plan.resources.filter((it) => ["test:test:Team", "test:test:Part"].includes(typeOf(it.parent)));
  return { cluster: only(plan, "test:test:Cluster").urn, inside: inside.filter((it) => it.custom) };
}

const typeOf = (urn: string): string => urn.split("::")[2]?.split("$").at(-1) ?? "";

it("lets what lives in the cluster go with it, at any depth, and nothing else", async () => {
  const { cluster, inside } = await inCluster(true);
  expect(inside.map((it) => [typeOf(it.urn), it.options.deletedWith])).toEqual([
    ["kubernetes:core/v1:Namespace", cluster],
    ["kubernetes:core/v1:Namespace", cluster],
    ["azure-native:managedidentity:UserAssignedIdentity", undefined],
  ]);
  expect(inside.slice(0, 2).map((it) => it.provider.includes("pulumi:providers:kubernetes::kubernetes::"))).toEqual([
    true,
    true,
  ]);
});

it("deletes objects one by one in a cluster that somebody else made", async () => {
  const { inside } = await inCluster(false);
  expect(inside.map((it) => it.options.deletedWith)).toEqual([undefined, undefined, undefined]);
});
