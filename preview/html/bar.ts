import { html, type Markup } from "./markup";

/** Parts of a whole side by side, 0 to 1 each. The figures stand beside it in text, so whoever cannot see it misses nothing. */
export function bar(...parts: readonly number[]): Markup {
  let from = 0;
  const drawn = parts.map((part, at) => {
    const [x, width] = [from, Math.min(part, Math.max(0, 1 - from))];
    from += width;
    return html`<rect
      class="part${at % 2 === 0 ? "" : " other"}"
      x="${thousandths(x)}"
      width="${thousandths(width)}"
      height="8"
    />`;
  });
  return html`<svg class="meter" viewBox="0 0 1000 8" preserveAspectRatio="none" aria-hidden="true" focusable="false">
    <rect class="whole" width="1000" height="8" />
    ${drawn}
  </svg>`;
}

function thousandths(share: number): number {
  return Math.round(share * 1000);
}
