import type * as k8s from "@pulumi/kubernetes/types/input";
import type { Input } from "@pulumi/pulumi";
import type { PrivateEndpointGroup } from "../../../azure/rows";
import type { RoleName } from "../../../catalog/roles";
import type { VmSize } from "../../../catalog/vm-size";
import type { BlobStoreRef } from "../../storage/blob-store/blob-store-ref";
import type { NetAppRef } from "../../storage/netapp-files/netapp-ref";

type VolumeSource = Pick<k8s.core.v1.PersistentVolumeSpec, "csi" | "nfs">;
type CsiSource = k8s.core.v1.CSIPersistentVolumeSource;

/** Storage that all pods of a namespace mount: how large it is, and how nodes mount it. */
export interface TeamVolume {
  /** What the claim asks for, in TiB: whole GiB. */
  readonly claimTiB: number;
  /** What is mounted, as a PersistentVolume says it. A CSI driver is told the name of that volume as its handle. */
  readonly source: Omit<VolumeSource, "csi"> & { readonly csi?: Omit<CsiSource, "volumeHandle"> };
  readonly mountOptions: readonly string[];
  /** Whether pods can only read it. */
  readonly readOnly: boolean;
}

/** The part of a store that is a team's own. */
export interface TeamPart {
  /** Name of the part: a directory, a container. */
  readonly part: Input<string>;
  /** Address that it is mounted from, where each part has its own. */
  readonly server?: Input<string>;
  /** Client ID of the team's identity, for storage that is mounted with it. */
  readonly identityClientId: Input<string>;
  /** GiB that the team asked for. Absent: what all have. */
  readonly sizeGiB?: number;
}

/** What must be in Azure before a team can mount its part: something that is made for it, or a right on what all share. */
export type TeamNeed =
  | {
      readonly make: "container";
      readonly store: BlobStoreRef;
      readonly containerName: string;
      readonly role: RoleName;
    }
  | { readonly make: "volume"; readonly pool: NetAppRef; readonly volumeName: string }
  | { readonly make: "nothing"; readonly scope: Input<string>; readonly role: RoleName };

/** One kind of storage that teams mount: everything that sets it apart from another kind. `Store` is its reference. */
export interface VolumeKind<Store> {
  /** Name of a team's part of a store, made from the name of its namespace. */
  readonly partOf: (namespace: string) => string;
  /** What must be in Azure before a team can mount its part: null where the driver makes the part by itself. */
  readonly need: ((store: Store, part: string) => TeamNeed) | null;
  /** Groups of the private endpoints at which pods also talk to it themselves: then the team's network rules let them. */
  readonly privateEndpoints: readonly PrivateEndpointGroup[];
  /** Architectures of the nodes that can mount it, null for all. */
  readonly architectures: readonly VmSize["architecture"][] | null;
  /** What a measure of it goes through beside the storage, for people; null where it is the storage alone. */
  readonly measuredThrough: string | null;
  /** Why it is not measured, for people; null where it is. */
  readonly unmeasured: string | null;
  /** A team's part of a store as a volume of its namespace. */
  readonly volume: (store: Store, of: TeamPart) => TeamVolume;
}
