import { spawnSync } from "node:child_process";
import { expect, it } from "vitest";
import { root } from "../stack-files";

it("ends with 70 for a type without a row, and says which file to edit", () => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--require", "tsx/cjs", "tests/cli/unregistered-type.ts"],
    { cwd: root, encoding: "utf8" },
  );
  expect([status, stdout]).toEqual([70, ""]);
  expect(stderr).toContain("No row for azure-native:keyvault:Vault: add Vault to azure/keyvault.ts");
  expect(stderr).not.toMatch(/unhandled|promise/i);
});

it("ends with 2 for a folder that is no checkout of the published types", () => {
  const { status, stderr } = spawnSync(process.execPath, ["--require", "tsx/cjs", "cli/azure-types.ts", "tests"], {
    cwd: root,
    encoding: "utf8",
  });
  expect(status).toBe(2);
  expect(stderr).toContain("FOLDER: must be a checkout of https://github.com/Azure/bicep-types-az");
});
