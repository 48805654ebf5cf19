import { readdirSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { sourceProgram } from "../../cli/source-program";
import type { Surface } from "./record";

/** What the areas hand out, with the properties of each: `cluster.GpuPoolArgs.size`. */
export function librarySurface(root: string): Surface {
  const areas = readdirSync(path.join(root, "components"), { withFileTypes: true }).filter((it) => it.isDirectory());
  const entries = areas.map(({ name }) => [name, path.join(root, "components", name, "index.ts")] as const);
  const program = sourceProgram(
    root,
    entries.map(([, file]) => file),
  );
  const checker = program.getTypeChecker();
  return new Map(
    entries.flatMap(([area, file]) => {
      const source = program.getSourceFile(file);
      const module = source && checker.getSymbolAtLocation(source);
      if (module === undefined) throw new Error(`${file} is no module.`);
      return checker
        .getExportsOfModule(module)
        .map((it) => (it.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(it) : it))
        .flatMap((it) => linesOf(it, checker))
        .map(([name, says]) => [`${area}.${name}`, says] as const);
    }),
  );
}

const whole: ts.TypeFormatFlags =
  ts.TypeFormatFlags.NoTruncation | ts.TypeFormatFlags.UseAliasDefinedOutsideCurrentScope;
/** The alias that is asked for would be shown by its own name. */
const unfolded: ts.TypeFormatFlags = whole | ts.TypeFormatFlags.InTypeAlias;

/** One line for what is exported, and one for each property that others may use. */
function linesOf(symbol: ts.Symbol, checker: ts.TypeChecker): (readonly [string, string])[] {
  const { name, flags: kind } = symbol;
  const declaration = symbol.declarations?.[0];
  if (declaration === undefined) throw new Error(`${name} is declared nowhere.`);
  const shown = (type: ts.Type, flags = whole): string =>
    checker.typeToString(type, declaration, flags).replace(/\s+/g, " ");
  const property = (it: ts.Symbol): readonly [string, string] => [
    `${name}.${it.name}`,
    `${it.flags & ts.SymbolFlags.Optional ? "optional " : ""}${shown(checker.getTypeOfSymbolAtLocation(it, declaration))}`,
  ];
  if (kind & (ts.SymbolFlags.Function | ts.SymbolFlags.Variable)) {
    return [[name, shown(checker.getTypeOfSymbolAtLocation(symbol, declaration))]];
  }
  const type = checker.getDeclaredTypeOfSymbol(symbol);
  // Of a union each member may have properties of its own, and the whole knows only what they share.
  const members = type.isUnion() ? type.types.filter((it) => it.flags & ts.TypeFlags.StructuredType) : [type];
  const own = new Map(
    members.flatMap((it) => checker.getPropertiesOfType(it).filter(isOurs)).map((it) => [it.name, it] as const),
  );
  const made = kind & ts.SymbolFlags.Class ? `class (${parametersOf(declaration)})` : undefined;
  return [[name, made ?? (own.size > 0 ? "type" : shown(type, unfolded))], ...[...own.values()].map(property)];
}

/** What comes of the SDK or of the language is no promise of ours, and what is private is none at all. */
function isOurs(property: ts.Symbol): boolean {
  const declaration = property.declarations?.[0];
  if (declaration === undefined) return true;
  const hidden = ts.ModifierFlags.Private | ts.ModifierFlags.Protected;
  return (
    !declaration.getSourceFile().fileName.includes("/node_modules/") &&
    !(ts.getCombinedModifierFlags(declaration) & hidden)
  );
}

function parametersOf(declaration: ts.Declaration): string {
  if (!ts.isClassDeclaration(declaration)) return "";
  const made = declaration.members.find((it) => ts.isConstructorDeclaration(it));
  return made?.parameters.map((it) => it.getText().replace(/\s+/g, " ")).join(", ") ?? "";
}
