import { nfsMountOptions } from "../../../catalog/netapp-levels";
import type { NetAppRef } from "../../storage/netapp-files/netapp-ref";
import type { VolumeKind } from "./volume-kind";

/**
 * A volume of NetApp Files for each team, mounted by the node: no driver, no identity. What else is on the node cannot mount it for another
 * team, since a PersistentVolume is bound to one namespace and teams make none.
 * Source: MicrosoftDocs/azure-aks-docs:articles/aks/azure-netapp-files-nfs.md (2023-05-08, static volumes)
 */
export const netapp: VolumeKind<NetAppRef> = {
  partOf: (namespace) => namespace,
  need: (pool, volumeName) => ({ make: "volume", pool, volumeName }),
  privateEndpoints: [],
  architectures: null,
  measuredThrough: null,
  unmeasured: null,
  volume: ({ volumeGiB, protocol }, { part, server, sizeGiB = volumeGiB }) => {
    if (server === undefined) throw new Error("A volume of NetApp Files has a server of its own.");
    return {
      claimTiB: sizeGiB / 1024,
      readOnly: false,
      source: { nfs: { server, path: part } },
      mountOptions: nfsMountOptions[protocol],
    };
  },
};
