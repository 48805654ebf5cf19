import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Preview } from "../preview/preview";
import { renderText } from "../preview/render-text";
import { between } from "./markers";

const folder = "docs/paths";

/** A marker of a page, such as `preview:prod:Cost`: the stack, and the title of the part of its preview. */
const wanted = /<!-- (preview:([\w-]+):([^>]+?)) -->/g;

/**
 * The pages of `docs/paths`, one for each kind of reader, with the parts of previews that their markers ask for, by path from the root.
 * @throws when a marker names a stack or a part that no preview has
 */
export function pathPages(root: string, previews: readonly Preview[]): ReadonlyMap<string, string> {
  const files = readdirSync(path.join(root, folder)).sort();
  return new Map(
    files.map((file) => {
      const text = readFileSync(path.join(root, folder, file), "utf8");
      return [`${folder}/${file}`, withParts(text, previews)];
    }),
  );
}

/**
 * Puts the parts of previews into a page that its markers ask for.
 * @throws when a marker names a stack or a part that no preview has
 */
export function withParts(text: string, previews: readonly Preview[]): string {
  return [...text.matchAll(wanted)].reduce(
    (page, [, marker = "", stack = "", title = ""]) =>
      between(page, marker, `\`\`\`text\n${partOf(previews, stack, title)}\n\`\`\``),
    text,
  );
}

/** A part begins with its title at the margin, and ends before the empty line that follows. */
function partOf(previews: readonly Preview[], stack: string, title: string): string {
  const found = previews.find(({ environment }) => environment.stack === stack);
  const parts = found === undefined ? [] : renderText(found, (_, text) => text).split("\n\n");
  const part = parts.find((it) => it.startsWith(`${title}\n`));
  if (part === undefined) throw new Error(`No preview of ${stack} has a part "${title}".`);
  return part.trimEnd();
}
