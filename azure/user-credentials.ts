import { stringify } from "yaml";
import { madeUpHost } from "./api-server-name";
import type { ProviderFunction } from "./arm-row";

/** The kubeconfig that a cluster hands out. Where nothing answers, the address is made up. */
export const userCredentials: ProviderFunction = {
  // Source: MicrosoftDocs/azure-docs:articles/role-based-access-control/built-in-roles.md (Azure Kubernetes Service Cluster User Role)
  action: "Microsoft.ContainerService/managedClusters/listClusterUserCredential/action",
  secrets: ["kubeconfigs"],
  answer: ({ resourceName }, { kubernetesApi }) => {
    const { server, certificateAuthorityData } = kubernetesApi ?? {
      server: `https://${madeUpHost(String(resourceName))}:443`,
      certificateAuthorityData: Buffer.from("certificate authority of the plan").toString("base64"),
    };
    const cluster = { server, "certificate-authority-data": certificateAuthorityData };
    const config = { apiVersion: "v1", kind: "Config", clusters: [{ name: resourceName, cluster }] };
    return { kubeconfigs: [{ name: "clusterUser", value: Buffer.from(stringify(config)).toString("base64") }] };
  },
};
