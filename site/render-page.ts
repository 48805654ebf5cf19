import MarkdownIt, { type Token } from "markdown-it";
import { escapeHtml } from "./escape-html";
import { headingAnchors } from "./heading-anchors";

/** A part of a page that a search finds: what stands below one heading. */
export interface PageSection {
  readonly anchor: string;
  readonly heading: string;
  readonly level: number;
  readonly text: string;
}

/** A page of Markdown as HTML, before it gets the frame of the site. */
export interface RenderedPage {
  readonly title: string;
  readonly html: string;
  /** The first is what stands below the title. */
  readonly sections: readonly PageSection[];
}

/** Letters from which on a cell of a table holds sentences. */
const longCell = 60;

/**
 * Renders a page of Markdown.
 * @param address What a link or a picture of the page leads to in the site.
 */
export function renderPage(markdown: string, address: (link: string) => string): RenderedPage {
  const reader = new MarkdownIt({ html: true });
  const tokens = reader.parse(markdown, {});
  const anchorOf = headingAnchors();
  const sections: { anchor: string; heading: string; level: number; text: string[] }[] = [];

  tokens.forEach((token, at) => {
    if (token.type === "heading_open") {
      const heading = textOf(tokens[at + 1]);
      const anchor = anchorOf(heading);
      token.attrSet("id", anchor);
      sections.push({ anchor, heading, level: Number(token.tag.slice(1)), text: [] });
    } else if (tokens[at - 1]?.type !== "heading_open") {
      sections.at(-1)?.text.push(textOf(token));
    }
    // A column of sentences gets room, however many columns a table has.
    if (token.type === "td_open" && textOf(tokens[at + 1]).length > longCell) token.attrSet("class", "long");
    for (const it of [token, ...(token.children ?? [])]) {
      for (const name of ["href", "src"]) {
        const link = it.attrGet(name);
        if (link !== null) it.attrSet(name, address(link));
      }
      if (it.type === "html_inline" || it.type === "html_block")
        it.content = it.content.replace(/ (src|href)="([^"]+)"/g, (_, name: string, to: string) => {
          return ` ${name}="${address(to)}"`;
        });
    }
  });

  const { rules } = reader.renderer;
  const fence = rules.fence?.bind(rules);
  rules.fence = (list, at, options, env, self) => {
    const token = list[at];
    if (token?.info === "mermaid") return diagramOf(token.content);
    // A block that scrolls must be reached without a mouse.
    return (fence?.(list, at, options, env, self) ?? "").replace("<pre>", '<pre tabindex="0">');
  };
  rules["table_open"] = () => '<div class="table" tabindex="0" role="group" aria-label="Table">\n<table>\n';
  rules["table_close"] = () => "</table>\n</div>\n";

  return {
    title: sections[0]?.heading ?? "",
    html: reader.renderer.render(tokens, reader.options, {}),
    sections: sections.map((it) => ({ ...it, text: it.text.filter((text) => text !== "").join(" ") })),
  };
}

/** A diagram as its source, which the script of the site draws: only in a browser it is known how much room there is, and how dark it is. */
function diagramOf(source: string): string {
  return `<figure class="diagram" tabindex="0"><pre>${escapeHtml(source)}</pre></figure>\n`;
}

/** What a reader sees of a part of Markdown. */
function textOf(token: Token | undefined): string {
  if (token === undefined) return "";
  if (token.type === "fence" || token.type === "code_block") return token.info === "mermaid" ? "" : token.content;
  return (token.children ?? [])
    .map((it) => (it.type === "softbreak" || it.type === "hardbreak" ? " " : it.content))
    .filter((it) => !it.startsWith("<"))
    .join("");
}
