import { Namespace } from "@pulumi/kubernetes/core/v1/namespace";
import { Release } from "@pulumi/kubernetes/helm/v3/release";
import { StorageClass } from "@pulumi/kubernetes/storage/v1/storageClass";
import { ComponentResource, type ComponentResourceOptions, type Input, type Output } from "@pulumi/pulumi";
import { labels } from "../../catalog/scheduling";
import { versions } from "../../catalog/versions";

export interface ScratchDisksArgs {
  /** Keys of the pools whose nodes have local NVMe disks. */
  readonly pools: readonly string[];
  /** Version that Pod Security levels are pinned to, for example `v1.36`. */
  readonly podSecurityVersion: Input<string>;
}

/**
 * Local NVMe disks of GPU nodes as scratch volumes: AKS leaves them raw. A pod asks for one with a generic ephemeral
 * volume of the storage class; the data is gone with the pod. Costs nothing beyond the nodes.
 */
export class ScratchDisks extends ComponentResource {
  /** Storage class to ask for. */
  public readonly storageClassName: Output<string>;

  /** `opts.providers` must hold the Kubernetes provider of the cluster. */
  public constructor(name: string, args: ScratchDisksArgs, opts: ComponentResourceOptions) {
    super("azure-gpu-cluster:storage:ScratchDisks", name, {}, opts);
    const own = { parent: this };

    const namespace = new Namespace(
      name,
      {
        metadata: {
          name,
          // The driver makes file systems on the node's disks, which needs a privileged pod.
          labels: {
            "pod-security.kubernetes.io/enforce": "privileged",
            "pod-security.kubernetes.io/enforce-version": args.podSecurityVersion,
            [labels.workload]: "platform",
          },
        },
      },
      own,
    );
    const { chart, version } = versions.localCsiDriver;
    const release = new Release(
      name,
      {
        name: "local-csi-driver",
        namespace: namespace.metadata.name,
        chart,
        version,
        atomic: true,
        timeout: 600,
        values: {
          daemonset: {
            nodeAffinity: {
              requiredDuringSchedulingIgnoredDuringExecution: {
                nodeSelectorTerms: [
                  { matchExpressions: [{ key: labels.pool, operator: "In", values: [...args.pools] }] },
                ],
              },
            },
          },
        },
      },
      own,
    );
    const storageClass = new StorageClass(
      name,
      {
        metadata: { name: "scratch-nvme" },
        provisioner: "localdisk.csi.acstor.io",
        reclaimPolicy: "Delete",
        volumeBindingMode: "WaitForFirstConsumer",
        allowVolumeExpansion: true,
      },
      { parent: this, dependsOn: release },
    );
    this.storageClassName = storageClass.metadata.name;
    this.registerOutputs({ storageClassName: this.storageClassName });
  }
}
