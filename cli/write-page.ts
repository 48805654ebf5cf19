import { writeFileSync } from "node:fs";
import { MisconfiguredError } from "../core/problems";

/**
 * Writes a page into a file and says so; `-` is the standard output.
 * @throws MisconfiguredError where no such file can be written
 */
export function writePage(file: string, page: string): void {
  if (file === "-") {
    process.stdout.write(page);
    return;
  }
  try {
    writeFileSync(file, page);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new MisconfiguredError("The command", [
      { path: "--html", rule: `cannot be written: ${reason}`, remedy: "Name a file in a folder that is there" },
    ]);
  }
  process.stdout.write(`${file}: ${Math.ceil(Buffer.byteLength(page) / 1024)} KiB\n`);
}
