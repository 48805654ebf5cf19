import type { Problems } from "../core/problems";
import { checkId } from "./check-id";

const diskEncryptionSet = { token: "compute:DiskEncryptionSet", what: "disk encryption set" };

/** Notes a problem unless an ID, where one is given, is that of a disk encryption set: its key encrypts disks, and it is somebody else's. */
export function checkDiskEncryptionSet(id: string | undefined, problems: Problems): void {
  if (id !== undefined) checkId(diskEncryptionSet, id, "diskEncryptionSetResourceId", problems);
}
