import { isUuid } from "../core/names";
import type { Problems } from "../core/problems";
import { parseArmId } from "./arm-id";

const form = "/subscriptions/<UUID>/resourceGroups/<name>/providers/Microsoft.Compute/diskEncryptionSets/<name>";

/** Notes a problem unless an ID, where one is given, is that of a disk encryption set: its key encrypts disks, and it is somebody else's. */
export function checkDiskEncryptionSet(id: string | undefined, problems: Problems): void {
  if (id === undefined) return;
  const said = parseArmId(id);
  problems.require(
    said?.arm.toLowerCase() === "microsoft.compute/diskencryptionsets" &&
      said.resourceGroupName !== null &&
      isUuid(said.subscriptionId ?? ""),
    "diskEncryptionSetResourceId",
    "must be the ARM ID of a disk encryption set",
    { got: id, remedy: `Write ${form}` },
  );
}
