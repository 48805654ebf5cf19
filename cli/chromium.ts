import { accessSync, constants } from "node:fs";
import path from "node:path";

/** Names of the browser in the packages of distributions and vendors. */
const names = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];

/** How to get what `findChromium` looks for. */
export const howToGetChromium = "Install Chromium (Debian: apt-get install chromium), or say in CHROMIUM where it is.";

/** The Chromium of this machine, `undefined` where there is none: what `CHROMIUM` names, else the first on PATH. */
export function findChromium(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const named = env["CHROMIUM"] ?? "";
  const folders = (env["PATH"] ?? "").split(path.delimiter).filter((it) => path.isAbsolute(it));
  const files = named === "" ? names.flatMap((name) => folders.map((folder) => path.join(folder, name))) : [named];
  return files.find(isProgram);
}

/**
 * Arguments by which it asks nobody for anything by itself. As root, as in most containers of CI, it has no sandbox: it shows pages of ours
 * that may ask no server.
 */
export const quietChromium: readonly string[] = [
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-gpu",
  "--disable-quic",
  "--disable-sync",
  "--no-first-run",
  ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
];

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
