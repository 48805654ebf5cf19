import type { WriteStream } from "node:tty";
import { styleText } from "node:util";
import type { Paint } from "../preview/render-text";

/** Colours on a terminal that wants them, plain text everywhere else (https://no-color.org). */
export function paintFor(stream: Pick<WriteStream, "isTTY">): Paint {
  const plain = !stream.isTTY || (process.env["NO_COLOR"] ?? "") !== "" || process.env["TERM"] === "dumb";
  return plain ? (_, text) => text : (style, text) => styleText(style, text);
}

/** Says on a terminal what is going on until the returned function is called. Elsewhere it is silent. */
export function showProgress(what: string): () => void {
  if (!process.stderr.isTTY) return () => undefined;
  process.stderr.write(`${what} ...`);
  let shown = true;
  return () => {
    if (shown) process.stderr.write("\r\u001b[2K");
    shown = false;
  };
}
