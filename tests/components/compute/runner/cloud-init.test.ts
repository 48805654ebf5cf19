import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, mkdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import manifest from "../../../../package.json";
import { cloudInit } from "../../../../components/compute/runner/cloud-init";
import { tools } from "../../../../components/compute/runner/tools";

interface CloudConfig {
  readonly packages: readonly string[];
  readonly write_files: readonly { readonly path: string; readonly permissions: string; readonly content: string }[];
  readonly runcmd: readonly (readonly string[])[];
}

const config = parse(cloudInit()) as CloudConfig;
const script = config.write_files[0]?.content ?? "";

describe("cloudInit", () => {
  it("is a cloud-config document that runs its one script, which is Bash", () => {
    expect(cloudInit().split("\n")[0]).toBe("#cloud-config");
    expect(config.runcmd).toEqual([[config.write_files[0]?.path]]);
    expect(config.write_files).toMatchObject([{ permissions: "0755" }]);
    expect(spawnSync("bash", ["-n"], { input: script, encoding: "utf8" })).toMatchObject({ status: 0, stderr: "" });
  });

  it("takes the Pulumi of the SDK, and every tool at an exact version", () => {
    const sdk = manifest.dependencies["@pulumi/pulumi"];
    expect(tools[0]?.archive).toContain(`/v${sdk}/pulumi-v${sdk}-linux-x64.tar.gz`);
    for (const { archive } of tools) expect(archive).toMatch(/^https:\/\/.*\d+\.\d+\.\d+/);
    expect(script).toMatch(/azure-cli==\d+\.\d+\.\d+/);
  });

  describe("checks what it fetches", () => {
    const folder = mkdtempSync(path.join(tmpdir(), "runner-"));
    afterAll(() => rmSync(folder, { recursive: true }));

    /** Runs the script's own `fetch` with files in place of the network. */
    function fetched(name: string, checksum: (right: string) => string): { status: number | null; stderr: string } {
      const site = path.join(folder, name);
      mkdirSync(path.join(site, "work"), { recursive: true });
      spawnSync("tar", ["-czf", path.join(site, "tool.tar.gz"), "-C", folder, "."]);
      const digest = spawnSync("sha256sum", [path.join(site, "tool.tar.gz")], { encoding: "utf8" }).stdout.split(
        " ",
      )[0];
      const body = script.slice(script.indexOf("fetch() {"), script.indexOf("\n}\n", script.indexOf("fetch() {")) + 3);
      const input = `set -euo pipefail\n${body}\nfetch "file://${site}/tool.tar.gz" ${checksum(digest ?? "")}\n`;
      return spawnSync("bash", { input, encoding: "utf8", cwd: path.join(site, "work") });
    }

    it("and takes what has the checksum in the document", () => {
      expect(fetched("right", (it) => it)).toMatchObject({ status: 0 });
    });

    it("and stops at anything else", () => {
      const wrong = createHash("sha256").update("another").digest("hex");
      const { status, stderr } = fetched("wrong", () => wrong);
      expect(status).toBe(1);
      expect(stderr).toContain("is not what it should be");
    });
  });
});
