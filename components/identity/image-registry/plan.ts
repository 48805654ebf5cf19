import { parseArmId } from "../../../azure/arm-id";
import { isUuid } from "../../../core/names";
import { Problems } from "../../../core/problems";
import { readShape } from "../../../core/shape";
import { imageRegistryShape, type ImageRegistryShape } from "./shape";

/** A checked registry. It takes no address of the network: a registry behind a private endpoint is reached through its own. */
export interface ImageRegistryPlan {
  readonly resourceId: string;
  readonly subnets: readonly never[];
  readonly infiniband: false;
}

const form = "/subscriptions/<UUID>/resourceGroups/<name>/providers/Microsoft.ContainerRegistry/registries/<name>";

/**
 * All decisions about a registry.
 * @throws MisconfiguredError
 */
export function planImageRegistry(name: string, given: ImageRegistryShape): ImageRegistryPlan {
  const subject = `Image registry '${name}'`;
  const { resourceId } = readShape(imageRegistryShape, given, subject);
  const problems = new Problems();
  const said = parseArmId(resourceId);
  problems.require(
    said?.arm.toLowerCase() === "microsoft.containerregistry/registries" &&
      said.resourceGroupName !== null &&
      isUuid(said.subscriptionId ?? ""),
    "resourceId",
    "must be the ARM ID of a container registry",
    { got: resourceId, remedy: `Write ${form}` },
  );
  problems.throwIfAny(subject);
  return { resourceId, subnets: [], infiniband: false };
}
