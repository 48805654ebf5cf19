import { isMap, parseDocument } from "yaml";
import type { FileEdit } from "./upgrade-step";

/** The text of a stack file with lines changed; comments and the order of the keys stay. */
export function editFile(text: string, edits: readonly Pick<FileEdit, "path" | "value">[], prefix: string): string {
  const document = parseDocument(text);
  for (const { path, value } of edits) {
    const [section = "", ...rest] = path;
    const config = document.get("config");
    const full = `${prefix}:${section}`;
    // The CLI takes a key of the project without the project's name, too.
    const own = isMap(config) && config.has(section) && !config.has(full) ? section : full;
    const at = ["config", own, ...rest];
    if (value === null) document.deleteIn(at);
    else document.setIn(at, document.createNode(value, { defaultStringType: "QUOTE_DOUBLE" } as never));
  }
  return document.toString({ lineWidth: 0 });
}
