import { defaultTreeAdapter, parse, type DefaultTreeAdapterTypes, type ParserError } from "parse5";

type Element = DefaultTreeAdapterTypes.Element;

/** A page as a browser reads it. */
export interface ParsedPage {
  /** What the standard calls a parse error, by its code. */
  readonly errors: readonly string[];
  /** All elements, in the order of the page. */
  readonly elements: readonly Element[];
  readonly text: string;
}

/** Reads a page by the rules of the standard. */
export function parsePage(page: string): ParsedPage {
  const errors: string[] = [];
  const onParseError = ({ code, startLine }: ParserError): void => void errors.push(`${code} in line ${startLine}`);
  const document = parse(page, { sourceCodeLocationInfo: true, onParseError });
  const elements: Element[] = [];
  const texts: string[] = [];
  const walk = (node: DefaultTreeAdapterTypes.Node): void => {
    if (defaultTreeAdapter.isTextNode(node)) texts.push(node.value);
    if (defaultTreeAdapter.isElementNode(node)) elements.push(node);
    if ("childNodes" in node) for (const it of node.childNodes) walk(it);
  };
  walk(document);
  return { errors, elements, text: texts.join("") };
}

/** The value of an attribute, `undefined` where it has none of that name. */
export function attribute({ attrs }: Element, name: string): string | undefined {
  return attrs.find((it) => it.name === name)?.value;
}

/** Rows of the tables of a part of a page, by caption: cells by the heads of their columns. */
export function cellsOf(part: string): ReadonlyMap<string, readonly Readonly<Record<string, string>>[]> {
  const { elements } = parsePage(`<!doctype html><title>t</title>${part}`);
  const below = (element: Element, ...names: readonly string[]): Element[] =>
    parseInner(element).filter((it) => names.includes(it.tagName));
  return new Map(
    elements
      .filter((it) => it.tagName === "table")
      .map((table) => {
        const [caption] = below(table, "caption");
        const [head, ...rows] = below(table, "tr").map((row) => below(row, "th", "td").map(textOf));
        const cells = rows.map((row) => Object.fromEntries(row.map((cell, at) => [head?.[at] ?? "", cell])));
        return [caption === undefined ? "" : textOf(caption), cells];
      }),
  );
}

function parseInner(element: Element): Element[] {
  return element.childNodes.flatMap((it) => (defaultTreeAdapter.isElementNode(it) ? [it, ...parseInner(it)] : []));
}

function textOf(element: Element): string {
  const texts = element.childNodes.map((it) =>
    defaultTreeAdapter.isTextNode(it) ? it.value : defaultTreeAdapter.isElementNode(it) ? textOf(it) : "",
  );
  return texts.join("").trim();
}
