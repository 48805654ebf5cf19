import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { cacheFolder } from "../../../../simulator/engine/cache";
import { withLock } from "../../../../simulator/engine/lock";

const run = promisify(execFile);

/** Varnish with varnish-modules, ready to be started. */
export interface RealVarnish {
  readonly varnishd: string;
  /** Where it finds its libraries. */
  readonly env: Readonly<Record<string, string>>;
  /** Where it finds its modules. */
  readonly args: readonly string[];
}

/** Packages that are unpacked side by side. What they need beyond that a machine with a C compiler has. */
const packages = ["varnish", "varnish-modules", "libvarnishapi3", "libjemalloc2"];

/**
 * Varnish as it is installed here, else as Debian 12 has it, in a folder of its own in the user's cache, fetched once, on CI or where `CI` is
 * set: 1.5 MB.
 * @returns the reason where it cannot be had
 * @throws Error for that reason on CI
 */
export async function realVarnish(): Promise<RealVarnish | string> {
  const installed = varnishIn("/");
  if (installed !== undefined) return installed;
  const folder = path.join(cacheFolder("varnish"), `debian-12-${process.arch}`);
  const ready = path.join(folder, "ready");
  if (!existsSync(ready) && process.env["CI"] === undefined)
    return "Varnish is not here: CI=true npm test fetches 1.5 MB from Debian, once, or install varnish and varnish-modules.";
  try {
    await withLock(`${folder}.lock`, async () => {
      if (existsSync(ready)) return;
      rmSync(folder, { recursive: true, force: true });
      mkdirSync(folder, { recursive: true });
      await download(folder);
      for (const it of readdirSync(folder).filter((file) => file.endsWith(".deb")))
        await run("dpkg", ["--extract", path.join(folder, it), folder]);
      writeFileSync(ready, "");
    });
    const fetched = varnishIn(folder);
    if (fetched === undefined) throw new Error(`The packages in ${folder} have no varnishd with bodyaccess.`);
    return fetched;
  } catch (error) {
    const reason = `Varnish cannot be had here: ${String(error).trim().split("\n").at(-1) ?? ""}`;
    if (process.env["CI"] !== undefined) throw new Error(reason, { cause: error });
    return reason;
  }
}

/** Fetches the packages. A machine whose lists of packages were thrown away, or are old, gets new ones first. */
async function download(folder: string): Promise<void> {
  const fetch = (): Promise<unknown> => run("apt-get", ["download", ...packages], { cwd: folder });
  try {
    await fetch();
  } catch {
    await run("apt-get", ["update"]);
    await fetch();
  }
}

function varnishIn(root: string): RealVarnish | undefined {
  const varnishd = path.join(root, "usr/sbin/varnishd");
  const libraries = path.join(root, "usr/lib");
  if (!existsSync(varnishd)) return undefined;
  // One folder for each architecture.
  for (const own of readdirSync(libraries).map((it) => path.join(libraries, it))) {
    const modules = path.join(own, "varnish/vmods");
    if (!existsSync(path.join(modules, "libvmod_bodyaccess.so"))) continue;
    const env = root === "/" ? {} : { LD_LIBRARY_PATH: `${own}:${path.join(own, "varnish")}` };
    return { varnishd, env, args: ["-p", `vmod_path=${modules}`] };
  }
  return undefined;
}
