import { checkId } from "../../../azure/check-id";
import type { RoleName } from "../../../catalog/roles";
import { Problems } from "../../../core/problems";
import { readShape } from "../../../core/shape";
import type { NetworkUser } from "../../network/subnet-ref";
import { imageRegistryShape, type ImageRegistryShape } from "./shape";

/** A checked registry: what the nodes get on it, and how they reach it. */
export interface ImageRegistryPlan extends NetworkUser {
  readonly resourceId: string;
  /** The least role that images can be pulled with. */
  readonly role: RoleName;
  /** Who approves a private endpoint of our own, `null` where there is none. */
  readonly approval: "automatic" | "manual" | null;
}

/** Source: https://learn.microsoft.com/azure/container-registry/container-registry-rbac-abac-repository-permissions */
const roles = { registry: "AcrPull", repositories: "Container Registry Repository Reader" } as const;

/**
 * All decisions about a registry.
 * @throws MisconfiguredError
 */
export function planImageRegistry(name: string, given: ImageRegistryShape): ImageRegistryPlan {
  const subject = `Image registry '${name}'`;
  const { resourceId, permissions, privateEndpoint } = readShape(imageRegistryShape, given, subject);
  const problems = new Problems();
  checkId({ token: "containerregistry:Registry", what: "container registry" }, resourceId, "resourceId", problems);
  problems.throwIfAny(subject);
  return {
    resourceId,
    role: roles[permissions],
    approval: privateEndpoint?.approval ?? null,
    infiniband: false,
    subnets:
      privateEndpoint === undefined
        ? []
        : [
            {
              role: "endpoints",
              // Its login, and the layers in each region.
              // Source: https://learn.microsoft.com/azure/container-registry/container-registry-private-link
              addresses: 1 + privateEndpoint.regions,
              what: "private endpoints of registries",
            },
          ],
  };
}
