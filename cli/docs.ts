import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { generatedFiles } from "./generated-files";

/** Writes every generated file. */
async function main(): Promise<void> {
  const root = path.join(__dirname, "..");
  for (const [file, text] of await generatedFiles(root)) {
    const target = path.join(root, file);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, text);
    process.stdout.write(`${file}\n`);
  }
}

void main();
