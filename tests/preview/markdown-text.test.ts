import fc from "fast-check";
import MarkdownIt, { type Token } from "markdown-it";
import { describe, expect, it } from "vitest";
import { renderComment } from "../../delivery/comment/render-comment";
import { sealPlan } from "../../delivery/saved-plan";
import { judgeChange } from "../../drift/judge-change";
import { renderMarkdown as renderDrift } from "../../drift/render-markdown";
import { difference } from "../../preview/compare/difference";
import { renderMarkdown as renderComparison } from "../../preview/compare/render-markdown";
import { code, escaped, link } from "../../preview/markdown-text";
import type { FiledResource } from "../../preview/plan-file/read-plan-file";
import { summarise } from "../../preview/summary/summary";
import { changed } from "../drift/observed";

/** As a forge reads it: with HTML, and with addresses that nobody marked as links. */
const reader = new MarkdownIt({ html: true, linkify: true });
/** What our own texts are made of; no name may add to it. */
const ours = /^(<!-- azure-gpu-cluster [\w .-]+(?:: \d)? -->|<details><summary>All steps<\/summary>|<\/details>)\n?$/;

const leaves = (text: string): Token[] => reader.parse(text, {}).flatMap((it) => [it, ...(it.children ?? [])]);
/** What a reader sees outside of code. A forge looks there for people, issues and addresses. */
const prose = (text: string): string =>
  leaves(text)
    .filter(({ type }) => type === "text")
    .map(({ content }) => content)
    .join("\n");
/** All that a reader sees, without what has no width. */
const seen = (text: string): string =>
  leaves(text)
    .flatMap(({ type, content }) => (["text", "code_inline", "text_special"].includes(type) ? [content] : []))
    .join("")
    .replaceAll("\u200b", "");
const strangers = (text: string): string[] => [
  ...leaves(text)
    .filter(({ type }) => /^(image|link_open|html_inline|fence|code_block|hr)$/.test(type))
    .map(({ type, content }) => `${type} ${content}`),
  ...leaves(text)
    .filter(({ type, content }) => type === "html_block" && !ours.test(content))
    .map(({ content }) => content),
  ...(prose(text).match(/@[\w-]|#\d|GH-\d|:\/\/|www\.|[!$%]\w/gi) ?? []),
];

const filed = (name: string): FiledResource => ({
  urn: `urn:pulumi:dev::x::azure-native:network:NatGateway::${name}`,
  ...{ type: "azure-native:network:NatGateway", name, custom: true, parent: "" },
  inputs: { natGatewayName: name },
  options: {},
});
const counted = (resources: readonly FiledResource[]): Parameters<typeof difference>[0] => ({
  resources,
  summary: summarise(resources, "eastus"),
  findings: resources.map(({ urn, name }) => ({
    ...{ rule: "fin-x", level: "mandatory", urn, path: name, message: name },
    ...{ got: undefined, remedy: name },
  })) as never,
});
const urnOf = (name: string): string => `urn:pulumi:dev::x::azure-native:containerservice:AgentPool::${name}`;

/** Every text that goes to a forge, with one name wherever somebody else's may stand. */
const users: Readonly<Record<string, (name: string) => string>> = {
  "the comment of plans": (name) =>
    renderComment(
      [
        sealPlan({
          version: 1,
          ...{ stack: name, commit: "a".repeat(40), dirty: false, makers: [name], subscriptionId: null },
          ...{ pulumi: "3", files: "b".repeat(64), state: "c".repeat(64) },
          steps: [{ urn: urnOf(name), op: "replace", changed: [name], inputs: "d".repeat(64) }],
          findings: [{ rule: name, level: name, urn: urnOf(name), message: name }],
          versions: {
            ...{ lock: name, retiredOn: null, before: name },
            moves: [{ urn: urnOf(name), path: name, before: name, after: name }],
          },
          bill: null,
          quota: [{ family: name, region: name, before: 0, after: 1 }],
        }),
      ],
      [name, `${name} `],
      null,
    ),
  "the issue of a drift": (name) =>
    renderDrift({
      environment: name,
      stacks: [
        {
          ...{ stack: name, since: null, read: 1, unread: [{ urn: urnOf(name), because: name }] },
          drifts: judgeChange(
            changed("azure-native:containerservice:AgentPool", { maxCount: 1 }, { maxCount: name }, { name }),
            new Set(),
          ).map((it) => ({ ...it, acts: [{ when: "now", operation: name, caller: name }], breaks: [name] })),
          difference: difference(counted([]), counted([])),
          asked: { answered: false, because: name },
        },
      ],
      beside: {
        groups: [`/subscriptions/s/resourceGroups/${name}`],
        unmanaged: [
          {
            ...{
              id: `/subscriptions/${name}`,
              type: name,
              name,
              harm: "cost",
              means: name,
              created: name,
              changed: null,
            },
            ...{ tagged: true, usdPerMonth: { idle: 1, full: 2 }, unpriced: [name] },
            acts: [{ when: "now", operation: "x/write", caller: name }],
          },
        ],
        ...{ followers: 1, notListed: [name] },
        unlisted: [{ group: name, what: "resources", because: name, remedy: name }],
        asked: { answered: false, because: name },
      },
    }),
  "the comparison of previews": (name) =>
    renderComparison(name, difference(counted([filed(`${name}1`)]), counted([filed(name)]))),
};

const hostile: readonly string[] = [
  "@everyone",
  "![x](http://evil.example/x.png)",
  "[click](javascript:alert(1))",
  "<script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  "a | b | c",
  "a\nb\r\n\n# c\u2028d\u0085e",
  "`whoami` `` ``` x",
  "</details>\n\n<!-- azure-gpu-cluster plan -->",
  "closes #1, GH-2, !3, $4, %5",
  "https://evil.example www.evil.example mailto:a@evil.example",
  "&lt;b&gt; &#64;all",
  "- item",
  "1. first",
  "***",
  "\\",
  "> quote",
  "~~gone~~ __bold__",
];

describe.each(Object.entries(users))("%s", (_, render) => {
  const plain = strangers(render("dev"));

  it.each(hostile)("takes %j as a text, and shows all of it", (name) => {
    const text = render(name);
    expect(strangers(text)).toEqual(plain);
    expect(seen(text).replace(/\s+/g, "")).toContain(name.replace(/[\s\u0085]+/g, ""));
  });

  it("takes whatever there may be as a text", () => {
    const unit = fc.constantFrom(
      ...Array.from("@`*[](){}<>|#\n\r-+=>~_&\\!$%^:/a1. \u0000\u202e"),
      "http://",
      "www.",
      "GH-",
      "<!--",
    );
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 30 }), (name) => {
        expect(strangers(render(name))).toEqual(plain);
      }),
      { numRuns: 60 },
    );
  });
});

it("keeps letters in the order in which a reader sees them", () => {
  expect(escaped("a\u202eb\u2066c")).toBe("a b c");
  expect(code("a\u202eb")).toBe("`a b`");
});

it("leaves no back ticks that nothing stands between", () => {
  expect(`${code("")}, ${code("a")}`).toBe("` `, `a`");
});

it.each([
  ["https://example.com/run/1?a=b&c=<d>", "<https://example.com/run/1?a=b&c=%3Cd%3E>"],
  ["javascript:alert(1)", "javascript:alert(1)"],
  ["https://a b", "https:&#8203;//a b"],
  ["nothing", "nothing"],
])("links to a page of the web alone: %s", (address, text) => {
  expect(link(address)).toBe(text);
});
