import { plainToken } from "./arm-types";
import { findRow } from "./rows";

/** What holds data and is no store of an environment: disks, what keeps records, secrets or images, and parts of a store. */
const types: readonly string[] = [
  "compute:Disk",
  "compute:GalleryImageVersion",
  "compute:Snapshot",
  "containerregistry:Registry",
  "keyvault:Vault",
  "monitor:AzureMonitorWorkspace",
  "netapp:CapacityPoolVolume",
  "netapp:ElasticVolume",
  "operationalinsights:Workspace",
  "storage:BlobContainer",
  "storage:FileShare",
];

/** Whether data go with a resource of this type. */
export function holdsData(token: string): boolean {
  const stores = findRow(token)?.stores ?? null;
  return stores !== null || types.includes(plainToken(token).replace(/^azure-native:/, ""));
}
