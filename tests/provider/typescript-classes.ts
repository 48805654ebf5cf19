import path from "node:path";
import ts from "typescript";
import type { Classes } from "./generated-sdks";

/** What the compiler says of an SDK in TypeScript and of programs in its folder, by the SDK's own settings, and the classes that it finds there. */
export function compileTypeScript(
  sdk: string,
  types: readonly string[],
  programs: readonly string[],
): { readonly complaints: readonly string[]; readonly classes: Classes } {
  const file = path.join(sdk, "tsconfig.json");
  const settings = ts.parseJsonConfigFileContent(
    ts.readConfigFile(file, (it) => ts.sys.readFile(it)).config,
    ts.sys,
    sdk,
  );
  const { fileNames, options } = settings;
  // As a project finds it that has the SDK among its packages.
  const paths = { "@pulumi/azure-gpu-cluster": [path.join(sdk, "index.ts")] };
  const files = [...fileNames, ...programs.map((it) => path.join(sdk, it))];
  const program = ts.createProgram(files, { ...options, noEmit: true, paths });
  const complaints = ts.getPreEmitDiagnostics(program).map((it) => {
    const place = it.file === undefined ? "" : `${path.relative(sdk, it.file.fileName)}: `;
    return place + ts.flattenDiagnosticMessageText(it.messageText, " ");
  });
  const checker = program.getTypeChecker();
  const classes = types.map((type) => {
    const [module = "", name = ""] = type.split(":");
    const source = program.getSourceFile(path.join(sdk, module, `${name.charAt(0).toLowerCase()}${name.slice(1)}.ts`));
    const exported = source === undefined ? undefined : checker.getSymbolAtLocation(source);
    const declared = (wanted: string): ts.Type | undefined => {
      const symbol = exported?.exports?.get(ts.escapeLeadingUnderscores(wanted));
      return symbol === undefined ? undefined : checker.getDeclaredTypeOfSymbol(symbol);
    };
    const own =
      declared(name)
        ?.getProperties()
        .filter((it) => it.valueDeclaration?.getSourceFile() === source) ?? [];
    const inputs = declared(`${name}Args`)?.getProperties() ?? [];
    return [type, { inputs: names(inputs), outputs: names(own) }] as const;
  });
  return { complaints, classes: Object.fromEntries(classes) };
}

function names(symbols: readonly ts.Symbol[]): string[] {
  return symbols.map((it) => it.name).sort();
}
