import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";

/** A folder for what is made once per user and can always be made again. It may not exist yet. */
export function cacheFolder(purpose: string): string {
  const base = process.env["XDG_CACHE_HOME"] ?? "";
  // The XDG rules say to ignore a relative path.
  return join(isAbsolute(base) ? base : join(homedir(), ".cache"), "azure-gpu-cluster", purpose);
}
