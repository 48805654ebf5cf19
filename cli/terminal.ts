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

/** Says on a terminal how far something is, each time in place of what it said before, until `done`. Elsewhere it is silent. */
export function showSteps(): { readonly tell: (text: string) => void; readonly done: () => void } {
  const clear = "\r\u001b[2K";
  const say = (text: string): void => {
    if (process.stderr.isTTY) process.stderr.write(clear + text);
  };
  return {
    // A text that wraps would not be taken back whole.
    tell: (text) => say(text.slice(0, Math.max(20, process.stderr.columns - 1))),
    done: () => say(""),
  };
}
