import { ManagementLockByScope } from "@pulumi/azure-native/authorization/managementLockByScope";
import type { Input, Resource } from "@pulumi/pulumi";

/**
 * Has Azure itself refuse to delete data, and all that hangs on them, whoever asks: `protect` stops Pulumi alone. Part of the
 * component that owns the data. Costs nothing.
 */
export function lockData(name: string, scope: Input<string>, parent: Resource): ManagementLockByScope {
  return new ManagementLockByScope(
    name,
    {
      scope,
      lockName: "keep-data",
      level: "CanNotDelete",
      notes: "Data. Take deleteLock away before you delete this.",
    },
    // The next `up` makes it again.
    { parent, protect: false },
  );
}
