import type { Input } from "@pulumi/pulumi";
import type { ImageGallery } from "../components/compute/image-gallery/image-gallery";
import type { Switched } from "../components/foundation/environment-hours/workflow-definition";
import type { AlertRoute } from "../components/monitoring/alerts/alerts-ref";
import type { AuditedKindName } from "../components/monitoring/audit-trail/audited";
import type { StoreOfDashboard } from "../components/monitoring/managed-prometheus/managed-prometheus";
import type { ManagedPrometheusRef } from "../components/monitoring/managed-prometheus/managed-prometheus-ref";
import type { LustreBlob } from "../components/storage/blob-integration/lustre-blob";
import type { BlobStoreRef } from "../components/storage/blob-store/blob-store-ref";
import type { LustreRef } from "../components/storage/lustre-file-system/lustre-ref";
import type { NetAppRef } from "../components/storage/netapp-files/netapp-ref";
import type { Wired } from "../core/wired";

/** A service behind private endpoints. */
export interface EndpointTarget {
  readonly resourceId: Input<string>;
  /** Who lets an endpoint in: `up` itself, or later the owner of the service. */
  readonly approval: "automatic" | "manual";
}

/** What a part has once it is made. */
export interface MadePart<Ref> {
  /** What it hands over. */
  readonly ref: Ref;
  /** The service behind its private endpoints. Null: it has none. */
  readonly endpointTarget: EndpointTarget | null;
  /** What of it writes a log of who did what. Null: nothing does. */
  readonly audited: { readonly kind: AuditedKindName; readonly resourceId: Input<string> } | null;
  /** What it stores, of which Azure keeps metrics. */
  readonly measured?: Omit<StoreOfDashboard, "name">;
  /** What of it the environment's hours switch, by names that no other part has. */
  readonly switched?: Readonly<Record<string, Wired<Switched, "resourceId">>>;
  /** Where the metrics are that it keeps, for what shows them. */
  readonly metrics?: ManagedPrometheusRef;
  /** Where alerts go that are declared after it. */
  readonly alertRoute?: AlertRoute;
  /** ARM ID of the registry that it is, for machines that are made after it. */
  readonly registryResourceId?: Input<string>;
  /** The gallery that it is, for machines that are made after it. */
  readonly imageGallery?: ImageGallery;
  /** The file system that it is, for machines that are made after it. */
  readonly lustre?: LustreRef;
  /** The store that it is, for machines that are made after it. */
  readonly blob?: BlobStoreRef;
  /** The pool that it is, for machines that are made after it. */
  readonly netapp?: NetAppRef;
  /** The account that it is, for the file system that is made after it. */
  readonly lustreBlob?: LustreBlob;
}
