/** A heading of the menu with the pages below it. */
export interface MenuGroup {
  readonly heading: string;
  readonly pages: readonly string[];
}

/** Which pages stand together: a page belongs to the first group that has it. The last has all others, so none is left out. */
const groups: readonly (readonly [heading: string, has: RegExp])[] = [
  ["Start", /^(README|docs\/README|docs\/glossary|docs\/teams)\.md$/],
  ["Paths", /^docs\/paths\//],
  ["Use it", /^(stacks|examples|cli|preview|preflight|verification|replacement|policies)\/README\.md$/],
  ["Runbooks", /^docs\/runbooks\//],
  ["From pipelines and clusters", /^(deploy|delivery)\//],
  ["What there is", /^docs\/(features|unproven|sizes|policies|enforcement|rehearsal|security-scans)\.md$/],
  ["Components", /^components\//],
  ["How it is built", /^(docs\/architecture\.md|(core|catalog|azure|simulator|tests|site|templates)\/)/],
  ["Why it is so", /^docs\/decisions\//],
  ["The project", /^/],
];

/** The menu of the site. Within a group the README of a folder comes before its other pages. */
export function menuOf(pages: readonly string[]): readonly MenuGroup[] {
  const groupOf = (page: string): number => groups.findIndex(([, has]) => has.test(page));
  const order = (page: string): string => page.replace(/README\.md$/, "");
  const sorted = [...pages].sort((a, b) => order(a).localeCompare(order(b), "en"));
  return groups
    .map(([heading], at) => ({ heading, pages: sorted.filter((page) => groupOf(page) === at) }))
    .filter((it) => it.pages.length > 0);
}
