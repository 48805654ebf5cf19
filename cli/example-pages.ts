import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { between } from "./markers";

/**
 * The page of each area with the examples that it shows between `<!-- example:name -->` markers, by path from the root.
 * @throws for an area that shows no example, and for an example that does not exist
 */
export function examplePages(root: string): ReadonlyMap<string, string> {
  const pages = readdirSync(path.join(root, "components"), { withFileTypes: true })
    .filter((it) => it.isDirectory())
    .map((it) => `components/${it.name}/README.md`);
  return new Map(pages.map((page) => [page, withExamples(page, root)]));
}

function withExamples(page: string, root: string): string {
  const text = readFileSync(path.join(root, page), "utf8");
  const shown = [...text.matchAll(/<!-- example:([\w-]+) -->/g)].map(([, name = ""]) => name);
  if (shown.length === 0) throw new Error(`${page} shows no example.`);
  return shown.reduce((before, name) => {
    const program = readFileSync(path.join(root, "examples", name, "index.ts"), "utf8");
    return between(before, `example:${name}`, `\`\`\`ts\n${program.trimEnd()}\n\`\`\``);
  }, text);
}
