import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { buildSync } from "esbuild";
import { escapeHtml } from "./escape-html";
import { Problems } from "../core/problems";
import { framePage, siteFiles, type FramedPage } from "./frame";
import { menuOf } from "./navigation";
import { renderPage } from "./render-page";
import { findSitePages, relativeAddress, shownPath, sitePath } from "./site-pages";
import { siteStyles } from "./styles";

/** What is copied as it is: pictures, and what another program reads. Other files that a page names become pages that show them. */
const copied = /\.(webp|png|svg|json)$/;

/**
 * The site: every Markdown page of the repository, the files that they name, and a search.
 * @returns Content by the path in the site.
 * @throws MisconfiguredError that names every link of a page that leads nowhere
 */
export function buildSite(root: string): ReadonlyMap<string, string | Buffer> {
  const pages = findSitePages(root);
  const problems = new Problems();
  const named = new Set<string>();
  const rendered = pages.map((source): FramedPage => {
    const address = (link: string): string => addressInSite(root, source, link, named, problems);
    const { title, html, sections } = renderPage(readFileSync(path.join(root, source), "utf8"), address);
    return { source, at: sitePath(source), title, html, sections };
  });
  checkAnchors(rendered, problems);
  problems.throwIfAny("The site");

  const menu = menuOf(pages);
  const titles = new Map(rendered.map((it) => [it.source, it.title]));
  const site = new Map<string, string | Buffer>();
  for (const page of rendered) site.set(page.at, framePage(page, menu, titles));
  for (const file of named) {
    if (copied.test(file)) site.set(file, readFileSync(path.join(root, file)));
    else site.set(shownPath(file), framePage(shownFile(root, file), menu, titles));
  }
  site.set(siteFiles.styles, siteStyles);
  site.set(siteFiles.script, browserScript());
  // As its makers bundled it: one file without a dependency.
  site.set(siteFiles.diagrams, readFileSync(require.resolve("@mermaid-js/tiny")));
  site.set(siteFiles.search, `window.searchSections = ${JSON.stringify(searchedSections(rendered))};\n`);
  // GitHub Pages would leave out what begins with an underscore. It also tells a later run that the folder is a site.
  site.set(".nojekyll", "");
  return site;
}

/** What a link of a page leads to in the site. Notes files that it names, and links that lead nowhere. */
function addressInSite(root: string, page: string, link: string, named: Set<string>, problems: Problems): string {
  if (/^[a-z][a-z0-9+.-]*:/i.test(link) || link.startsWith("#")) return link;
  const [file = "", anchor] = link.split("#");
  const target = path.posix.join(path.posix.dirname(page), decodeURIComponent(file)).replace(/\/$/, "");
  if (target.startsWith("..") || !existsSync(path.join(root, target))) {
    problems.add({ path: page, rule: "links must lead to files of the repository", got: link });
    return link;
  }
  const readme = path.posix.join(target, "README.md");
  const isFolder = statSync(path.join(root, target)).isDirectory();
  const to = isFolder && existsSync(path.join(root, readme)) ? readme : target;
  const isPage = to.endsWith(".md");
  if (!isPage) named.add(to);
  const at = isPage ? sitePath(to) : copied.test(to) ? to : shownPath(to);
  return relativeAddress(sitePath(page), at) + (anchor === undefined ? "" : `#${anchor}`);
}

/** Notes links to headings that no page has. */
function checkAnchors(pages: readonly FramedPage[], problems: Problems): void {
  const anchors = new Map(pages.map((it) => [it.at, new Set(it.sections.map(({ anchor }) => anchor))]));
  for (const { source, at, html } of pages)
    for (const [, file = "", anchor = ""] of html.matchAll(/ href="([^"#:]*)#([^"]+)"/g)) {
      const target = file === "" ? at : path.posix.join(path.posix.dirname(at), file);
      if (anchors.get(target)?.has(decodeURIComponent(anchor)) !== true)
        problems.add({
          path: source,
          rule: "links must lead to headings that there are",
          got: `#${anchor} of ${target}`,
        });
    }
}

/** A file that is no page, as a page that shows it; of a folder, the names in it. */
function shownFile(root: string, file: string): FramedPage {
  const at = path.join(root, file);
  const text = statSync(at).isDirectory() ? readdirSync(at).sort().join("\n") : readFileSync(at, "utf8");
  const html = `<h1>${escapeHtml(path.posix.basename(file))}</h1>\n<pre tabindex="0"><code>${escapeHtml(text)}</code></pre>`;
  return { source: file, at: shownPath(file), title: file, html, sections: [] };
}

function searchedSections(pages: readonly FramedPage[]): readonly object[] {
  return pages.flatMap(({ at, title, sections }) =>
    sections.map(({ anchor, heading, text }) => ({ at: `${at}#${anchor}`, title, heading, text })),
  );
}

/** One script with the library that searches, for browsers of the last years. */
function browserScript(): string {
  const { outputFiles } = buildSync({
    entryPoints: [path.join(__dirname, "browser.js")],
    bundle: true,
    minify: true,
    write: false,
    target: "es2022",
    format: "iife",
    legalComments: "inline",
  });
  return outputFiles.map((it) => it.text).join("");
}
