import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import type { Surface } from "./record";

/** Commands as their help texts tell them: `preview --json`, `preview exit 2`. A command without a help text is for those who work on this project. */
export function commandsSurface(root: string): Surface {
  const { scripts } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")) as {
    readonly scripts: Readonly<Record<string, string>>;
  };
  return new Map(
    Object.entries(scripts).flatMap(([command, script]) => {
      const [file] = /\bcli\/[a-z-]+\.ts/.exec(script) ?? [];
      const help = file === undefined ? undefined : helpIn(path.join(root, file));
      return help === undefined ? [] : [[command, usageIn(help)] as const, ...wordsIn(help, command)];
    }),
  );
}

/** The help text of a command as it stands in its file, or in one that this loads first: what is put into it when it runs is left out. */
function helpIn(file: string): string | undefined {
  const source = parsed(file);
  const loaded = ts
    .preProcessFile(source.text)
    .importedFiles.flatMap(({ fileName }) =>
      fileName.startsWith("./") ? [path.join(path.dirname(file), `${fileName}.ts`)] : [],
    );
  return (
    textIn(source) ??
    loaded
      .filter((it) => existsSync(it))
      .map((it) => textIn(parsed(it)))
      .find((it) => it !== undefined)
  );
}

function parsed(file: string): ts.SourceFile {
  return ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.ES2022, true);
}

function textIn(source: ts.SourceFile): string | undefined {
  const textsIn = (node: ts.Node): string[] => {
    const below: string[] = [];
    ts.forEachChild(node, (it) => void below.push(...textsIn(it)));
    if (ts.isNoSubstitutionTemplateLiteral(node)) return [node.text, ...below];
    if (!ts.isTemplateExpression(node)) return below;
    return [node.head.text + node.templateSpans.map((it) => `...${it.literal.text}`).join(""), ...below];
  };
  return textsIn(source).find((it) => exitCodes.test(it));
}

const exitCodes = /^Exit codes?:? */m;

function usageIn(help: string): string {
  return (
    help
      .split("\n")
      .find((it) => it.startsWith("  "))
      ?.trim()
      .replace(/ {2,}.*$/, "") ?? ""
  );
}

function wordsIn(help: string, command: string): (readonly [string, string])[] {
  const [told = "", rest = ""] = help.split(exitCodes);
  const [codes = ""] = rest.split("\n\n");
  // Options have lines of their own, or stand in brackets behind the command. What else is told of `--something` is of another program.
  const options = [...told.matchAll(/(?:^ +|[[|] ?|^ +npm run .*? )(--[a-z][a-z-]*)/gm)].map(([, it = ""]) => it);
  const meanings = [...codes.replace(/\s+/g, " ").matchAll(/(?:^|, )(\d+)(?: |: )((?:(?!, \d+[ ,]).)+)/g)];
  return [
    ...[...new Set(options)].map((it) => [`${command} ${it}`, "option"] as const),
    ...meanings.map(
      ([, code = "", meaning = ""]) => [`${command} exit ${code}`, meaning.trim().replace(/\.$/, "")] as const,
    ),
  ];
}
