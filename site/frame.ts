import { escapeHtml } from "./escape-html";
import type { MenuGroup } from "./navigation";
import type { PageSection } from "./render-page";
import { relativeAddress, sitePath } from "./site-pages";

/** What the frame of a page needs to know of it. */
export interface FramedPage {
  /** Where it lies in the site. */
  readonly at: string;
  /** File of the repository that it shows. */
  readonly source: string;
  readonly title: string;
  readonly html: string;
  readonly sections: readonly PageSection[];
}

/** Names of the files that every page loads. */
export const siteFiles = {
  styles: "site.css",
  script: "site.js",
  search: "search.js",
  diagrams: "diagrams.js",
} as const;

/** A whole page of the site: menu, search, text, and the headings of a long page beside it. */
export function framePage(page: FramedPage, menu: readonly MenuGroup[], titles: ReadonlyMap<string, string>): string {
  const to = (file: string): string => relativeAddress(page.at, file);
  const beside = page.sections.filter((it) => it.level === 2);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'">
<title>${escapeHtml(page.title)} - azure-gpu-cluster</title>
<link rel="stylesheet" href="${to(siteFiles.styles)}">
<script src="${to(siteFiles.script)}" data-root="${to(".") || "."}/" data-search="${to(siteFiles.search)}" data-diagrams="${to(siteFiles.diagrams)}"></script>
</head>
<body>
<a class="skip" href="#text">To the text</a>
<header>
<a class="home" href="${to("index.html")}">azure-gpu-cluster</a>
<form id="search" role="search" hidden><input type="search" aria-label="Search" placeholder="Search (press /)" autocomplete="off" spellcheck="false"><div id="found" aria-live="polite"></div></form>
<button id="shade" type="button" hidden>Dark</button>
</header>
<div class="columns">
<nav class="menu" aria-label="Pages"><details><summary>All pages</summary>
${menu.map((group) => groupOf(group, page, to, titles)).join("\n")}
</details></nav>
<main id="text">
${page.html}
<footer>From <code>${escapeHtml(page.source)}</code>. Apache-2.0.</footer>
</main>
${beside.length < 3 ? "" : asideOf(beside)}</div>
</body>
</html>
`;
}

function groupOf(
  { heading, pages }: MenuGroup,
  page: FramedPage,
  to: (file: string) => string,
  titles: ReadonlyMap<string, string>,
): string {
  const items = pages.map((it) => {
    const here = it === page.source ? ' aria-current="page"' : "";
    return `<li><a href="${to(sitePath(it))}"${here}>${escapeHtml(titles.get(it) ?? it)}</a></li>`;
  });
  const open = pages.includes(page.source) ? " open" : "";
  return `<details class="group"${open}><summary>${escapeHtml(heading)}</summary><ul>${items.join("")}</ul></details>`;
}

function asideOf(sections: readonly PageSection[]): string {
  const items = sections.map((it) => `<li><a href="#${it.anchor}">${escapeHtml(it.heading)}</a></li>`);
  return `<aside aria-label="On this page"><p>On this page</p><ul>${items.join("")}</ul></aside>\n`;
}
