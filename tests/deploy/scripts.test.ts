import { spawn } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { tools } from "../../components/compute/runner/tools";
import manifest from "../../package.json";
import { root } from "../stack-files";

const script = (name: string): string => path.join(root, "deploy", name);

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

let programs: string;
beforeEach(() => {
  programs = mkdtempSync(path.join(tmpdir(), "programs-"));
});

/** A program that is found before those of the machine. */
function standIn(name: string, text: string): void {
  writeFileSync(path.join(programs, name), `#!/usr/bin/env bash\n${text}\n`);
  chmodSync(path.join(programs, name), 0o755);
}

function run(name: string, args: readonly string[], env: Readonly<Record<string, string>>): Promise<Ended> {
  const base = { HOME: programs, PATH: `${programs}:${process.env["PATH"] ?? ""}` };
  // With a socket for its input bash would believe that it is a remote shell, and read the files of its user.
  const child = spawn(script(name), args, { env: { ...base, ...env }, stdio: ["ignore", "pipe", "pipe"] });
  let [out, err] = ["", ""];
  child.stdout.on("data", (it: Buffer) => (out += it.toString()));
  child.stderr.on("data", (it: Buffer) => (err += it.toString()));
  return new Promise((done, fail) => {
    child.on("error", fail);
    child.on("close", (code) => done({ code, out, err }));
  });
}

describe("azure-run", () => {
  const names = { CLIENT_ID: "c", TENANT_ID: "t", SUBSCRIPTION_ID: "s", STATE_URL: "azblob://state" };
  let server: Server;
  let asked: { method: string | undefined; url: string | undefined; bearer: string | undefined }[];
  let url: string;

  beforeEach(async () => {
    asked = [];
    server = createServer(({ method, url: path, headers }: IncomingMessage, answer) => {
      asked.push({ method, url: path, bearer: headers.authorization });
      const token = `token-${asked.length}`;
      answer.end(JSON.stringify(method === "POST" ? { oidcToken: token } : { value: token }));
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(() => {
    server.close();
  });

  const github = (): Record<string, string> => ({
    ...names,
    ACTIONS_ID_TOKEN_REQUEST_URL: `${url}/token?api-version=2.0`,
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: "runner",
  });
  const show = ["bash", "-c", 'cat "$AZURE_FEDERATED_TOKEN_FILE"'];

  it("takes a token of GitHub for the audience of Azure", async () => {
    expect(await run("azure-run", show, github())).toEqual({ code: 0, out: "token-1", err: "" });
    expect(asked).toEqual([
      { method: "GET", url: "/token?api-version=2.0&audience=api://AzureADTokenExchange", bearer: "Bearer runner" },
    ]);
  });

  it("takes a token of Azure DevOps for its service connection", async () => {
    const env = {
      SYSTEM_OIDCREQUESTURI: `${url}/oidc`,
      SYSTEM_ACCESSTOKEN: "build",
      AZURESUBSCRIPTION_SERVICE_CONNECTION_ID: "sc-1",
    };
    expect(await run("azure-run", show, { ...names, ...env })).toEqual({ code: 0, out: "token-1", err: "" });
    expect(asked).toEqual([
      { method: "POST", url: "/oidc?api-version=7.1-preview.1&serviceConnectionId=sc-1", bearer: "Bearer build" },
    ]);
  });

  it("takes the token that GitLab gave the job", async () => {
    expect(await run("azure-run", show, { ...names, AZURE_ID_TOKEN: "jwt" })).toEqual({ code: 0, out: "jwt", err: "" });
  });

  it("tells provider, backend and kubelogin the same identity, and lets nothing be fetched", async () => {
    const wanted = /^(ARM_|AZURE_|PULUMI_)/;
    const { out } = await run("azure-run", ["env"], github());
    const lines = out.split("\n").filter((it) => wanted.test(it) && !it.startsWith("AZURE_FEDERATED_TOKEN_FILE="));
    expect(lines.sort()).toEqual([
      "ARM_CLIENT_ID=c",
      "ARM_SUBSCRIPTION_ID=s",
      "ARM_TENANT_ID=t",
      "ARM_USE_DEFAULT_AZURE_CREDENTIAL=true",
      "AZURE_CLIENT_ID=c",
      "AZURE_CORE_OUTPUT=none",
      "AZURE_TENANT_ID=t",
      "AZURE_TOKEN_CREDENTIALS=prod",
      "PULUMI_BACKEND_URL=azblob://state",
      "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION=true",
      "PULUMI_SKIP_UPDATE_CHECK=true",
    ]);
  });

  it("writes a new token while the command runs, for its user alone, and takes the file away afterwards", async () => {
    standIn("sleep", "exec /bin/sleep 0.05");
    const wait =
      'f="$AZURE_FEDERATED_TOKEN_FILE"; until grep -q token-3 "$f"; do /bin/sleep 0.02; done; stat -c %a "$f"; echo "$f"';
    const { code, out } = await run("azure-run", ["bash", "-c", wait], github());
    const [mode, file = ""] = out.trim().split("\n");
    expect({ code, mode }).toEqual({ code: 0, mode: "600" });
    await expect.poll(() => existsSync(file)).toBe(false);
  });

  it("is the command: its exit code, and a signal to the job reaches it", async () => {
    expect((await run("azure-run", ["bash", "-c", "exit 3"], github())).code).toBe(3);
    expect((await run("azure-run", ["bash", "-c", "trap 'exit 130' INT; kill -INT $$"], github())).code).toBe(130);
    const parent = await run("azure-run", ["bash", "-c", "echo $$; ps -o args= -p $$"], github());
    expect(parent.out).not.toContain("azure-run");
  });

  it("shows the job's token to nobody: in no argument of a process and in no output", async () => {
    standIn("curl", 'echo "$@" >> "$SEEN"; PATH="${PATH#*:}" exec curl "$@"');
    const seen = path.join(programs, "seen");
    const { out, err } = await run("azure-run", ["true"], { ...github(), SEEN: seen });
    expect({ out, err }).toEqual({ out: "", err: "" });
    expect(readFileSync(seen, "utf8")).toMatch(/--config - .*audience=/);
    expect(readFileSync(seen, "utf8")).not.toContain("runner");
  });

  it.each([
    [
      "what is not set, all at once",
      ["true"],
      { STATE_URL: "x", AZURE_ID_TOKEN: "jwt" },
      /CLIENT_ID TENANT_ID SUBSCRIPTION_ID must be set/,
    ],
    [
      "a lasting secret",
      ["true"],
      { ...names, AZURE_ID_TOKEN: "jwt", AZURE_CLIENT_SECRET: "s3cr3t", AZURE_STORAGE_KEY: "k3y" },
      /AZURE_CLIENT_SECRET AZURE_STORAGE_KEY must not be set: a job has no lasting secret\n$/,
    ],
    [
      "what Azure DevOps does not know and hands on by its name",
      ["true"],
      { ...names, CLIENT_ID: "$(DEPLOY_CLIENT_ID)", SYSTEM_OIDCREQUESTURI: "https://example.com" },
      /CLIENT_ID SYSTEM_ACCESSTOKEN AZURESUBSCRIPTION_SERVICE_CONNECTION_ID must be set/,
    ],
    [
      "a job of GitHub that is given half",
      ["true"],
      { ...names, ACTIONS_ID_TOKEN_REQUEST_URL: "https://example.com" },
      /ACTIONS_ID_TOKEN_REQUEST_TOKEN must be set/,
    ],
    ["no command", [], { ...names, AZURE_ID_TOKEN: "jwt" }, /a command must be given/],
    ["no token", ["true"], names, /no token: GitHub gives one to jobs with id-token: write/],
  ])("tells of %s, and runs nothing", async (_, args, env, message) => {
    const { code, out, err } = await run("azure-run", args, env);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(message);
  });

  it("runs nothing where the forge refuses a token", async () => {
    server.removeAllListeners("request");
    server.on("request", (_, answer) => void answer.writeHead(403).end("no"));
    const { code, out, err } = await run("azure-run", ["echo", "ran"], github());
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(/403[^]*deploy\/azure-run: the forge gave this job no token/);
  });
});

describe("prepare", () => {
  const text = readFileSync(script("prepare"), "utf8");

  it("installs the CLI and kubelogin that the runner has, by their sums", () => {
    const fetched = [...text.matchAll(/^fetch \S+ (\S+) \\\n\s+(\w+)$/gm)].map(([, archive, sha256]) => ({
      archive,
      sha256,
    }));
    const wanted = tools.filter(({ archive }) => !archive.includes("nodejs.org"));
    expect(fetched).toEqual(wanted.map(({ archive, sha256 }) => ({ archive, sha256 })));
  });

  it("installs the plugins of package.json, by sums that somebody has to give", () => {
    for (const name of ["azure-native", "kubernetes"] as const)
      expect(text).toContain(`install resource ${name} ${manifest.dependencies[`@pulumi/${name}`]} --exact --checksum`);
  });

  it.each([
    [{}, "AZURE_NATIVE_SHA256 KUBERNETES_SHA256"],
    [{ AZURE_NATIVE_SHA256: "0".repeat(64), KUBERNETES_SHA256: "$(KUBERNETES_SHA256)" }, "KUBERNETES_SHA256"],
    [{ AZURE_NATIVE_SHA256: "0", KUBERNETES_SHA256: "0".repeat(64) }, "AZURE_NATIVE_SHA256"],
  ])("refuses %j, and installs nothing", async (given, names) => {
    standIn("npm", "echo ran");
    const { code, out, err } = await run("prepare", [], given);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(new RegExp(`^deploy/prepare: ${names} must be 64 hexadecimal digits: the sum of`));
  });

  it("takes the Node of the workflows, which is the runner's", () => {
    const node = tools.flatMap(({ archive }) => /nodejs\.org\/dist\/v([\d.]+)\//.exec(archive)?.[1] ?? []);
    for (const file of ["github/prepare/action.yml", "github/preview.yml"])
      expect(
        readFileSync(script(file), "utf8")
          .match(/(?<=node-version: ")[\d.]+/g)
          ?.every((it) => node.includes(it)),
      ).toBe(true);
  });
});

describe("kubeconfig", () => {
  it("asks Azure for the cluster that the stack names, and leaves no credential in the file", async () => {
    const seen = path.join(programs, "seen");
    const cluster = { name: "aks-1", resourceGroupName: "rg-1" };
    standIn("az", 'echo "az $@" >> "$SEEN"');
    standIn("kubelogin", 'echo "kubelogin $@" >> "$SEEN"');
    standIn("pulumi", `echo "pulumi $@" >> "$SEEN"; echo '${JSON.stringify({ cluster })}'`);
    const token = path.join(programs, "token");
    writeFileSync(token, "jwt");
    const login = {
      AZURE_CLIENT_ID: "c",
      AZURE_TENANT_ID: "t",
      AZURE_FEDERATED_TOKEN_FILE: token,
      ARM_SUBSCRIPTION_ID: "s",
    };
    expect(await run("kubeconfig", ["dev", "/tmp/k"], { ...login, SEEN: seen })).toEqual({ code: 0, out: "", err: "" });
    expect(readFileSync(seen, "utf8").trim().split("\n")).toEqual([
      "az login --service-principal --username c --tenant t --federated-token jwt --output none",
      "pulumi stack output infra --json --stack dev",
      "az aks get-credentials --only-show-errors --format exec --file /tmp/k --subscription s --resource-group rg-1 --name aks-1",
      "kubelogin convert-kubeconfig --login workloadidentity --kubeconfig /tmp/k",
    ]);
  });
});
