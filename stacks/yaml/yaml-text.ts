import { readFileSync } from "node:fs";
import { MisconfiguredError, type Problem } from "../../core/problems";

/** Largest stack file in bytes. Five hundred teams have about 60,000. */
const mostBytes = 1024 * 1024;

/** Characters that readers of YAML refuse or take for a line break of their own. Source: go-yaml/yaml v3, readerc.go. */
const forbidden =
  /[^\t\n\r\x20-\x7e\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]|\r(?!\n)/u;

/**
 * Reads the text of a stack file.
 * @param shown Path as shown to people.
 * @throws MisconfiguredError for a file that cannot be read, is too large or is not plain UTF-8 text
 */
export function readYamlText(file: string, shown: string): string {
  const fail = (problem: Omit<Problem, "path">): never => {
    throw new MisconfiguredError(shown, [{ path: "file", ...problem }]);
  };
  const bytes = readBytes(file, fail);
  if (bytes.length > mostBytes) {
    return fail({
      rule: `must have at most ${mostBytes} bytes; it has ${bytes.length}`,
      remedy: "A larger estate is several cells: one stack file each",
    });
  }
  const text = decode(bytes);
  if (text === undefined) {
    return fail({ rule: "must be UTF-8 text, and some of its bytes are not", remedy: "Save it as UTF-8" });
  }
  const found = forbidden.exec(text);
  if (found === null) return text;
  const code = text.codePointAt(found.index) ?? 0;
  return fail({
    rule: `must not hold control characters: U+${code.toString(16).toUpperCase().padStart(4, "0")}`,
    line: text.slice(0, found.index).split("\n").length,
    remedy: "Delete it; it may be invisible in an editor",
  });
}

function readBytes(file: string, fail: (problem: Omit<Problem, "path">) => never): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? String(error.code) : String(error);
    return fail({ rule: `cannot be read (${reason})`, remedy: "Give the path of a stack file that you may read" });
  }
}

/** Text of UTF-8 bytes, without the mark that some editors put first; `undefined` for other bytes. */
function decode(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
