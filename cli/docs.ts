import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { generatedFiles } from "./generated-files";
import { runCommand } from "./run-command";

/** Writes every generated file. */
async function main(): Promise<number> {
  const root = path.join(__dirname, "..");
  for (const [file, text] of await generatedFiles(root)) {
    const target = path.join(root, file);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, text);
    process.stdout.write(`${file}\n`);
  }
  return 0;
}

runCommand(main);
