import MarkdownIt from "markdown-it";

const { utils } = new MarkdownIt();

/** Text as HTML writes it, in a quoted attribute as well. */
export function escapeHtml(text: string): string {
  return utils.escapeHtml(text);
}
