import fc from "fast-check";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { renderHtml } from "../../../preview/html/page";
import type { Preview } from "../../../preview/preview";
import { shippedPreview } from "../../shipped-previews";
import { root, shippedStackNames } from "../../stack-files";
import { attribute, parsePage, type ParsedPage } from "./parsed";

const headings = ({ elements }: ParsedPage): number[] =>
  elements.flatMap((it) => (/^h[1-6]$/.test(it.tagName) ? [Number(it.tagName.slice(1))] : []));

describe.each(shippedStackNames)("the page of %s", (stack) => {
  it("is well-formed, has each id once and headings in order, and names what there is", async () => {
    const result = await shippedPreview(stack);
    const page = parsePage(renderHtml(result));
    expect(page.errors).toEqual([]);
    const ids = page.elements.flatMap((it) => attribute(it, "id") ?? []);
    expect(ids.filter((it, at) => ids.indexOf(it) !== at)).toEqual([]);
    const levels = headings(page);
    expect(levels.filter((it) => it === 1)).toHaveLength(1);
    expect(levels.filter((it, at) => at > 0 && it > (levels[at - 1] ?? 0) + 1)).toEqual([]);
    // Links and labels lead to what is there.
    const named = page.elements.flatMap((it) => [
      ...(attribute(it, "aria-labelledby")?.split(" ") ?? []),
      ...(attribute(it, "href")?.startsWith("#") === true ? [attribute(it, "href")?.slice(1) ?? ""] : []),
    ]);
    expect(named.filter((it) => !ids.includes(it))).toEqual([]);
    for (const it of result.notes) expect(page.text).toContain(it);
  });

  it("needs neither script nor network, and says so to the browser", async () => {
    const page = renderHtml(await shippedPreview(stack));
    const { elements } = parsePage(page);
    const tags = elements.map((it) => it.tagName);
    expect(tags.filter((it) => ["script", "img", "iframe", "object", "form", "base"].includes(it))).toEqual([]);
    const elsewhere = elements.flatMap((it) =>
      ["href", "src", "action", "data", "srcset"].flatMap((name) => attribute(it, name) ?? []),
    );
    expect([...new Set(elsewhere.filter((it) => !it.startsWith("#")))]).toEqual(["data:,"]);
    expect(elements.flatMap((it) => it.attrs.filter(({ name }) => name === "style" || name.startsWith("on")))).toEqual(
      [],
    );
    const policy = elements.find((it) => attribute(it, "http-equiv") === "Content-Security-Policy");
    expect(policy && attribute(policy, "content")).toMatch(
      /^default-src 'none'; style-src 'sha256-[\w+/]{43}='; img-src data:; base-uri 'none'; form-action 'none'$/,
    );
  });

  it("is small, and the same for the same plan, whoever plans it where", async () => {
    const result = await shippedPreview(stack);
    const page = renderHtml(result);
    expect(page.length).toBeLessThan(300_000);
    expect(renderHtml({ ...result, file: path.join("/elsewhere", path.basename(result.file)) })).toBe(page);
    expect(page).not.toContain(root);
  });
});

it("names the way in which nodes of a pool are bought where there are several, and says of none when it comes", async () => {
  const { text } = parsePage(renderHtml(await shippedPreview("everything")));
  const captions = [...text.matchAll(/(\w[\w ]*?)\s+4 nodes, 4 x A100 PCIe 80GB each( \([^)]*\))?/g)].map(
    ([, way, state]) => [
      way
        ?.split(/\s{2,}/)
        .at(-1)
        ?.trim(),
      state?.trim() ?? "",
    ],
  );
  expect(captions.map(([way, state]) => `${way?.split(" ").slice(-2).join(" ") ?? ""} ${state ?? ""}`.trim())).toEqual([
    expect.stringMatching(/reserved$/),
    "on demand (4 when needed)",
    expect.stringMatching(/spot \(4 when needed\)$/),
  ]);
  expect(text).not.toMatch(/\(\d+ on demand\)/);
});

describe("a page of names that somebody chose", () => {
  /** A plan in which each of some texts is another. */
  function renamed(given: Preview, names: ReadonlyMap<string, string>): Preview {
    const change = (value: unknown): unknown => {
      if (typeof value === "string") return names.get(value) ?? value;
      if (Array.isArray(value)) return value.map(change);
      if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype)
        return value;
      return Object.fromEntries(Object.entries(value).map(([key, it]) => [key, change(it)]));
    };
    return change(given) as Preview;
  }

  const tags = (page: ParsedPage): string[] => page.elements.map((it) => it.tagName);

  it("has the elements of any other, and each name as a text", async () => {
    const shipped = await shippedPreview("dev");
    const finding = {
      id: 1,
      rule: "a-rule",
      level: "advisory" as const,
      severity: "low" as const,
      urn: "urn:pulumi:dev::p::t::a-name",
      path: "a-path",
      message: "a-message",
      judged: true,
    };
    const given: Preview = {
      ...shipped,
      // What a page reads of a resource is what makes machines, and its name.
      plan: { ...shipped.plan, resources: shipped.plan.resources.filter((it) => !it.type.startsWith("kubernetes:")) },
      findings: [finding],
      notes: ["a-note"],
      fetches: [{ from: "from-there", to: "to-here" }],
    };
    const chosen = [
      "dev",
      "a-note",
      "a-rule",
      "a-message",
      "from-there",
      "to-here",
      "vision",
      "h100",
      "h100d1",
      "train-language",
      "r1",
      "small-chat.models.example.com",
      "203.0.113.0/28",
      "vmss-gpu-dev-eastus-slurm",
      "data-blob",
      "standardDDSv5Family",
      "platform",
    ];
    const usual = parsePage(renderHtml(given));
    const hostile = fc.oneof(
      fc.constantFrom(
        "<script>alert(1)</script>",
        `"><img src=x onerror=alert(1)>`,
        "</style><b>",
        "]]>",
        "<!--",
        "&#60;b&#62;",
      ),
      fc.string({ unit: "binary", minLength: 1 }),
    );
    fc.assert(
      fc.property(fc.array(hostile, { minLength: chosen.length, maxLength: chosen.length }), (texts) => {
        // Apart from one another, so that no two that were different become the same.
        const names = new Map(chosen.map((it, at) => [it, `${texts[at] ?? ""}${at}`]));
        const page = parsePage(renderHtml(renamed(given, names)));
        expect(page.errors).toEqual([]);
        expect(tags(page)).toEqual(tags(usual));
      }),
      { numRuns: 25 },
    );
    const page = parsePage(
      renderHtml(
        renamed(
          given,
          new Map([
            ["vision", "<script>"],
            ["a-note", "a & b <i>"],
          ]),
        ),
      ),
    );
    expect(page.text).toContain("train-<script>");
    expect(page.text).toContain("a & b <i>");
  });
});
