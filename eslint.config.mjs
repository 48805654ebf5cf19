import eslint from "@eslint/js";
import pulumi from "@pulumi/eslint-plugin";
import tseslint from "typescript-eslint";

export default tseslint.config(
  // A template has the settings of its future project, where the package is installed; tests/packages/azure-gpu-cluster.test.ts compiles it so.
  // So does the example of an SDK that Pulumi generates; tests/provider/languages.test.ts compiles it.
  {
    ignores: [
      ...["node_modules/", "coverage/", "dist/", "public/", "templates/"],
      "examples/infiniband-cluster-typescript/",
    ],
  },
  eslint.configs.recommended,
  tseslint.configs.strictTypeChecked,
  {
    plugins: { "@pulumi": pulumi },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      // Messages are built from numbers and booleans everywhere; String() around each would only be noise.
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true, allowBoolean: true }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/explicit-module-boundary-types": "error",
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "no-console": "error",
      "no-duplicate-imports": "error",
      "no-restricted-syntax": [
        "error",
        {
          selector:
            "CallExpression[callee.object.name='AbortSignal'][callee.property.name='any'] CallExpression[callee.object.name='AbortSignal'][callee.property.name='timeout']",
          message: "Node 20 collects this signal as garbage, and it never comes. Abort a controller from a timer.",
        },
      ],
    },
  },
  {
    // Plain JavaScript entry files and configuration are outside the TypeScript project.
    files: ["**/*.{js,mjs,cjs,mts}"],
    ...tseslint.configs.disableTypeChecked,
  },
  {
    files: ["**/*.{js,cjs}"],
    languageOptions: {
      globals: { require: "readonly", module: "writable", __dirname: "readonly", process: "readonly" },
    },
    rules: { "@typescript-eslint/no-require-imports": "off" },
  },
);
