import { readdirSync } from "node:fs";
import path from "node:path";

/** Folders that hold what a command has written, or what npm has installed. */
const made = new Set(["node_modules", "coverage", "dist", "public"]);

/** Markdown pages of the repository, as paths from its root. Walked, not asked of git: a copy has no history. */
export function findSitePages(root: string, folder = ""): string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const at = path.posix.join(folder, entry.name);
    if (entry.isDirectory()) return made.has(entry.name) || entry.name.startsWith(".") ? [] : findSitePages(root, at);
    return entry.name.endsWith(".md") ? [at] : [];
  });
}

/** Where a page lies in the site: a README is what its folder opens with. */
export function sitePath(page: string): string {
  return page.replace(/(^|\/)README\.md$/, "$1index.md").replace(/\.md$/, ".html");
}

/** Where a page lies that shows a file. Without a dot before its name: hosts of pages leave out what is hidden. */
export function shownPath(file: string): string {
  return `${file.replace(/(^|\/)\./, "$1")}.html`;
}

/** How one file of the site is addressed from another. Relative, so that a site works below any address, and from a folder. */
export function relativeAddress(from: string, to: string): string {
  return path.posix.relative(path.posix.dirname(from), to);
}
