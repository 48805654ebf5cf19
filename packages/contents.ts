import { isBuiltin } from "node:module";
import type { Metafile } from "esbuild";

/** Folders of the packages that bundles hold code of, such as `node_modules/zod`. */
export function bundledFolders({ outputs }: Metafile): readonly string[] {
  const files = Object.values(outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? [file] : [])),
  );
  const folders = files.flatMap((it) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(it)?.[0] ?? []);
  return [...new Set(folders)].sort();
}

/** Names of the packages that code asks for while it runs. */
export function neededPackages({ outputs }: Metafile): readonly string[] {
  const asked = Object.values(outputs).flatMap(({ imports }) =>
    imports.flatMap((it) => (it.external === true && !isBuiltin(it.path) ? [it.path] : [])),
  );
  const names = asked.flatMap((it) => /^(?:@[^/]+\/)?[^/]+/.exec(it)?.[0] ?? []);
  return [...new Set(names)].sort();
}
