/**
 * Puts content between the markers `<!-- name -->` and `<!-- /name -->` of a page.
 * @throws when the page has lost them
 */
export function between(text: string, marker: string, content: string): string {
  const block = new RegExp(`(<!-- ${marker} -->)[\\s\\S]*?(<!-- /${marker} -->)`);
  if (!block.test(text)) throw new Error(`A page has lost its markers for ${marker}.`);
  return text.replace(block, (_, begin: string, end: string) => `${begin}\n\n${content}\n\n${end}`);
}
