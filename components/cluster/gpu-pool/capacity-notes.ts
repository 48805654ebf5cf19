import type { VmSize } from "../../../catalog/vm-size";
import { mostNodes } from "../agent-pool/plan";
import type { Variant } from "./variants";

/** What a person should know of a ladder before `up`. */
export function capacityNotes(variants: readonly Variant[], size: VmSize): string[] {
  return variants.flatMap(({ shape, rung }) => {
    if (rung === null) return [];
    if (rung.kind === "spot") {
      return [
        `${rung.path}: a job may land on spot nodes, which Azure takes back with 30 s notice: it queues anew, so it needs checkpoints`,
      ];
    }
    const { reserved } = rung;
    if (reserved === null) return [];
    const nodes = mostNodes(shape);
    return [
      reserved.groupResourceId === undefined
        ? `${rung.path}: ${nodes} x ${size.name} bill from the moment Azure takes the reservation, whether they run or not; nodes that run in it bill in its place`
        : `${rung.path}: the group bills whoever owns it; npm run preflight asks whether ${nodes} places are free in it`,
      ...(reserved.grant === false
        ? [
            `${rung.path}: nobody gives the cluster's identity its right here, and without it AKS refuses the pool; an hour before: az role assignment create --assignee-object-id <principal of the identity> --assignee-principal-type ServicePrincipal --role Contributor --scope ${reserved.groupResourceId ?? ""}`,
          ]
        : []),
      ...(size.onDemandReservation === null
        ? [
            `${rung.path}: no source tells whether Azure reserves ${size.name}; az vm list-skus --size ${size.name} does, as CapacityReservationSupported`,
          ]
        : []),
    ];
  });
}
