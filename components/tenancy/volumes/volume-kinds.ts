import { keysOf } from "../../../core/records";
import { archive } from "./archive";
import { blob } from "./blob";
import { lustre } from "./lustre";
import { netapp } from "./netapp";
import type { VolumeKind } from "./volume-kind";

const rows = { lustre, blob, archive, netapp } as const;

/** Name of a kind of storage: what an environment calls its claim, too. */
export type VolumeKindName = keyof typeof rows;

type StoreOf<Row> = Row extends VolumeKind<infer Store> ? Store : never;

/** Storage of an environment by its kind; what is not there is absent. */
export type Stores = { readonly [K in VolumeKindName]?: StoreOf<(typeof rows)[K]> };

/** Every kind of storage that teams mount. */
export const volumeKinds: { readonly [K in VolumeKindName]: VolumeKind<NonNullable<Stores[K]>> } = rows;

/** Names of all kinds, in the order in which a namespace has them. */
export const volumeKindNames = keysOf(volumeKinds);
