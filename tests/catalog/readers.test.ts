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
  const read = new Set<string>();
  for (const file of ours) {
    visit(file, (node) => {
      for (const { declarations = [] } of symbolsRead(node, checker, isRow(file.fileName), exported)) {
        for (const declaration of declarations) read.add(idOf(declaration));
      }
    });
  }
  unread = facts.filter(({ declaration }) => !read.has(idOf(declaration))).map(({ name }) => name);
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
  const name =
    ts.isDeclarationStatement(declaration) || ts.isVariableDeclaration(declaration)
      ? declaration.name
      : nameOf(declaration);
  return `${declaration.getSourceFile().fileName} ${name?.getText() ?? ""}`;
}

function nameOf(node: ts.Node): ts.Node | undefined {
  return ts.isPropertySignature(node) || ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node)
    ? node.name
    : undefined;
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
 * What an expression or a pattern reads: a field, except in a row, or an exported value. Writing a field into an object literal is
 * not reading it.
 */
function symbolsRead(
  node: ts.Node,
  checker: ts.TypeChecker,
  inRow: boolean,
  exported: ReadonlySet<string | undefined>,
): ts.Symbol[] {
  const found = (symbol: ts.Symbol | undefined): ts.Symbol[] => (symbol === undefined ? [] : [symbol]);
  if (ts.isPropertyAccessExpression(node) && !inRow) return found(checker.getSymbolAtLocation(node.name));
  if (ts.isBindingElement(node) && ts.isObjectBindingPattern(node.parent) && !inRow) {
    const key = (node.propertyName ?? node.name).getText();
    return found(checker.getPropertyOfType(checker.getTypeAtLocation(node.parent), key));
  }
  if (!ts.isIdentifier(node) || !exported.has(node.text) || isNameOfDeclaration(node)) return [];
  const symbol = checker.getSymbolAtLocation(node);
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
