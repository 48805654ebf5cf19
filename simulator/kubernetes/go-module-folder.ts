import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "../../core/property-tree";
import { programOutput } from "./program-output";

/** How long the download of one module may take, on a slow line too. */
const downloadSeconds = 900;

/**
 * Where the content of a Go module lies, from Go's own cache or, the first time, from the network. It is read-only.
 * @param module path and version, such as `sigs.k8s.io/kueue@v0.19.2`
 * @throws Error when it is not there and cannot be downloaded
 */
export async function goModuleFolder(module: string): Promise<string> {
  // In a folder of its own: a go.mod of somebody else, or of ours, would have a say.
  const cwd = await mkdtemp(join(tmpdir(), "azure-gpu-cluster-module-"));
  try {
    const env = { ...process.env, GOWORK: "off" };
    const options = { cwd, env, seconds: downloadSeconds };
    const answer = await programOutput("go", ["mod", "download", "-json", module], options);
    const folder = text(JSON.parse(answer), "Dir");
    if (folder === undefined) throw new Error(answer.trim());
    return folder;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`The Go module ${module} could not be downloaded, which needs Go and a network once: ${why}`);
  } finally {
    await rm(cwd, { recursive: true, force: true });
  }
}
