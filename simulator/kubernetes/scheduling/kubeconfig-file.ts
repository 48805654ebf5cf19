import { writeFile } from "node:fs/promises";
import type { ClusterAddress } from "../cluster-file";

/**
 * Writes a kubeconfig for a program that works in the cluster. Of this user alone.
 * @param token Of whom it is there. @default the administrator
 */
export async function writeKubeconfig(path: string, address: ClusterAddress, token = address.token): Promise<void> {
  const { server, certificateAuthorityData } = address;
  const kubeconfig = {
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name: "cluster", cluster: { server, "certificate-authority-data": certificateAuthorityData } }],
    users: [{ name: "program", user: { token } }],
    contexts: [{ name: "cluster", context: { cluster: "cluster", user: "program" } }],
    "current-context": "cluster",
  };
  // JSON is YAML.
  await writeFile(path, JSON.stringify(kubeconfig), { mode: 0o600 });
}
