import { describe, expect, it } from "vitest";
import { readOptions } from "../../cli/read-options";

const read = (...args: readonly string[]): unknown =>
  readOptions({
    args: [...args],
    allowPositionals: true,
    options: {
      at: { type: "string" },
      only: { type: "string", multiple: true },
      json: { type: "boolean", short: "j", default: false },
    },
  });

describe("options of a command", () => {
  it.each([
    [[], { json: false }, []],
    [["dev", "--at", "a"], { at: "a", json: false }, ["dev"]],
    [["--only", "a", "--only", "b", "-j", "--json"], { only: ["a", "b"], json: true }, []],
    [["--at=a", "--", "--at", "b"], { at: "a", json: false }, ["--at", "b"]],
  ])("%j are read", (args, values, positionals) => {
    expect(read(...args)).toEqual({ values, positionals });
  });

  it.each([
    [["--at", "a", "--at", "b"], "--at must be given once; got a and b"],
    [["--at=a", "dev", "--at=a"], "--at must be given once; got a and a"],
    [["--onyl", "a"], /^Unknown option '--onyl'\. Closest: --only$/],
    [["dev", "--no-such-thing"], /^Unknown option '--no-such-thing'$/],
    [["--at"], "Option '--at <value>' argument missing"],
  ])("%j are refused", (args, message) => {
    expect(() => read(...args)).toThrow(message);
  });
});
