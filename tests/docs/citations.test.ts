import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { root } from "../stack-files";

/** TypeScript files of the repository, as paths from its root. */
function sources(folder = ""): string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const at = path.posix.join(folder, entry.name);
    if (entry.isDirectory())
      return ["node_modules", "coverage", "dist", ".git"].includes(entry.name) ? [] : sources(at);
    return entry.name.endsWith(".ts") ? [at] : [];
  });
}

/** Comments of a file; lines that follow each other are one. */
function comments(text: string): string[] {
  const scanner = ts.createScanner(ts.ScriptTarget.ES2022, false, ts.LanguageVariant.Standard, text);
  const found: string[] = [];
  let open = false;
  for (let token = scanner.scan(); token !== ts.SyntaxKind.EndOfFileToken; token = scanner.scan()) {
    const isLine = token === ts.SyntaxKind.SingleLineCommentTrivia;
    if (isLine && open) found.push(`${found.pop() ?? ""} ${scanner.getTokenText()}`);
    else if (isLine || token === ts.SyntaxKind.MultiLineCommentTrivia) found.push(scanner.getTokenText());
    const isSpace = token === ts.SyntaxKind.NewLineTrivia || token === ts.SyntaxKind.WhitespaceTrivia;
    open = isLine || (open && isSpace);
  }
  return found;
}

/** Pages that a comment names and nobody can find: not here, and of no public repository or site. */
function lost(file: string, comment: string): string[] {
  if (/https:\/\/|\b(Azure|MicrosoftDocs|NVIDIA|kubernetes-sigs|pulumi)\/[\w.-]+/.test(comment)) return [];
  const pages = [...comment.matchAll(/[\w./-]+\.md\b/g)].map((it) => it[0]);
  return pages.filter((it) => ![root, path.join(root, path.dirname(file))].some((at) => existsSync(path.join(at, it))));
}

describe("comments", () => {
  it("cite no page that a reader cannot find", () => {
    const wrong = sources().flatMap((file) =>
      comments(readFileSync(path.join(root, file), "utf8")).flatMap((it) =>
        lost(file, it).map((page) => `${file}: ${page}`),
      ),
    );
    expect(wrong).toEqual([]);
  });

  it.each([
    ["// A pool keeps its name (notes.md T2).", ["notes.md"]],
    ["/** See `docs/policies.md`. */", []],
    ["// Source: MicrosoftDocs/azure-aks-docs configure-azure-cni.md", []],
    ["// Source: https://example.org/page.md", []],
  ])("are judged: %s", (comment, expected) => {
    expect(comments(`${comment}\nconst page = "other.md";`).flatMap((it) => lost("core/names.ts", it))).toEqual(
      expected,
    );
  });
});
