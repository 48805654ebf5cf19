import { createRequire } from "node:module";
import type * as languages from "@codemirror/language";
import type * as state from "@codemirror/state";
import type * as typed from "@prometheus-io/codemirror-promql/dist/cjs/parser";
import type * as promql from "@prometheus-io/codemirror-promql/dist/cjs/promql";

// The parser that knows types is CommonJS, and so must be all that it shares an editor's state with.
const load = createRequire(__filename);
const { EditorState } = load("@codemirror/state") as typeof state;
const { ensureSyntaxTree } = load("@codemirror/language") as typeof languages;
const { Parser } = load("@prometheus-io/codemirror-promql/dist/cjs/parser") as typeof typed;
const { LanguageType, promQLLanguage } = load("@prometheus-io/codemirror-promql/dist/cjs/promql") as typeof promql;

const language = promQLLanguage(LanguageType.PromQL);

/** A part of an expression, as the grammar of Prometheus names it. */
export type PromqlNode = ReturnType<typeof language.parser.parse>["topNode"];

/** The whole of an expression, whether it is right or not. */
export function parsePromql(expression: string): PromqlNode {
  return language.parser.parse(expression).topNode;
}

/** What is wrong with an expression: the grammar finds every fault of syntax, the editor's parser those of types. */
export function promqlFaults(expression: string): string[] {
  const found: string[] = [];
  language.parser.parse(expression).iterate({
    enter: ({ type, from }) => {
      if (type.isError) found.push(`syntax at ${from}`);
    },
  });
  const begun = EditorState.create({ doc: expression, extensions: language });
  // An editor parses for some milliseconds and goes on later. Here all of it must be there, however busy the machine is.
  ensureSyntaxTree(begun, expression.length, Infinity);
  const types = new Parser(begun.update({}).state);
  types.analyze();
  return [...found, ...types.getDiagnostics().map(({ message }) => message)];
}
