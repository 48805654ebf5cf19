import type { PackagedComponents } from "./packaged-component";
import { clusterRows } from "./rows/cluster";
import { computeRows } from "./rows/compute";
import { foundationRows } from "./rows/foundation";
import { identityRows } from "./rows/identity";
import { monitoringRows } from "./rows/monitoring";
import { netAppRows } from "./rows/netapp";
import { networkRows } from "./rows/network";
import { pipelineRows } from "./rows/pipelines";
import { storageRows } from "./rows/storage";
import { teamRows } from "./rows/teams";

/** Every component that other languages can make, by the type that it has in any of them: in the order in which a cluster gets them. */
export const packagedComponents: PackagedComponents = {
  ...foundationRows,
  ...networkRows,
  ...identityRows,
  ...clusterRows,
  ...storageRows,
  ...netAppRows,
  ...teamRows,
  ...computeRows,
  ...monitoringRows,
  ...pipelineRows,
};

/** Components that other languages cannot make, and what they do instead. */
export const unpackagedComponents: Readonly<Record<string, string>> = {
  "azure-gpu-cluster:cluster:KubernetesAccess":
    "It hands out a provider with its options, which no provider can give a program of another language. Make a provider of Kubernetes of one of the `kubeconfigs` of the cluster, with `enableServerSideApply`, and give it to what lives in the cluster.",
};
