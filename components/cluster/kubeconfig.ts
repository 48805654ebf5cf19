import { parseDocument, stringify } from "yaml";

/** How a client finds the API server and knows that it is the right one. Neither is a secret. */
export interface ApiServer {
  readonly url: string;
  /** Base64 of the PEM certificate authority. */
  readonly certificateAuthority: string;
}

/** How kubelogin gets an Entra token: from the Azure CLI, a federated token of a pipeline, or a managed identity. */
export const loginModes = ["azurecli", "workloadidentity", "msi"] as const;
export type LoginMode = (typeof loginModes)[number];

/** Application ID of the AKS server in Entra ID, the same in every tenant. Source: https://azure.github.io/kubelogin/concepts/aks.html */
const aksServerApplicationId = "6dae42f8-4368-4678-94ff-3960e28e3630";

/** Reads the API server out of the kubeconfig that AKS hands out (base64 YAML). Logins in it are left behind. */
export function readApiServer(kubeconfigBase64: string): ApiServer {
  const text = Buffer.from(kubeconfigBase64, "base64").toString("utf8");
  // The parser's own error is not passed on: it quotes the text, which may hold a login.
  const { errors, contents } = parseDocument(text);
  const config = (errors.length > 0 ? {} : (contents?.toJSON() ?? {})) as {
    clusters?: { cluster?: Record<string, unknown> }[];
  };
  const cluster = config.clusters?.[0]?.cluster ?? {};
  const { server, "certificate-authority-data": certificateAuthority } = cluster;
  if (typeof server !== "string" || typeof certificateAuthority !== "string") {
    throw new Error("The kubeconfig that AKS returned names no API server with a certificate authority.");
  }
  return { url: server, certificateAuthority };
}

/** A kubeconfig without any secret: it names the server and tells the client to ask kubelogin for a token. */
export function execKubeconfig({ url, certificateAuthority }: ApiServer, login: LoginMode): string {
  return stringify({
    apiVersion: "v1",
    kind: "Config",
    "current-context": "cluster",
    clusters: [{ name: "cluster", cluster: { server: url, "certificate-authority-data": certificateAuthority } }],
    contexts: [{ name: "cluster", context: { cluster: "cluster", user: "entra" } }],
    users: [
      {
        name: "entra",
        user: {
          exec: {
            apiVersion: "client.authentication.k8s.io/v1",
            command: "kubelogin",
            args: ["get-token", "--login", login, "--server-id", aksServerApplicationId],
            interactiveMode: "Never",
            provideClusterInfo: false,
            installHint: "Install kubelogin: https://azure.github.io/kubelogin/install.html",
          },
        },
      },
    ],
  });
}
