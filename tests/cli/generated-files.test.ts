import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { generatedFiles } from "../../cli/generated-files";
import { root } from "../stack-files";

it("finds every generated file as it was committed (npm run docs after a change)", async () => {
  for (const [file, text] of await generatedFiles(root)) {
    const committed = path.join(root, file);
    expect(existsSync(committed) ? readFileSync(committed, "utf8") : "", file).toBe(text);
  }
});
