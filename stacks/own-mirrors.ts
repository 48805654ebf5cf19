import { type ImageMirrors, ownRegistry } from "../components/platform/image-mirrors";
import type { Problems } from "../core/problems";

/**
 * Mirrors with the environment's own registry by its name: there each public registry has a folder that is called as its host.
 * @param loginServer Host of the own registry. Undefined: there is none.
 */
export function ownMirrors(mirrors: ImageMirrors, loginServer: string | undefined, problems: Problems): ImageMirrors {
  return Object.fromEntries(
    Object.entries(mirrors).map(([host, place]) => {
      if (place !== ownRegistry) return [host, place];
      problems.require(
        loginServer !== undefined,
        `platform.imageMirrors["${host}"]`,
        "cannot be containerRegistry: the environment has no registry of its own",
        { remedy: "Add containerRegistry: {} to the stack that makes the infra, or write the place of your copies" },
      );
      return [host, `${loginServer ?? "unknown.azurecr.io"}/${host}`];
    }),
  );
}
