import type { ContainerRegistryPlan } from "../components/identity/container-registry/plan";
import { type ImageMirrors, type Mirrors, ownRegistry } from "../components/platform/image-mirrors";
import { joinPath, type Problems, showKey } from "../core/problems";

/**
 * Mirrors with the environment's own registry by its name: there each public registry that it caches has a folder that is called as its host.
 * @param own Undefined: there is none. Null: there is one that could not be read, which is told elsewhere.
 */
export function ownMirrors(
  mirrors: ImageMirrors,
  own: Pick<ContainerRegistryPlan, "loginServer" | "caches"> | null | undefined,
  problems: Problems,
): Mirrors {
  return Object.fromEntries(
    Object.entries(mirrors).map(([host, place]): [string, Mirrors[string]] => {
      if (place !== ownRegistry) return [host, place];
      const path = joinPath("platform.imageMirrors", showKey(host));
      problems.require(
        own !== undefined,
        path,
        "cannot be containerRegistry: the environment has no registry of its own",
        {
          remedy: "Add containerRegistry: {} to the stack that makes the infra, or write the place of your copies",
        },
      );
      problems.require(
        own == null || own.caches.includes(host),
        path,
        "cannot be containerRegistry, which does not cache that host",
        {
          remedy: `Write ${host} where the nodes reach it, or the place of your copies, such as <registry>/${host} after az acr import`,
        },
      );
      return [host, { pullsThrough: `${own?.loginServer ?? "unknown.azurecr.io"}/${host}` }];
    }),
  );
}
