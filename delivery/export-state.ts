import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";

/** The state of a stack as it lies in the backend. The Automation API would have its secrets decrypted. */
export async function exportState(stackName: string): Promise<unknown> {
  const { stdout } = await promisify(execFile)("pulumi", ["stack", "export", "--stack", stackName], {
    cwd: path.join(__dirname, ".."),
    maxBuffer: 1024 ** 3,
  });
  return (JSON.parse(stdout) as { readonly deployment?: unknown }).deployment;
}
