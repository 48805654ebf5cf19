import { lustreCsiDriverName } from "../../../catalog/lustre-csi";
import type { LustreRef } from "../../storage/lustre-file-system/lustre-ref";
import type { VolumeKind } from "./volume-kind";

/** A directory of a Managed Lustre file system. Source: kubernetes-sigs/azurelustre-csi-driver docs (2026-05-14). */
export const lustre: VolumeKind<LustreRef> = {
  partOf: (namespace) => `teams/${namespace}`,
  need: null,
  privateEndpoints: [],
  // The images of the driver.
  architectures: ["x64"],
  measuredThrough: null,
  unmeasured: null,
  volume: ({ mgsAddress, sizeTiB }, { part }) => ({
    claimTiB: sizeTiB,
    readOnly: false,
    source: {
      csi: {
        driver: lustreCsiDriverName,
        volumeAttributes: { "fs-name": "lustrefs", "mgs-ip-address": mgsAddress, "sub-dir": part },
      },
    },
    mountOptions: ["noatime", "flock"],
  }),
};
