import { expect, it } from "vitest";
import { parse } from "yaml";
import { execKubeconfig } from "../../../components/cluster/kubeconfig";
import { KubernetesAccess } from "../../../components/cluster/kubernetes-access";
import { idOf, only, recorded, tree } from "../../recorded";

it("makes one provider for the cluster, from nothing but its address and certificate", async () => {
  const plan = await recorded(
    () =>
      new KubernetesAccess("kubernetes", {
        clusterResourceId: idOf("Microsoft.ContainerService/managedClusters/aks"),
        apiServerUrl: "https://aks",
        certificateAuthority: "Y2E=",
        login: "workloadidentity",
      }),
  );
  expect(tree(plan)).toEqual(["KubernetesAccess kubernetes", "kubernetes kubernetes < KubernetesAccess kubernetes"]);
  const { kubeconfig, ...inputs } = only(plan, "pulumi:providers:kubernetes").inputs;
  expect(inputs).toEqual({
    clusterIdentifier: idOf("Microsoft.ContainerService/managedClusters/aks"),
    enableServerSideApply: "true",
    deleteUnreachable: "true",
  });
  expect(parse(String(kubeconfig))).toEqual(
    parse(execKubeconfig({ url: "https://aks", certificateAuthority: "Y2E=" }, "workloadidentity")),
  );
});
