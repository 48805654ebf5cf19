import { show } from "../core/problems";
import { secretLook } from "../core/secret-text";

/** What Azure says as it may be printed: one line, short, without what would command a terminal or may be a token. */
export function azureWords(text: string): string {
  if (secretLook(text) !== undefined) return show(text);
  const line = text
    .replace(/\p{Cc}(\[[\d;]*m)?/gu, " ")
    .replace(/ {2,}/g, " ")
    .trim();
  return line.length > longest ? `${line.slice(0, longest - 3)}...` : line;
}

const longest = 300;
