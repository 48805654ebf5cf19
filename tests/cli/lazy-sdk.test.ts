import { execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { root } from "../stack-files";

/** Runs a program in a process of its own and returns what it prints as JSON. */
function run(program: string, ...preloaded: readonly string[]): unknown {
  const args = ["--no-warnings", ...preloaded.flatMap((it) => ["--require", it]), "--eval", program];
  return JSON.parse(execFileSync(process.execPath, args, { cwd: root, encoding: "utf8" }));
}

const lazy = "./cli/lazy-sdk.cjs";
const postponed = ["@npmcli/arborist", "normalize-package-data", "typescript"];

/** Which of the packages are loaded when a program has run. */
const loaded = `${JSON.stringify(postponed)}.filter((it) => require.resolve(it) in require.cache)`;

/** Work of the SDK that needs packages which are postponed, and the packages. */
const works = [
  {
    does: "turns a function into code",
    needs: ["typescript"],
    call: `runtime.serializeFunction((x) => x * factor).then((it) => it.text)`,
  },
  {
    does: "finds the packages that a function needs",
    needs: ["@npmcli/arborist", "normalize-package-data"],
    call: `runtime.computeCodePaths({ extraIncludePackages: ["yaml"] }).then((it) => [...it.keys()].sort())`,
  },
];

/** A program that loads the SDK and prints what was loaded with it, what each call returns, and what is loaded then. */
function program(...calls: readonly string[]): string {
  const results = calls.map((it) => `await ${it}, `).join("");
  return `const { runtime } = require("@pulumi/pulumi"); const factor = 3; const atOnce = ${loaded};
    (async () => console.log(JSON.stringify([atOnce, ${results} ${loaded}])))()`;
}

describe("the SDK", () => {
  // Loading all of the SDK takes longest, so one process does it for all.
  let withoutUs: unknown[];
  beforeAll(() => {
    withoutUs = run(program(...works.map(({ call }) => call))) as unknown[];
  });

  it("loads every one of the packages that are postponed: none of them is named in vain", () => {
    expect(withoutUs[0]).toEqual(postponed);
  });

  it("loads none of them with the commands", () => {
    expect(run(`require("./preview/preview"); console.log(JSON.stringify(${loaded}))`, "./cli/start.cjs")).toEqual([]);
  });

  it.each(works.map((it, at) => [it.does, it, at] as const))(
    "%s as it does without us, and loads for it what it needs",
    (_, { call, needs }, at) => {
      expect(run(program(call), lazy)).toEqual([[], withoutUs[at + 1], needs]);
    },
  );
});

it("answers nobody but the SDK with a stand-in", () => {
  expect(run(`require("typescript"); console.log(JSON.stringify(${loaded}))`, lazy)).toEqual(["typescript"]);
});

it("lets the SDK see at once that there is no TypeScript, so that it takes its own", () => {
  const without = `const Module = require("node:module"); const find = Module._resolveFilename;
    Module._resolveFilename = (name, ...more) => find.call(Module, name === "typescript" ? "no-such-package" : name, ...more);
    console.log(JSON.stringify(require("@pulumi/pulumi/typescript-shim").version))`;
  expect(run(without, lazy)).toBe("3.8.3");
});

it("loads of the parts of an environment those that it has", () => {
  const file = JSON.stringify(path.join(root, "stacks/Pulumi.dev.yaml"));
  const parts = run(
    `require("./preview/preview").preview(${file}, { today: "2026-11-21" }).then(() =>
      console.log(JSON.stringify(Object.keys(require.cache).filter((it) => it.includes("/components/")))))`,
    "./cli/start.cjs",
  ) as string[];
  const has = (part: string): boolean => parts.some((it) => it.endsWith(`/components/${part}.ts`));
  // Classes, and decisions.
  const declared = [
    "compute/gpu-scale-set/gpu-scale-set",
    "compute/gpu-scale-set/plan",
    "storage/blob-store/blob-store",
  ];
  expect(declared.filter((it) => !has(it))).toEqual([]);
  const others = ["monitoring/grafana/grafana", "monitoring/grafana/plan", "storage/netapp-files/netapp-files"];
  expect(
    [...others, "compute/image-gallery/plan", "foundation/environment-hours/environment-hours"].filter(has),
  ).toEqual([]);
});

describe("npm run job", () => {
  /** Packages of what is loaded once a program has run, and files of a folder among it. */
  const loadedBy = (steps: string): readonly string[] => {
    const program = `(async () => { const { stdout } = process; const write = stdout.write; stdout.write = () => true; ${steps}
      stdout.write = write; console.log(JSON.stringify(Object.keys(require.cache))); })()`;
    return run(program, "./cli/start.cjs") as string[];
  };
  const inPackages = (files: readonly string[]): readonly string[] =>
    files.flatMap((it) => /.*\/node_modules\/(.*)/.exec(it)?.[1] ?? []);
  const packageOf = (file: string): string => /^(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? "";

  it("plans a job with two files of the SDK and nothing of the providers", () => {
    const args = ["submit", "dev", "--team", "vision", "--gpus", "8", "--arg", "train", "--dry-run"];
    const files = inPackages(
      loadedBy(`const { readJobArguments } = require("./cli/job-arguments");
        await require("./cli/job-stack").jobStack("stacks/Pulumi.dev.yaml", readJobArguments(${JSON.stringify(args)}));`),
    );
    expect([...new Set(files.map(packageOf))].sort()).toEqual(["@pulumi/pulumi", "esbuild", "tsx", "yaml", "zod"]);
    expect(files.filter((it) => it.startsWith("@pulumi/")).sort()).toEqual(
      ["errors.js", "utils.js"].map((it) => `@pulumi/pulumi/${it}`),
    );
  });

  it("asks a cluster without the classes of its kinds", () => {
    const file = path.join(mkdtempSync(path.join(tmpdir(), "kubeconfig-")), "config");
    const named = (more: object): readonly object[] => [{ name: "me", ...more }];
    const kubeconfig = {
      clusters: named({ cluster: { server: "https://127.0.0.1:1" } }),
      users: named({ user: { token: "mine" } }),
      contexts: named({ context: { cluster: "me", user: "me" } }),
      "current-context": "me",
    };
    writeFileSync(file, JSON.stringify(kubeconfig));
    const choice = JSON.stringify({ kubeconfig: file, expected: "me" });
    const job = JSON.stringify({ apiVersion: "batch/v1", kind: "Job", metadata: { name: "job" } });
    const files = inPackages(
      loadedBy(`const { ClusterClient } = require("./verification/cluster-client"); const cluster = ClusterClient.open(${choice});
        for (const it of [cluster.read("/version"), cluster.create(${job})]) await it.then(() => { throw Error("It answers"); }, () => {});`),
    );
    const ways = ["azure_auth", "exec_auth", "file_auth", "gcp_auth", "oidc_auth"];
    expect(files.filter((it) => it.startsWith("@kubernetes/")).sort()).toEqual(
      [...ways, "config", "config_types"].sort().map((it) => `@kubernetes/client-node/dist/${it}.js`),
    );
    expect([...new Set(files.map(packageOf))].sort()).toEqual([
      "@kubernetes/client-node",
      "esbuild",
      "js-yaml",
      "rfc4648",
      "tsx",
    ]);
  });

  it.each([
    ["a proxy", { "proxy-url": "http://127.0.0.1:1" }, { token: "mine" }, ["HttpsProxyAgent", "Bearer mine"]],
    ["a SOCKS proxy", { "proxy-url": "socks5://127.0.0.1:1" }, { token: "mine" }, ["SocksProxyAgent", "Bearer mine"]],
    [
      "a program that prints a token",
      {},
      {
        "auth-provider": {
          name: "gcp",
          config: {
            "cmd-path": "echo",
            "cmd-args": `'{"its":"other"}'`,
            "token-key": "{.its}",
            "expiry-key": "{.its}",
          },
        },
      },
      ["Agent", "Bearer other"],
    ],
  ])("goes by %s, and loads for it what it needs", (_, cluster, user, expected) => {
    const kubeconfig = {
      clusters: [{ name: "me", cluster: { server: "https://127.0.0.1:1", ...cluster } }],
      users: [{ name: "me", user }],
      contexts: [{ name: "me", context: { cluster: "me", user: "me" } }],
      "current-context": "me",
    };
    const program = `const { KubeConfig } = require("@kubernetes/client-node/dist/config.js"); const config = new KubeConfig();
      config.loadFromString(${JSON.stringify(JSON.stringify(kubeconfig))}); const options = { headers: {} };
      config.applyToHTTPSOptions(options).then(() =>
        console.log(JSON.stringify([options.agent.constructor.name, options.headers.Authorization])));`;
    expect(run(program, "./cli/start.cjs")).toEqual(expected);
  });
});
