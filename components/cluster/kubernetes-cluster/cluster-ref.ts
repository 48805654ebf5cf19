import { z } from "zod";
import type { Wired } from "../../../core/wired";

/** An AKS cluster, ours or somebody else's. Who needs less than all of it takes a `Pick`. */
export const clusterRef = z.object({
  /** ARM ID of the cluster. */
  resourceId: z.string(),
  /** Name of the cluster. */
  name: z.string(),
  /** Resource group of the cluster. */
  resourceGroupName: z.string(),
  /** Kubernetes version: `major.minor` or `major.minor.patch`. Plain: add-ons and images depend on it. */
  kubernetesVersion: z.string(),
  /** Whether the API server has a private address only. Plain: who calls it has to be where it is found. */
  privateApiServer: z.boolean(),
  /** Address of the API server. Not a secret. */
  apiServerUrl: z.string(),
  /** Certificate authority of the API server, base64 PEM. Not a secret. */
  certificateAuthority: z.string(),
  /** Issuer of service account tokens, for workload identities. */
  oidcIssuerUrl: z.string(),
  /** There where it runs KEDA. Plain: what scales by it depends on it. */
  keda: z.literal(true).exactOptional(),
  /** There where its network policies know names of hosts. Plain: policies that name some depend on it. */
  fqdnPolicies: z.literal(true).exactOptional(),
});
export type ClusterRef = Wired<
  z.output<typeof clusterRef>,
  Exclude<keyof z.output<typeof clusterRef>, "kubernetesVersion" | "privateApiServer" | "keda" | "fqdnPolicies">
>;
