import type { Input } from "@pulumi/pulumi";
import type { PrivateEndpointGroup } from "../../../azure/rows";
import type { RoleName } from "../../../catalog/roles";
import type { BlobStoreRef } from "../../storage/blob-store/blob-store-ref";

/** Storage that all pods of a namespace mount: how large it is, and how nodes mount it. */
export interface TeamVolume {
  /** What the claim asks for, in TiB. */
  readonly claimTiB: number;
  /** CSI driver, and what it is told of the storage. */
  readonly driver: string;
  readonly attributes: Readonly<Record<string, Input<string>>>;
  readonly mountOptions: readonly string[];
}

/** The part of a store that is a team's own. */
export interface TeamPart {
  /** Name of the part: a directory, a container. */
  readonly part: Input<string>;
  /** Client ID of the team's identity, for storage that is mounted with it. */
  readonly identityClientId: Input<string>;
}

/** A container of the team's own, and the role of the team's identity on it. */
export interface ContainerNeed {
  readonly store: BlobStoreRef;
  readonly containerName: string;
  readonly role: RoleName;
}

/** One kind of storage that teams mount: everything that sets it apart from another kind. `Store` is its reference. */
export interface VolumeKind<Store> {
  /** Name of a team's part of a store, made from the name of its namespace. */
  readonly partOf: (namespace: string) => string;
  /** What must be in Azure before a team can mount its part: null where the driver makes the part by itself. */
  readonly need: ((store: Store, part: string) => ContainerNeed) | null;
  /** Groups of the private endpoints at which pods also talk to it themselves: then the team's network rules let them. */
  readonly privateEndpoints: readonly PrivateEndpointGroup[];
  /** A team's part of a store as a volume of its namespace. */
  readonly volume: (store: Store, of: TeamPart) => TeamVolume;
}
