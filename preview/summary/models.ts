import { annotations } from "../../catalog/scheduling";
import { type ServingEstimate, servingEstimate } from "../../catalog/serving-estimate";
import type { PlannedResource } from "../../core/planned-resource";
import { text } from "../../core/property-tree";

/** What the servers of each model are expected to do, as their objects say it. */
export function modelEstimates(resources: readonly Pick<PlannedResource, "inputs">[]): ServingEstimate[] {
  return resources.flatMap(({ inputs }) => {
    const said = text(inputs, `metadata.annotations["${annotations.servingEstimate}"]`);
    return said === undefined ? [] : [servingEstimate.parse(JSON.parse(said))];
  });
}
