import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { readApproval, refusals, signApproval } from "../../delivery/approval";
import { sealPlan } from "../../delivery/saved-plan";

const folder = mkdtempSync(path.join(tmpdir(), "approval-test-"));
const key = path.join(folder, "anna");
beforeAll(() => execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", key]));
afterEach(() => vi.unstubAllEnvs());
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const [commit, digest] = ["a".repeat(40), "0".repeat(64)];
const plan = sealPlan({
  ...{ version: 1, stack: "prod", commit, dirty: false, makers: [], subscriptionId: null, pulumi: "3.246.0" },
  ...{ files: digest, state: digest, steps: [], findings: [], bill: null, quota: [] },
  versions: { lock: "2026.12", retiredOn: null, before: null, moves: [] },
});
const sign = (more: object = {}): ReturnType<typeof signApproval> =>
  signApproval(plan, { approver: "anna@example.com", key, expires: new Date(Date.now() + 60_000), ...more });

describe("signs with nothing but a key, in the name of one person:", () => {
  it.each(["", "anna smith", "*@example.com", "anna,eve", '"anna"', "!anna", "anna\neve"])(
    "not as %j",
    async (approver) => {
      await expect(sign({ approver })).rejects.toThrow(
        /--as: must be one name of deploy\/approvers, and no pattern; got "/,
      );
    },
  );

  it.each<readonly [string, (file: string) => unknown]>([
    ["a file that is not there", () => undefined],
    ["a folder", (file) => mkdirSync(file)],
    ["something else", (file) => writeFileSync(file, Buffer.from([0, 1, 2, 255]))],
    ["an empty file", (file) => writeFileSync(file, "")],
  ])("not with %s", async (what, make) => {
    const file = path.join(folder, what);
    make(file);
    const temporary = path.join(folder, "temporary");
    mkdirSync(temporary, { recursive: true });
    vi.stubEnv("TMPDIR", temporary);
    await expect(sign({ key: file })).rejects.toThrow(
      /^The command is misconfigured:\n {2}--key: must be a key that ssh-keygen can sign with: .+; got ".*Name a private key/,
    );
    expect(readdirSync(temporary)).toEqual([]);
  });

  it("and says so where there is no OpenSSH, which also looks at approvals", async () => {
    const approval = await sign();
    const empty = path.join(folder, "empty");
    mkdirSync(empty);
    vi.stubEnv("PATH", empty);
    const rules = { approvers: [""], needed: 1, makers: [], now: new Date() };
    await expect(sign()).rejects.toThrow(/ssh-keygen: must be on PATH.*Install OpenSSH/);
    await expect(refusals(plan, [approval], rules)).rejects.toThrow(/ssh-keygen: must be on PATH.*Install OpenSSH/);
  });
});

describe("reads what npm run approve wrote, and says what else a file holds:", () => {
  it.each([
    ["nothing", "", /file: must be what npm run approve .* wrote, and is empty/],
    ["no JSON", "-----BEGIN OPENSSH PRIVATE KEY-----", /file: must be what .* wrote, and holds no JSON/],
    ["a list", "[]", /file: must be what .* wrote, and holds other JSON/],
    [
      "something else",
      '{"statement":{}}',
      /statement.stack: must be given.*[^]*signature: must be given[^]*file: must be what/,
    ],
  ])("%s", (_, text, message) => {
    const read = (): unknown => readApproval(text, "approval.json");
    expect(read).toThrow(message);
    expect(read).not.toThrow(/BEGIN|\n {2}: /);
  });
});
