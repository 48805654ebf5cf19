import { checkId } from "../../../azure/check-id";
import { Problems } from "../../../core/problems";
import { readShape } from "../../../core/shape";
import { imageRegistryShape, type ImageRegistryShape } from "./shape";

/** A checked registry. It takes no address of the network: a registry behind a private endpoint is reached through its own. */
export interface ImageRegistryPlan {
  readonly resourceId: string;
  readonly subnets: readonly never[];
  readonly infiniband: false;
}

/**
 * All decisions about a registry.
 * @throws MisconfiguredError
 */
export function planImageRegistry(name: string, given: ImageRegistryShape): ImageRegistryPlan {
  const subject = `Image registry '${name}'`;
  const { resourceId } = readShape(imageRegistryShape, given, subject);
  const problems = new Problems();
  checkId({ token: "containerregistry:Registry", what: "container registry" }, resourceId, "resourceId", problems);
  problems.throwIfAny(subject);
  return { resourceId, subnets: [], infiniband: false };
}
