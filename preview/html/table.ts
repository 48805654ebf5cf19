import { type Content, html, type Markup } from "./markup";

/** Columns by their heads, in order. Numbers stand right, so that they can be compared. */
export type Columns = Readonly<Record<string, "text" | "number" | "bar">>;

/** A row: its first cell names it. */
export type Row = readonly Content[];

/**
 * A table with a caption. On a telephone each row is a card, in which the head of its column stands beside each value; since that changes
 * how it is laid out, its roles are said, by which a screen reader still finds rows and columns.
 */
export function table(caption: string, columns: Columns, rows: readonly Row[], total: Row | null = null): Markup {
  const heads = Object.entries(columns);
  const cell = (content: Content, at: number): Markup => {
    const [head, kind] = heads[at] ?? ["", "text"];
    return at === 0
      ? html`<th scope="row" role="rowheader">${content}</th>`
      : html`<td role="cell" class="${kind}" data-head="${head}">${content}</td>`;
  };
  const lines = (all: readonly Row[]): Markup[] =>
    all.map(
      (row) =>
        html`<tr role="row">
          ${row.map(cell)}
        </tr> `,
    );
  return html`<table role="table">
    <caption>
      ${caption}
    </caption>
    <thead role="rowgroup">
      <tr role="row">
        ${heads.map(([head, kind]) => html`<th scope="col" role="columnheader" class="${kind}">${head}</th>`)}
      </tr>
    </thead>
    <tbody role="rowgroup">
      ${lines(rows)}
    </tbody>
    ${
      total === null
        ? ""
        : html`<tfoot role="rowgroup">
            ${lines([total])}
          </tfoot>`
    }
  </table>`;
}
