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
