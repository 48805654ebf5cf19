/** What may stand in a page: text and numbers, which are escaped, and HTML that `html` has made. */
export type Content = string | number | Markup | readonly Content[];

/** HTML that is safe: its only maker is `html`. */
export class Markup {
  readonly #text: string;

  private constructor(text: string) {
    this.#text = text;
  }

  /** HTML as it is written, in which every value is escaped. Values stand in texts and in quoted attributes, nowhere else. */
  public static readonly html = (literals: TemplateStringsArray, ...values: readonly Content[]): Markup => {
    const parts = literalsOf(literals);
    return new Markup(parts.map((it, at) => it + (at < values.length ? written(values[at] ?? "") : "")).join(""));
  };

  public toString(): string {
    return this.#text;
  }
}

/** A part of a page: html`<p title="${anything}">${anything}</p>`. */
export const { html } = Markup;

function written(content: Content): string {
  if (typeof content === "number" || typeof content === "string") return escaped(String(content));
  return content instanceof Markup ? content.toString() : content.map(written).join("");
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** What HTML must not hold, and what nobody sees: marks that turn the direction of text make one name look like another. */
const unseen = /(?![\t\n])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/gu;

function escaped(text: string): string {
  return text
    .replace(unseen, (it) => `\\u{${(it.codePointAt(0) ?? 0).toString(16)}}`)
    .replace(/[&<>"']/g, (it) => entities[it] ?? "");
}

const known = new WeakMap<TemplateStringsArray, readonly string[]>();

/** The written parts without what indents them in the program: a page is a third smaller, and its lines can be compared. */
function literalsOf(literals: TemplateStringsArray): readonly string[] {
  const found = known.get(literals) ?? literals.map((it) => it.replace(/\n\s*/g, "\n"));
  known.set(literals, found);
  return found;
}
