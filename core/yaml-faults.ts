import type { ErrorCode } from "yaml";
import type { Problem } from "./problems";

/** What a fault of the syntax is called here, and what to do about it. */
type Words = Pick<Problem, "rule" | "remedy">;

const indent: Words = { rule: "the lines of one list or mapping start at different columns", remedy: "Align them" };
const quotes = "put text that holds : # { } [ ] , & * ! | > % @ or quotes in quotes";
const stray: Words = { rule: "something stands where nothing can", remedy: `Look for a missing comma, or ${quotes}` };
const anchors: Words = { rule: "an anchor or alias is not where one can be", remedy: "Write the value out instead" };
const tags: Words = { rule: "a tag is not where one can be", remedy: "Leave tags such as !!str out" };
const manyLines: Words = {
  rule: "a key must stand on one line",
  remedy: "Write key: value; is a colon missing before?",
};

/** By the codes of the parser. Its own sentences speak of grammar, and some hold what the file says, which may be a secret. */
const words: Readonly<Record<ErrorCode, Words>> = {
  TAB_AS_INDENT: { rule: "Tabs are not allowed", remedy: "Indent with spaces" },
  BAD_INDENT: indent,
  MISSING_CHAR: { rule: "a quote, bracket, comma, colon or space is missing", remedy: `Add it, or ${quotes}` },
  UNEXPECTED_TOKEN: stray,
  IMPOSSIBLE: stray,
  BAD_SCALAR_START: { rule: "text cannot start with this character", remedy: "Put the text in quotes" },
  BAD_DQ_ESCAPE: { rule: "there is no such escape after a backslash", remedy: "Write \\\\ for a backslash" },
  BLOCK_AS_IMPLICIT_KEY: { rule: "a second key: on one line", remedy: `Put it on a line of its own, or ${quotes}` },
  BLOCK_IN_FLOW: { rule: "inside { } or [ ] no indented lines can stand", remedy: "Write it with { } and [ ], too" },
  MULTILINE_IMPLICIT_KEY: manyLines,
  KEY_OVER_1024_CHARS: {
    rule: "a key is longer than 1,024 characters",
    remedy: "Shorten it; is a quote missing before?",
  },
  NON_STRING_KEY: { rule: "a key must be text", remedy: "Put it in quotes" },
  DUPLICATE_KEY: { rule: "a key is given twice", remedy: "Keep one" },
  MULTIPLE_DOCS: {
    rule: "a second document begins, and only the first one is read",
    remedy: "Remove the line --- and make one document of both",
  },
  BAD_DIRECTIVE: { rule: "directives are not read alike by all", remedy: "Remove the line that starts with %" },
  BAD_ALIAS: { rule: "an alias names no anchor above it", remedy: "Write the value out instead" },
  ALIAS_PROPS: anchors,
  MULTIPLE_ANCHORS: anchors,
  BAD_PROP_ORDER: anchors,
  MULTIPLE_TAGS: tags,
  TAG_RESOLVE_FAILED: tags,
  BAD_COLLECTION_TYPE: tags,
  RESOURCE_EXHAUSTION: { rule: "is nested too deep", remedy: "Write it flatter" },
};

/** A fault of the syntax in the words of this project. */
export function syntaxProblem(
  code: ErrorCode,
  { line, col }: { readonly line: number; readonly col: number },
): Problem {
  const { rule, remedy } = words[code];
  return { path: "YAML", rule: `is broken in column ${col}: ${rule}`, line, ...(remedy !== undefined && { remedy }) };
}
