import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { main } from "../../cli/preview";
import { previewPage } from "../../cli/preview-page";
import { previewStack } from "../../cli/preview-stack";
import { MisconfiguredError } from "../../core/problems";
import { plainStacks, root } from "../stack-files";
import { runHere } from "./run-here";

interface Result {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the command as `npm run preview` does. */
function run(...args: readonly string[]): Result {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--require", "./cli/start.cjs", "cli/preview.ts", ...args],
    {
      cwd: root,
      encoding: "utf8",
    },
  );
  return { code: status, out: stdout, err: stderr };
}

/** Writes a variant of a shipped stack file to a folder far from the project. */
function variant(stack: keyof typeof plainStacks, change: (text: string) => string): string {
  const file = path.join(mkdtempSync(path.join(tmpdir(), "variant-")), `Pulumi.${stack}.yaml`);
  writeFileSync(file, change(readFileSync(plainStacks[stack], "utf8")));
  return file;
}

describe("npm run preview", () => {
  // What it says of each shipped stack is in the goldens.
  it("plans a stack without a mandatory finding, in plain text, and is silent on stderr", () => {
    const { code, out, err } = run("cell-4k");
    expect([code, err]).toEqual([0, ""]);
    expect(out).toContain("no mandatory finding");
    expect(out).not.toContain("\u001b[");
    expect(out.split("\n").length).toBeLessThan(80);
  });

  it("prints the shape of pulumi preview --json with a summary, wherever the stack file lies", async () => {
    const file = variant("dev", (text) => text);
    const { code, out } = await runHere(() => previewStack(file, true, process.hrtime.bigint()));
    const json = JSON.parse(out) as {
      steps: { op: string; urn: string; newState: Record<string, unknown> }[];
      changeSummary: object;
      summary: object;
    };
    expect(code).toBe(0);
    expect(json.changeSummary).toEqual({ create: json.steps.length });
    expect(json.summary).toMatchObject({ gpus: 34, findings: [] });
    const pool = json.steps.find((it) => it.urn.endsWith("AgentPool::h100d1"));
    expect(pool).toMatchObject({
      op: "create",
      newState: {
        custom: true,
        type: "azure-native:containerservice:AgentPool",
        ignoreChanges: ["count"],
        inputs: { vmSize: "Standard_ND96isr_H100_v5" },
      },
    });
    expect(pool?.newState["parent"]).toContain("GpuPool::h100");
  });

  describe("--html", () => {
    const page = (target: string): ReturnType<typeof runHere> => runHere(() => previewPage(plainStacks.dev, target));

    it("writes one page into a file, and says which and how large", async () => {
      const file = path.join(mkdtempSync(path.join(tmpdir(), "page-")), "a.html");
      const { code, out, err } = await page(file);
      const written = readFileSync(file, "utf8");
      expect({ code, out, err }).toEqual({
        code: 0,
        out: `${file}: ${Math.ceil(Buffer.byteLength(written) / 1024)} KiB\n`,
        err: "",
      });
      expect(written).toMatch(/^<!doctype html>\n[^]*<\/html>\n$/);
      expect(await page("-")).toMatchObject({ code: 0, out: written, err: "" });
    });

    it("names the page by the stack, where nobody says another name", () => {
      const folder = mkdtempSync(path.join(tmpdir(), "page-"));
      const command = ["--require", path.join(root, "cli/start.cjs"), path.join(root, "cli/preview.ts")];
      const { status, stdout } = spawnSync(process.execPath, [...command, "dev", "--html"], {
        cwd: folder,
        encoding: "utf8",
      });
      expect(status).toBe(0);
      expect(stdout).toMatch(/^preview-dev\.html: \d+ KiB\n$/);
      expect(readdirSync(folder)).toEqual(["preview-dev.html"]);
    });

    it("fails to write over the stack file", async () => {
      const file = path.join(mkdtempSync(path.join(tmpdir(), "page-")), "Pulumi.dev.yaml");
      const text = readFileSync(plainStacks.dev, "utf8");
      writeFileSync(file, text);
      const { error } = await runHere(() => previewPage(file, file));
      expect(String(error)).toMatch(/--html: must be a file that can be written \(the command reads it\)/);
      expect(readFileSync(file, "utf8")).toBe(text);
    });

    it("fails on a folder that is not there, without a stack trace", async () => {
      const { error } = await page(path.join(tmpdir(), "not-there", "a.html"));
      expect(error).toBeInstanceOf(MisconfiguredError);
      expect((error as MisconfiguredError).message).toMatch(
        /--html: must be a file that can be written \(ENOENT\); got ".*not-there\/a\.html"\. Name a file in a folder that is there$/,
      );
    });
  });

  it("exits 1 with the text of the rule when a policy forbids the plan", () => {
    const { code, out } = run(
      variant("prod", (text) => text.replace("dataClass: confidential", "dataClass: confidential\n    protect: false")),
    );
    expect(code).toBe(1);
    expect(out).toMatch(/mandatory aks-protected on .*ManagedCluster aks/);
    expect(out).toContain("up would be refused");
  });

  it("exits 2 with every problem, its line and no stack trace on bad input", () => {
    const { code, out, err } = run(
      variant("dev", (text) => text.replace("maxNodes: 2", "maxNode: 2").replace("kind: dev", "kind: prd")),
    );
    expect([code, out]).toEqual([2, ""]);
    expect(err).toMatch(/environment\.kind \(line \d+\): must be one of dev, staging, prod; got "prd"/);
    expect(err).toMatch(/gpuPools\.h100\.maxNode \(line \d+\): is not a known key/);
    expect(err).not.toMatch(/^\s+at /m);
  });

  it.each([
    [["nowhere"], "must be the name of a stack file"],
    [[], "ENVIRONMENT must be given"],
    [["dev", "prod"], "one ENVIRONMENT at a time"],
    [["--jsn", "dev"], "Unknown option '--jsn'"],
    [["dev", "--html", "--json"], "--html and --json are two forms of one plan: one at a time"],
    [["dev", "stacks/Pulumi.prod.yaml", "--html"], "FILE must end in .html, or be -; got stacks/Pulumi.prod.yaml"],
    [["dev", "--html", ".html"], "FILE must end in .html, or be -; got .html"],
    [["--html", "page.html"], "must be the name of a stack file"],
    [["--html"], "ENVIRONMENT must be given"],
    [["dev", "page.html", "prod", "--html"], "one ENVIRONMENT at a time; got dev prod"],
    [["dev", "page.html"], "one ENVIRONMENT at a time; got dev page.html"],
  ])("refuses %j", async (args, message) => {
    const { error, out, err } = await runHere(() => main(args));
    expect({ error, out, err }).toEqual({ error: expect.any(MisconfiguredError) as unknown, out: "", err: "" });
    expect((error as MisconfiguredError).message).toContain(message);
  });

  it("helps", () => {
    const { code, out } = run("--help");
    expect(code).toBe(0);
    expect(out).toContain("Exit code: 0 fine, 1 a policy forbids it, 2 bad input.");
  });
});
