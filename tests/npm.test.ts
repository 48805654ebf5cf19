import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "./stack-files";

/** What the lock file says of a package. */
interface LockedPackage {
  readonly version: string;
  readonly license?: string;
  readonly integrity?: string;
  /** Only whoever works on this project installs it. */
  readonly dev?: true;
}

/** Packages of the lock file by the folder that they are installed in, without the project itself. */
const locked = Object.entries(
  (JSON.parse(text("package-lock.json")) as { readonly packages: Readonly<Record<string, LockedPackage>> }).packages,
).filter(([folder]) => folder !== "");

function text(file: string): string {
  return readFileSync(path.join(root, file), "utf8");
}

function npm(...args: readonly string[]): string {
  return execFileSync("npm", args, { cwd: root, encoding: "utf8" });
}

it("npm runs no install script of a package: none is needed, and one of them would run the pulumi on PATH", () => {
  expect(npm("config", "get", "ignore-scripts").trim()).toBe("true");
});

it("CONTRIBUTING names each script, and no other", () => {
  const scripts = Object.keys((JSON.parse(text("package.json")) as { readonly scripts: object }).scripts);
  const table = /\n## Commands\n([\s\S]*?)\n## /.exec(text("CONTRIBUTING.md"))?.[1] ?? "";
  const named = [...table.matchAll(/^\| (`.*?`) +\|/gm)].flatMap(([, cell = ""]) =>
    [...cell.matchAll(/`([\w-]+)/g)].map((it) => it[1] ?? ""),
  );
  expect(named.filter((it) => it !== "npm").sort()).toEqual(scripts.sort());
});

describe("licences", () => {
  /** Ask nothing but to be named, and that of data. */
  const allowed = ["0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "BlueOak-1.0.0", "ISC", "MIT", "Python-2.0"];
  const ofData = ["CC-BY-3.0", "CC-BY-4.0", "CC0-1.0"];
  /** Ask for changes of their own files alone, or for nothing at all. Fine for a tool that nobody gets from us. */
  const ofTools = ["MPL-2.0", "Unlicense"];
  /** Packages that only point to a file, with how that file begins. */
  const inFiles: Readonly<Record<string, string>> = {
    "node_modules/@logdna/tail-file": "The MIT License (MIT)\n",
  };

  /** Whether the names that may be chosen from hold one that is allowed, and all that go together are. */
  function isAllowed(expression: string, list: readonly string[]): boolean {
    const terms = expression.replace(/[()]/g, "").split(" AND ");
    return terms.every((term) => term.split(" OR ").some((it) => list.includes(it.trim())));
  }

  it.each([
    ["MIT", true],
    ["(BSD-3-Clause AND Apache-2.0)", true],
    ["(GPL-2.0-only OR MIT)", true],
    ["MIT AND GPL-2.0-only", false],
    ["AGPL-3.0-only", false],
    ["UNLICENSED", false],
    ["", false],
  ])("are read as SPDX writes them: %s", (expression, ok) => {
    expect(isAllowed(expression, allowed)).toBe(ok);
  });

  it("of all packages let a user do what our own lets them", () => {
    const wrong = locked
      .filter(([folder, { license = "", dev }]) => {
        const beginning = inFiles[folder];
        if (beginning !== undefined) return !text(path.join(folder, "LICENSE")).startsWith(beginning);
        return !isAllowed(license, [...allowed, ...ofData, ...(dev === true ? ofTools : [])]);
      })
      .map(([folder, { license, dev }]) => `${folder}: ${license ?? "none"}${dev === true ? "" : ", which users get"}`);
    expect(wrong).toEqual([]);
  });

  it("are the ones that the installed packages name", () => {
    const wrong = locked
      .filter(([folder]) => existsSync(path.join(root, folder, "package.json")))
      .filter(([folder, { license }]) => {
        const installed = JSON.parse(text(`${folder}/package.json`)) as { readonly license?: string };
        return installed.license !== license;
      });
    expect(wrong).toEqual([]);
  });
});

it("the bill of materials names each locked package with its version and its hash, without asking anybody", () => {
  interface Bill {
    readonly bomFormat: string;
    readonly components: readonly {
      readonly name: string;
      readonly version: string;
      readonly hashes?: readonly { readonly alg: string; readonly content: string }[];
    }[];
  }
  const { bomFormat, components } = JSON.parse(npm("run", "--silent", "sbom", "--offline")) as Bill;
  expect(bomFormat).toBe("CycloneDX");
  const hashed = components.map(({ name, version, hashes = [] }) => {
    const hash = hashes.find((it) => it.alg === "SHA-512")?.content ?? "";
    return `${name} ${version.replace(/^v/, "")} sha512-${Buffer.from(hash, "hex").toString("base64")}`;
  });
  const wanted = locked.map(
    ([folder, { version, integrity }]) => `${folder.split("node_modules/").at(-1) ?? ""} ${version} ${integrity ?? ""}`,
  );
  expect([...new Set(hashed)].sort()).toEqual([...new Set(wanted)].sort());
});
