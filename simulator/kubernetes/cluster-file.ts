import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const clusterAddress = z.strictObject({
  /** `https://127.0.0.1:<port>` */
  server: z.string(),
  /** Base64 of the PEM file that the server's certificate is checked with. */
  certificateAuthorityData: z.string(),
  /** Token of an administrator. */
  token: z.string(),
});

/** How to reach the simulated cluster. */
export type ClusterAddress = z.output<typeof clusterAddress>;

/** File in the simulator folder that tells all stand-ins where the cluster is; gone while there is none. */
export function clusterFile(folder: string): string {
  return join(folder, "kubernetes.json");
}

/** Reads the address of the running cluster. */
export function readClusterFile(folder: string): ClusterAddress {
  return clusterAddress.parse(JSON.parse(readFileSync(clusterFile(folder), "utf8")));
}
