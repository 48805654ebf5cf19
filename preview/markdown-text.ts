/** A table; what stands in its cells is text. */
export function rows(head: readonly string[], cells: readonly (readonly string[])[]): string[] {
  const line = (all: readonly string[]): string => `| ${all.map(escaped).join(" | ")} |`;
  return [line(head), `|${" --- |".repeat(head.length)}`, ...cells.map(line)];
}

/**
 * A text on one line in which nothing is markup, leads anywhere or calls anybody: names and values are whoever's. A forge looks for people,
 * issues and addresses in what a reader would see, so that an escape does not stop it; a space of no width does.
 * Sources (2026-12-02): docs.github.com "Autolinked references and URLs"; docs.gitlab.com "GitLab Flavored Markdown".
 */
export function escaped(text: string): string {
  return oneLine(text)
    .replace(/[\\`*_{}[\]<>|&~]/g, "\\$&")
    .replace(/^[-+=](?!\d)|(?<=^\d+)[.)](?=\s|$)/g, "\\$&")
    .replace(/[@#]|[!$%^](?=[\w"\\])|GH(?=-\d)|:(?=\/\/)|www(?=\.)|(?<=mailto|xmpp):/gi, "$&&#8203;");
}

/** A text as code, on one line, with as many back ticks around it as keep it whole. */
export function code(text: string): string {
  // Back ticks with nothing between them are no code, and would end somebody else's.
  const plain = oneLine(text) || " ";
  const longest = Math.max(0, ...[...plain.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return longest === 0 ? `${fence}${plain}${fence}` : `${fence} ${plain} ${fence}`;
}

/** The address of a page as a link that shows it; a text where it is none of the web. */
export function link(address: string): string {
  const page = URL.canParse(address) ? new URL(address) : undefined;
  if (page === undefined || !/^https?:$/.test(page.protocol)) return escaped(address);
  return `<${page.href.replace(/[<>`\\]/g, encodeURIComponent)}>`;
}

/** What breaks a line, and what has a reader see letters in another order than they stand in. */
function oneLine(text: string): string {
  return text.replace(/[\s\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu, " ").trim();
}
