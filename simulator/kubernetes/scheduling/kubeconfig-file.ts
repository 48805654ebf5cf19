import { writeFile } from "node:fs/promises";
import type { ClusterAddress } from "../cluster-file";

/** Writes a kubeconfig with the administrator's token, for programs that belong to the cluster. Of this user alone. */
export async function writeKubeconfig(path: string, address: ClusterAddress): Promise<void> {
  const { server, certificateAuthorityData, token } = address;
  const kubeconfig = {
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name: "cluster", cluster: { server, "certificate-authority-data": certificateAuthorityData } }],
    users: [{ name: "admin", user: { token } }],
    contexts: [{ name: "cluster", context: { cluster: "cluster", user: "admin" } }],
    "current-context": "cluster",
  };
  // JSON is YAML.
  await writeFile(path, JSON.stringify(kubeconfig), { mode: 0o600 });
}
