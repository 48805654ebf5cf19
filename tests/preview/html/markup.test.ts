import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { html } from "../../../preview/html/markup";
import { attribute, parsePage } from "./parsed";

const anything = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({ unit: "grapheme" }),
  fc
    .array(fc.constantFrom(..."& < > \" ' ` = / ! - # ; a x 0 \0 \b \r \n \t \u0085 \u202e".split(" "), " "))
    .map((it) => it.join("")),
  fc.array(fc.integer({ min: 0, max: 0xffff })).map((codes) => String.fromCharCode(...codes)),
);

/** What is left of a text: what nobody sees is written out. */
function seen(text: string): string {
  return text.replace(/(?![\t\n])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/gu, (it) => {
    return `\\u{${(it.codePointAt(0) ?? 0).toString(16)}}`;
  });
}

describe("a text in a page", () => {
  it("stays a text, in an element and in an attribute, whatever it is", () => {
    fc.assert(
      fc.property(anything, (text) => {
        const { errors, elements } = parsePage(
          `<!doctype html><title>t</title>${html`<p title="${text}">${text}</p>`.toString()}`,
        );
        const [p, ...more] = elements.filter((it) => !["html", "head", "title", "body"].includes(it.tagName));
        expect({ errors, more }).toEqual({ errors: [], more: [] });
        expect(p?.tagName).toBe("p");
        expect(p && attribute(p, "title")).toBe(seen(text));
        expect((p?.childNodes ?? []).map((it) => ("value" in it ? it.value : it))).toEqual(
          text === "" ? [] : [seen(text)],
        );
      }),
    );
  });

  it.each([
    ["<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"],
    [`" onload="x`, "&quot; onload=&quot;x"],
    ["a & b", "a &amp; b"],
    ["user\u202etxt.exe", "user\\u{202e}txt.exe"],
    ["\u0000\ud800", "\\u{0}\\u{d800}"],
    ["one\n\ttwo", "one\n\ttwo"],
  ])("is written so: %j", (text, written) => {
    expect(html`${text}`.toString()).toBe(written);
  });
});

describe("html", () => {
  it("takes what it has made as it is, lists in a row, numbers as they are", () => {
    // prettier-ignore
    const list = html`<ul>${[1, 2].map((it) => html`<li>${it}</li>`)}${["<", html`<b>&amp;</b>`]}</ul>`;
    expect(list.toString()).toBe("<ul><li>1</li><li>2</li>&lt;<b>&amp;</b></ul>");
  });

  it("leaves out what indents the program, never what a value holds", () => {
    // prettier-ignore
    const indented = html`<p>
      ${"a\n      b"}
      </p>`;
    expect(indented.toString()).toBe("<p>\na\n      b\n</p>");
  });
});
