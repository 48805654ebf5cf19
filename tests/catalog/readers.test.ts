import { readdirSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { beforeAll, expect, it } from "vitest";
import { root } from "../stack-files";

/**
 * A fact that nothing reads is never seen to be wrong. So each field of a row of the catalogue, each limit and each exported value
 * is read by the product somewhere outside of the rows, or stands here with the reader that it waits for.
 */
const awaitingReader: Readonly<Record<string, string>> = {};

/** Where a row comes from and what else is known of it: for the people who read the catalogue. */
const provenance = ["assumption", "source", "sources", "notes"];

const readers = [
  "core",
  "catalog",
  "azure",
  "components",
  "stacks",
  "preview",
  "policies",
  "verification",
  "replacement",
  "upgrades",
  "preflight",
  "delivery",
  "drift",
  "cli",
  "simulator",
];

let unread: string[] = [];

beforeAll(() => {
  const program = productProgram();
  const checker = program.getTypeChecker();
  const ours = program.getSourceFiles().filter(({ fileName }) => roomOf(fileName) !== undefined);
  const facts = ours.filter(({ fileName }) => roomOf(fileName) === "catalog" && !isRow(fileName)).flatMap(factsOf);
  const exported = new Set(
    facts.flatMap(({ declaration }) => (isExported(declaration) ? [declaration.name?.text] : [])),
  );
  // By name. Whose name has only readers is not looked for any more: to find what is meant by one takes the checker longest.
  const pending = new Map<string, Set<string>>();
  for (const { declaration } of facts) {
    const name = nameOf(declaration);
    pending.set(name, (pending.get(name) ?? new Set()).add(idOf(declaration)));
  }
  for (const file of ours) {
    visit(file, (node) => {
      const name = nameRead(node, isRow(file.fileName), exported);
      const ids = pending.get(name ?? "");
      if (name === undefined || ids === undefined) return;
      for (const { declarations = [] } of symbolsRead(node, checker, name)) {
        for (const declaration of declarations) ids.delete(idOf(declaration));
      }
      if (ids.size === 0) pending.delete(name);
    });
  }
  unread = facts
    .filter(({ declaration }) => pending.get(nameOf(declaration))?.has(idOf(declaration)))
    .map(({ name }) => name);
});

it("every fact has a reader, or says which one it waits for", () => {
  const waiting = Object.keys(awaitingReader);
  const covers = (entry: string, name: string): boolean => name === entry || name.startsWith(`${entry}.`);
  expect(unread.filter((name) => !waiting.some((entry) => covers(entry, name)))).toEqual([]);
  // What has found its reader leaves the list.
  expect(waiting.filter((entry) => !unread.some((name) => covers(entry, name)))).toEqual([]);
});

/** The product as TypeScript sees it, without the packages that it uses: their types are megabytes, and no fact is in them. */
function productProgram(): ts.Program {
  const files = readers.flatMap((room) =>
    readdirSync(path.join(root, room), { withFileTypes: true, recursive: true })
      .filter((it) => it.isFile() && it.name.endsWith(".ts"))
      .map((it) => path.join(it.parentPath, it.name)),
  );
  const { options } = ts.parseJsonConfigFileContent({ extends: path.join(root, "tsconfig.json"), files }, ts.sys, root);
  const host = ts.createCompilerHost(options);
  host.resolveModuleNameLiterals = (literals, from) =>
    literals.map(({ text }) =>
      text.startsWith(".") ? ts.resolveModuleName(text, from, options, host) : { resolvedModule: undefined },
    );
  return ts.createProgram(files, options, host);
}

function roomOf(file: string): string | undefined {
  const [room = ""] = path.relative(root, file).split(path.sep);
  return readers.find((it) => it === room);
}

/** The rows themselves: what they read of each other is not reading. */
function isRow(file: string): boolean {
  return file.includes("/catalog/sizes/");
}

interface Fact {
  readonly name: string;
  readonly declaration: ts.Node;
}

/** Facts of a file: fields of its row types, entries of `limits`, exported values. */
function factsOf(file: ts.SourceFile): Fact[] {
  const facts: Fact[] = [];
  visit(file, (node) => {
    const owner = ownerOf(node);
    if (ts.isPropertySignature(node) && owner !== "" && !provenance.includes(node.name.getText())) {
      facts.push({ name: `${owner}.${node.name.getText()}`, declaration: node });
    }
    const isLimit = ts.isPropertyAssignment(node) && ts.isObjectLiteralExpression(node.initializer);
    if (isLimit && owner === "limits") facts.push({ name: `limits.${node.name.getText()}`, declaration: node });
    if (isExported(node)) facts.push({ name: node.name?.getText() ?? "", declaration: node });
  });
  return facts;
}

/** File and name of a fact. A constant with exact types declares the fields of its type a second time, in the same file. */
function idOf(declaration: ts.Node): string {
  return `${declaration.getSourceFile().fileName} ${nameOf(declaration)}`;
}

function nameOf(declaration: ts.Node): string {
  const named =
    ts.isDeclarationStatement(declaration) ||
    ts.isVariableDeclaration(declaration) ||
    ts.isPropertySignature(declaration) ||
    ts.isPropertyAssignment(declaration) ||
    ts.isShorthandPropertyAssignment(declaration);
  return named ? (declaration.name?.getText() ?? "") : "";
}

/** Name of the type or constant that a field stands in. */
function ownerOf(node: ts.Node): string {
  const owner = ts.findAncestor(node.parent, (it) => ts.isInterfaceDeclaration(it) || ts.isVariableDeclaration(it));
  return owner !== undefined && (ts.isInterfaceDeclaration(owner) || ts.isVariableDeclaration(owner))
    ? owner.name.getText()
    : "";
}

function isExported(
  node: ts.Node,
): node is ts.FunctionDeclaration | (ts.VariableDeclaration & { name: ts.Identifier }) {
  const isValue = ts.isFunctionDeclaration(node) || (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name));
  return isValue && (ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Export) !== 0;
}

/**
 * Name of what an expression or a pattern reads: a field, except in a row, or an exported value. Writing a field into an object literal is
 * not reading it.
 */
function nameRead(node: ts.Node, inRow: boolean, exported: ReadonlySet<string | undefined>): string | undefined {
  if (ts.isPropertyAccessExpression(node)) return inRow ? undefined : node.name.text;
  if (ts.isBindingElement(node) && ts.isObjectBindingPattern(node.parent)) {
    return inRow ? undefined : (node.propertyName ?? node.name).getText();
  }
  return ts.isIdentifier(node) && exported.has(node.text) && !isNameOfDeclaration(node) ? node.text : undefined;
}

/** What is meant by the name that a node reads. */
function symbolsRead(node: ts.Node, checker: ts.TypeChecker, name: string): ts.Symbol[] {
  const symbol = ts.isPropertyAccessExpression(node)
    ? checker.getSymbolAtLocation(node.name)
    : ts.isBindingElement(node)
      ? checker.getPropertyOfType(checker.getTypeAtLocation(node.parent), name)
      : checker.getSymbolAtLocation(node);
  if (symbol === undefined) return [];
  return [(symbol.flags & ts.SymbolFlags.Alias) === 0 ? symbol : checker.getAliasedSymbol(symbol)];
}

function isNameOfDeclaration(node: ts.Identifier): boolean {
  const { parent } = node;
  return (ts.isVariableDeclaration(parent) || ts.isFunctionDeclaration(parent)) && parent.name === node;
}

function visit(node: ts.Node, look: (node: ts.Node) => void): void {
  look(node);
  node.forEachChild((child) => {
    visit(child, look);
  });
}
