import { execFile } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { root } from "../stack-files";

// npm itself, logged in at a registry that takes everything: what it does not send there it would not send anywhere.
const folder = mkdtempSync(path.join(tmpdir(), "publish-"));
const sent: string[] = [];
const registry = createServer((request, response) => {
  if (request.method === "PUT") sent.push(request.url ?? "");
  request.resume().on("end", () => {
    response.writeHead(request.method === "PUT" ? 201 : 404, { "content-type": "application/json" }).end("{}");
  });
});
let environment: Readonly<Record<string, string>>;

beforeAll(async () => {
  await once(registry.listen(0, "127.0.0.1"), "listening");
  const { port } = registry.address() as AddressInfo;
  const settings = path.join(folder, "npmrc");
  writeFileSync(settings, `registry=http://127.0.0.1:${port}/\n//127.0.0.1:${port}/:_authToken=a\n`);
  // A laptop: nothing that a pipeline would say of itself.
  environment = { PATH: process.env["PATH"] ?? "", HOME: folder, NPM_CONFIG_USERCONFIG: settings };
});
afterAll(() => {
  registry.close();
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  sent.length = 0;
});

/** Runs npm. Returns what it says where it fails, and nothing where it is done. */
function npm(cwd: string, ...args: readonly string[]): Promise<string> {
  return new Promise((done) => {
    execFile("npm", [...args], { cwd, env: environment }, (error, _, stderr) => done(error === null ? "" : stderr));
  });
}

/** An archive with the settings of publishing that this project has, or with others. */
async function archive(publishConfig: object): Promise<string> {
  const at = mkdtempSync(path.join(folder, "package-"));
  mkdirSync(at, { recursive: true });
  writeFileSync(path.join(at, "package.json"), JSON.stringify({ name: "a-package", version: "1.0.0", publishConfig }));
  expect(await npm(at, "pack")).toBe("");
  return path.join(at, "a-package-1.0.0.tgz");
}

it("an archive is not published from a laptop, whoever is logged in there", async () => {
  const { publishConfig } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")) as {
    publishConfig: object;
  };
  const file = await archive(publishConfig);
  expect(await npm(folder, "publish", file)).toContain("Automatic provenance generation not supported");
  expect(sent).toEqual([]);
  // Without the setting it is.
  expect(await npm(folder, "publish", await archive({ access: "public" }))).toBe("");
  expect(sent).toEqual(["/a-package"]);
});

it("the project itself is not published at all", async () => {
  expect(await npm(root, "publish")).toContain("EPRIVATE");
  expect(sent).toEqual([]);
});
