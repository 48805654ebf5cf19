/** A command of `az` as it is typed. */
export function commandText(args: readonly string[]): string {
  return ["az", ...args.map((it) => (/^[\w./:=-]+$/.test(it) ? it : `'${it.replaceAll("'", "'\\''")}'`))].join(" ");
}
