import { show } from "../../core/problems";

/** A scalar without quotes: what it stands for, or why it is refused. */
export type PlainScalar =
  { readonly value: string | number | boolean | null } | { readonly refused: string; readonly remedy: string };

const trues = ["true", "True", "TRUE"];
const falses = ["false", "False", "FALSE"];
const nulls = ["", "~", "null", "Null", "NULL"];

/** Numbers that every reader takes alike: digits as people write them. */
const plainNumber = /^-?(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?$/;

/**
 * All that the parser of the Pulumi CLI takes for a number once underscores are gone, and more than any other parser does.
 * Source: go-yaml/yaml v3, resolve.go.
 */
const anyNumber = /^[-+]?(0[xX][\da-fA-F]+|0[oO][0-7]+|0[bB][01]+|(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?)$/;

/** A day, or a time of a day: the CLI makes a long text of it, another one than any other reader. */
const date = /^\d{4}-\d{1,2}-\d{1,2}([Tt\s]|$)/;

/** Infinity and the number that is none, which the CLI cannot pass on. */
const noNumber = /^([-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))$/;

/**
 * Reads a scalar without quotes as the Pulumi CLI does. Spellings that readers of YAML take for different things are
 * refused: a preview must not plan another number than the engine gets.
 */
export function plainScalar(text: string): PlainScalar {
  if (nulls.includes(text)) return { value: null };
  if (trues.includes(text) || falses.includes(text)) return { value: trues.includes(text) };
  if (date.test(text)) return refusal("is a date without quotes, which becomes a long text on its way", text);
  if (noNumber.test(text)) return refusal("is a number that has no end or is none", text);
  const digits = text.replaceAll("_", "");
  if (!anyNumber.test(digits)) return { value: text };
  const number = Number(digits);
  if (plainNumber.test(text) && isExact(text, number)) return { value: number };
  const octal = /^[-+]?0\d+$/.test(text) ? ", and some readers take a leading zero for base 8" : "";
  const plain = Number.isSafeInteger(number) && !/^[-+]?0[xXoObB\d]/.test(text) ? `Write ${number}, or for` : "For";
  return {
    refused: `is a number that readers of YAML take differently${octal}`,
    remedy: `${plain} text put it in quotes: ${show(text)}`,
  };
}

/** Whether no digit is lost on the way through a floating point number, and no sign of a zero. */
function isExact(text: string, number: number): boolean {
  if (Object.is(number, -0) || !Number.isFinite(number)) return false;
  return /[.eE]/.test(text) || Number.isSafeInteger(number);
}

function refusal(refused: string, text: string): PlainScalar {
  return { refused, remedy: `Put it in quotes: ${show(text)}` };
}
