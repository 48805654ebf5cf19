import ts from "typescript";
import path from "node:path";

/**
 * Reads source files of this project with all that they import of it. The declarations of Node, of the providers and of what the SDK is made of
 * are megabytes that nobody asks for, and stay out: a type of theirs is `any`.
 */
export function sourceProgram(root: string, files: readonly string[]): ts.Program {
  const { config } = ts.readConfigFile(path.join(root, "tsconfig.json"), (it) => ts.sys.readFile(it)) as {
    config: object;
  };
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [], files }, ts.sys, root);
  options.types = [];
  const host = ts.createCompilerHost(options);
  const cache = ts.createModuleResolutionCache(root, (it) => it, options);
  host.resolveModuleNameLiterals = (literals, from) =>
    literals.map(({ text }) =>
      /^@pulumi\/(azure-native|kubernetes)\b/.test(text) ||
      (from.includes("/node_modules/@pulumi/") && !text.startsWith("."))
        ? { resolvedModule: undefined }
        : ts.resolveModuleName(text, from, options, host, cache),
    );
  return ts.createProgram(files, options, host);
}
