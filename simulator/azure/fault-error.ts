import { rowOf } from "../../azure/rows";
import { list, text } from "../../core/property-tree";
import { revealAll } from "../../core/property-marks";
import type { Props } from "../../core/property-value";
import { AzureError } from "./azure-error";
import type { FaultKind } from "./fault";

/**
 * What Azure answers when a fault hits: the code that programs read, and a sentence in Azure's words where they are known.
 * Sources: MicrosoftDocs/SupportArticles-docs:support/azure/azure-kubernetes/error-codes/zonalallocation-allocationfailed-error.md;
 * jenkins-infra/helpdesk#3584 and jenkins-infra/azure#1416 for a zone; Azure-Samples/azuresandbox#70 for a size that is not available
 * @param location Region of what is asked for
 */
export function faultError(
  kind: FaultKind,
  { id, type, inputs }: { readonly id: string; readonly type: string; readonly inputs: Props },
  location: string,
): AzureError {
  const name = id.split("/").at(-1) ?? "";
  const computes = rowOf(type).computes;
  const { size, zones, ephemeral } = machinesOf(type, revealAll(inputs));
  switch (kind) {
    case "quota-exceeded": {
      const { status, code } = computes?.outOfQuota ?? { status: 409, code: "OperationNotAllowed" };
      return new AzureError(status, code, `'${name}' would exceed the approved vCPU quota of the region.`);
    }
    case "sku-not-available": {
      const { status, code } = computes?.noSuchSize ?? { status: 409, code: "SkuNotAvailable" };
      const failed = `Following SKUs have failed for Capacity Restrictions: ${size}`;
      return new AzureError(
        status,
        code,
        `The requested VM size for resource '${failed}' is currently not available in location '${location}'. Please try another size or deploy to a different location or different zone.`,
      );
    }
    case "allocation-failed":
      return new AzureError(409, "AllocationFailed", `Azure has no capacity for '${name}' in this region or zone now.`);
    case "overconstrained-allocation": {
      const code = zones.length > 0 ? "OverconstrainedZonalAllocationRequest" : "OverconstrainedAllocationRequest";
      const constraints = [
        ...(zones.length > 0 ? ["Availability Zone"] : []),
        ...(ephemeral ? ["Differencing (Ephemeral) Disks"] : []),
        "VM Size",
      ];
      return new AzureError(
        409,
        code,
        `Allocation failed. VM(s) with the following constraints cannot be allocated, because the condition is too restrictive. Please remove some constraints and try again. Constraints applied are: ${constraints.join(", ")}`,
      );
    }
    case "conflict":
      return new AzureError(409, "AnotherOperationInProgress", `Another operation on '${name}' is in progress.`);
    default:
      return new AzureError(
        504,
        "ContextDeadlineExceeded",
        `'${name}': context deadline exceeded while waiting for Azure; it may have been done all the same.`,
      );
  }
}

/** What a request asks of machines: those of its row, or those that a reservation holds. */
function machinesOf(type: string, inputs: Props): { size: string; zones: readonly string[]; ephemeral: boolean } {
  const [machines] = rowOf(type).computes?.machines(inputs) ?? [];
  const disk =
    text(inputs, "osDiskType") ?? text(inputs, "virtualMachineProfile.storageProfile.osDisk.diffDiskSettings.option");
  return {
    size: machines?.size ?? text(inputs, "sku.name") ?? "",
    zones: machines?.zones ?? list(inputs, "zones").map(String),
    ephemeral: disk === "Ephemeral" || disk === "Local",
  };
}
