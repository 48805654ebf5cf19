/** Text as XML may have it: control characters have no place in it, however they are written. */
export function xmlText(text: string): string {
  const marks: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  return text.replace(/[\p{Cc}\uFFFE\uFFFF]|\p{Cs}/gu, " ").replace(/[&<>"]/g, (it) => marks[it] ?? it);
}
