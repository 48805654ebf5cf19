import path from "node:path";
import ts from "typescript";
import type { z } from "zod";
import { isList } from "../core/property-value";
import { keysOf, tableOf } from "../core/records";
import { sourceProgram } from "./source-program";

type SchemaNode = z.core.JSONSchema.BaseSchema | boolean | readonly SchemaNode[];

/** A type of the program, and the checker that knows it. */
export interface DocumentedType {
  readonly type: ts.Type;
  readonly checker: ts.TypeChecker;
}

/**
 * Exported types of source files, with the doc comments of all their properties. They stand in the source once, beside
 * the schema that they explain; editors show them from there, and the generated files get them from here. Files are given
 * together, since reading the program takes seconds.
 */
export function documentedTypes<Name extends string>(
  root: string,
  files: Readonly<Record<Name, string>>,
): Readonly<Record<Name, DocumentedType>> {
  const names = keysOf(files);
  const sources = names.map((name) => path.join(root, files[name]));
  const program = sourceProgram(root, sources);
  const checker = program.getTypeChecker();
  return tableOf(
    names.map((name) => {
      const module = program.getSourceFile(path.join(root, files[name]));
      const exported = module && checker.getSymbolAtLocation(module);
      const found = exported && checker.getExportsOfModule(exported).find((it) => it.name === name);
      if (found === undefined) throw new Error(`${files[name]} exports no ${name}.`);
      // What an area hands out is declared in another file.
      const declared = found.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(found) : found;
      return [name, { type: checker.getDeclaredTypeOfSymbol(declared), checker }];
    }),
  );
}

/** Puts the doc comment of each property of a type, or else that of what it holds, beside the same property of its JSON Schema. */
export function describeSchema(schema: SchemaNode | undefined, { type, checker }: DocumentedType): void {
  if (typeof schema !== "object" || isList(schema)) return;
  // A shape with a name of its own is described by its own type, whatever stands in for it here.
  if ("typeName" in schema) return;
  for (const [key, property] of Object.entries(schema.properties ?? {})) {
    // Of several types the first that has the key: sections of some kinds of team have words of their own.
    const symbol = (type.isUnion() ? type.types : [type])
      .map((it) => checker.getPropertyOfType(it, key))
      .find((it) => it !== undefined);
    if (symbol === undefined) throw new Error(`${checker.typeToString(type)} has no ${key}, which its schema has.`);
    const given = { type: withoutUndefined(checker.getTypeOfSymbol(symbol), checker), checker };
    const text = textOf(symbol, checker) || describedType(given);
    if (text !== "" && typeof property === "object") property.description = text;
    describeSchema(property, given);
  }
  const each = checker.getIndexTypeOfType(type, ts.IndexKind.String);
  if (each !== undefined) {
    describeSchema(schema.additionalProperties, { type: withoutUndefined(each, checker), checker });
  }
  const item = checker.getIndexTypeOfType(type, ts.IndexKind.Number);
  if (item !== undefined) describeSchema(schema.items, { type: item, checker });
  for (const branch of [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])]) {
    // The branch of a union that has the keys of the schema is the one that it was made of.
    const keys = typeof branch === "object" ? Object.keys(branch.properties ?? {}) : [];
    const members = type.isUnion() ? type.types : [type];
    const same = members.find((it) => keys.every((key) => checker.getPropertyOfType(it, key) !== undefined));
    if (keys.length > 0 && same !== undefined) describeSchema(branch, { type: same, checker });
  }
}

/** What the doc comment of a type itself says. Comments of packages speak of any list and any output. */
export function describedType({ type, checker }: DocumentedType): string {
  const symbol = type.aliasSymbol ?? type.getSymbol();
  const isOurs = symbol?.declarations?.some((it) => !it.getSourceFile().isDeclarationFile);
  return symbol === undefined || isOurs !== true ? "" : textOf(symbol, checker);
}

/** Doc comment as one line of text. */
function textOf(symbol: ts.Symbol, checker: ts.TypeChecker): string {
  return ts.displayPartsToString(symbol.getDocumentationComment(checker)).replace(/\s+/g, " ").trim();
}

function withoutUndefined(type: ts.Type, checker: ts.TypeChecker): ts.Type {
  return checker.getNonNullableType(type);
}
