import type { Input, Output } from "@pulumi/pulumi";
import type { GpuPoolRef } from "../components/cluster/gpu-pool/gpu-pool-ref";
import type { ImageGallery } from "../components/compute/image-gallery/image-gallery";
import type { CustomerManagedKeys } from "../components/identity/customer-managed-keys/customer-managed-keys";
import type { AlertRoute } from "../components/monitoring/alerts/alerts-ref";
import type { Watched } from "../components/monitoring/alerts/watched";
import type { Audited } from "../components/monitoring/audit-trail/audited";
import type { StoreOfDashboard } from "../components/monitoring/managed-prometheus/managed-prometheus";
import type { ManagedPrometheusRef } from "../components/monitoring/managed-prometheus/managed-prometheus-ref";
import type { SubnetRole } from "../components/network/subnet-ref";
import type { LustreBlob } from "../components/storage/blob-integration/lustre-blob";
import type { BlobStoreRef } from "../components/storage/blob-store/blob-store-ref";
import type { LustreRef } from "../components/storage/lustre-file-system/lustre-ref";
import type { NetAppRef } from "../components/storage/netapp-files/netapp-ref";
import type { Scope } from "../core/scope";

/** What the layer infra has ready when a part is made. */
export interface PartSite {
  readonly scope: Scope;
  /** The same for what the environment's hours switch, with the tag that says it. Without hours: the same. */
  readonly switchedScope: Scope;
  /** Whether data refuse to be destroyed. */
  readonly protect: boolean;
  /** ARM ID of the subnet that the part's plan asked for. */
  readonly subnetResourceId: (role: SubnetRole) => Output<string>;
  /** Range of the subnet with the nodes of the cluster. */
  readonly nodeRanges: readonly string[];
  /** Range of the subnet with the scale sets, none where there are none. */
  readonly scaleSetRanges: readonly string[];
  /** Names of all scale sets. */
  readonly scaleSets: readonly string[];
  /** ARM ID of the cluster. */
  readonly clusterResourceId: Input<string>;
  /** GPU pools of the cluster. */
  readonly gpuPools: readonly GpuPoolRef[];
  /** Object ID of the identity that the nodes act as. */
  readonly kubeletPrincipalId: Output<string>;
  /** Tenant of the subscription. */
  readonly tenantId: Output<string>;
  /** Keys of the environment's own. Undefined: what names no key is encrypted with Microsoft's. */
  readonly keys: CustomerManagedKeys | undefined;
  /** ARM ID of the environment's own registry. Undefined: there is none. */
  readonly registryResourceId: Input<string> | undefined;
  /** The gallery with images of the environment's own. Undefined: there is none. */
  readonly imageGallery: ImageGallery | undefined;
  /** Entra groups that administer the cluster, and with it what stands beside it. */
  readonly adminGroupObjectIds: readonly string[];
  /** What is made by now and writes a log: the cluster, and the parts of the rows before. */
  readonly audited: readonly Audited[];
  /** What is made by now and has metrics of its own: the cluster, the way out, and the parts of the rows before. */
  readonly watched: readonly Watched[];
  /** Shared stores that are made by now. */
  readonly measured: readonly StoreOfDashboard[];
  /** Where the metrics are. Undefined: there are none. */
  readonly metrics: ManagedPrometheusRef | undefined;
  /** Where alerts go. Undefined: nowhere. */
  readonly alertRoute: AlertRoute | undefined;
  /** The file system that machines mount. Undefined: there is none. */
  readonly lustre: LustreRef | undefined;
  /** The store that machines get a container in. Undefined: there is none. */
  readonly blob: BlobStoreRef | undefined;
  /** The pool that machines get a volume in. Undefined: there is none. */
  readonly netapp: NetAppRef | undefined;
  /** Where the file system imports from and exports to. Undefined: nowhere. */
  readonly lustreBlob: LustreBlob | undefined;
}
