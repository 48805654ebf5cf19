import type { Input } from "@pulumi/pulumi";
import { z } from "zod";
import type { TeamPart, TeamVolume } from "../components/tenancy/volumes/volume-kind";
import {
  type Stores,
  type VolumeKindName,
  volumeKindNames,
  volumeKinds,
} from "../components/tenancy/volumes/volume-kinds";
import { archiveStoreReference, blobStoreReference, lustreReference, netAppPoolReference } from "./reference-shapes";
import { named } from "./type-names";
import { type Wire, wiredObject } from "./wires";

const stores = {
  lustre: lustreReference
    .describe("A Lustre file system: `mgsAddress` and `sizeTiB` of it, of which the team has a directory.")
    .exactOptional(),
  blob: blobStoreReference.describe("A Blob store: its `ref`. `part` is the team's container.").exactOptional(),
  archive: archiveStoreReference.describe("An archive store: its `ref`. The team reads all of it.").exactOptional(),
  netapp: netAppPoolReference
    .describe("NetApp Files: its `pool`. `part` and `server` are those of the team's volume.")
    .exactOptional(),
};

/** Storage that a team mounts, as other languages say it: the store and the team's part of it, where TypeScript has a body that is made. */
export const teamVolumeShape = named(
  "tenancy:TeamVolume",
  z
    .strictObject({
      ...stores,
      part: z
        .string()
        .describe("The team's part: a directory, a container or a path. Default: named after its namespace.")
        .exactOptional(),
      server: z.string().describe("Address that the part is mounted from. Needed with `netapp`.").exactOptional(),
      sizeGiB: z.int().describe("GiB that the team asked for. Default: what all have.").exactOptional(),
    })
    .refine((it) => volumeKindNames.filter((kind) => it[kind] !== undefined).length === 1, {
      message: `must name one store: ${volumeKindNames.join(", ")}`,
    })
    .refine((it) => it.netapp === undefined || it.server !== undefined, {
      path: ["server"],
      message: "must be given: a volume of NetApp Files has an address of its own",
    }),
);

/** A volume as the shape reads it. */
export type GivenVolume = Stores & {
  readonly part?: Input<string>;
  readonly server?: Input<string>;
  readonly sizeGiB?: number;
};

/** What of a volume may be known later. */
export function teamVolumeWires(path: string): readonly Wire[] {
  const names = [
    "part",
    "server",
    "lustre.mgsAddress",
    "netapp.resourceGroupName",
    "netapp.accountName",
    "netapp.poolName",
  ];
  return [
    ...names.map((it) => `${path}.${it}`),
    wiredObject(`${path}.blob`, blobStoreReference),
    wiredObject(`${path}.archive`, archiveStoreReference),
  ];
}

/** The volume that a team's namespace is given. */
export function teamVolume(given: GivenVolume, namespace: string, identityClientId: Input<string>): TeamVolume {
  const { part, server, sizeGiB } = given;
  const of = {
    identityClientId,
    ...(server !== undefined && { server }),
    ...(sizeGiB !== undefined && { sizeGiB }),
  };
  const mounted = volumeKindNames.flatMap((kind) => {
    const usual = volumeKinds[kind].partOf(namespace);
    return mount(kind, given[kind], { ...of, part: part ?? usual }) ?? [];
  });
  const [volume] = mounted;
  if (volume === undefined) throw new Error("The shape lets a volume without a store pass.");
  return volume;
}

function mount<K extends VolumeKindName>(kind: K, store: Stores[K], of: TeamPart): TeamVolume | undefined {
  return store === undefined ? undefined : volumeKinds[kind].volume(store, of);
}
