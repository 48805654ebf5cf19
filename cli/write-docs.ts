import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { generatedFiles } from "./generated-files";

/** Writes every generated file of a project and prints its path. Returns the exit code. */
export async function writeDocs(root: string): Promise<number> {
  for (const [file, text] of await generatedFiles(root)) {
    const target = path.join(root, file);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, text);
    process.stdout.write(`${file}\n`);
  }
  return 0;
}
