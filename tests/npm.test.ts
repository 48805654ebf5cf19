import { execFileSync } from "node:child_process";
import { expect, it } from "vitest";
import { root } from "./stack-files";

it("npm runs no install script of a package: none is needed, and one of them would run the pulumi on PATH", () => {
  const value = execFileSync("npm", ["config", "get", "ignore-scripts"], { cwd: root, encoding: "utf8" });
  expect(value.trim()).toBe("true");
});
