import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { planStack, type VerifyCommand, verifyStack } from "../../../cli/verify-stack";
import { record } from "../../../core/property-tree";
import { type Props, toProps } from "../../../core/property-value";
import { findSchedulers, howToGetSchedulers } from "../../../simulator/engine/schedulers";
import { ClusterError } from "../../../verification/cluster-choice";
import { ClusterClient } from "../../../verification/cluster-client";
import type { CheckResult } from "../../../verification/judge-check";
import { objectsOf, placeOf } from "../../../verification/place";
import { runChecks } from "../../../verification/run-checks";
import { runHere } from "../../cli/run-here";
import { plainStacks, root, shippedStackNames, shippedStacks, today } from "../../stack-files";
import { part, perftest, sums } from "../../verification/checks-of";
import { describeWithEngine } from "../engine/with-engine";
import { type Ending, type JobCluster, startJobCluster } from "./job-cluster";

const direct = part("transport", ["     64  via NET/IB/*/GDRDMA"]);
const eight = [0, 1, 2, 3, 4, 5, 6, 7];

/** What the pods of each check of dev write on nodes where all is well. */
const well: Readonly<Record<string, string>> = {
  "all-reduce-h100": part("all-reduce", [sums(468, 8)]) + direct,
  "all-reduce-h100-pair": part("all-reduce", [sums(483)]) + direct,
  "ib-write-h100": eight.map((it) => part(`ib-write mlx5_ib${it}`, perftest("395.16"))).join(""),
  "gemm-h100": eight.map((it) => part(`gemm ${it}`, ["GFlops:7.68000e+05"])).join(""),
  "gemm-a10": part("gemm 0", ["GFlops:1.10000e+05"]),
};
const allWell: Ending = ({ check }) => [0, well[check] ?? ""];

const schedulers = findSchedulers();
if (schedulers === undefined)
  process.stderr.write(
    `Skipped: npm run verify against an API server. It needs the job controller. ${howToGetSchedulers}\n`,
  );

describeWithEngine("npm run verify, on a real API server", (engine) => {
  describe.skipIf(schedulers === undefined)("with the job controller", () => {
    let folder: string;
    let world: JobCluster;
    let kubeconfig: string;
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), "verification-test-"));
      world = await startJobCluster(engine, schedulers?.kubeControllerManager ?? "", folder);
      kubeconfig = await world.kubeconfig("aks-gpu-dev-eastus");
    });
    afterAll(async () => {
      await world.stop();
      await rm(folder, { recursive: true, force: true });
    });

    const start = (...args: readonly string[]): ChildProcess =>
      spawn(process.execPath, ["--require", "./cli/start.cjs", "cli/verify.ts", "dev", ...args], {
        cwd: root,
        stdio: ["ignore", "pipe", "pipe"],
      });
    const ended = async (child: ChildProcess): Promise<{ code: unknown; out: string; err: string }> => {
      let [out, err] = ["", ""];
      child.stdout?.setEncoding("utf8").on("data", (it: string) => (out += it));
      child.stderr?.setEncoding("utf8").on("data", (it: string) => (err += it));
      const [code] = (await once(child, "close")) as unknown[];
      return { code, out, err };
    };
    /** Verifies dev in this process. */
    const verify = (only: string | undefined, more: Partial<VerifyCommand> = {}): ReturnType<typeof runHere> => {
      const usual = {
        environment: "dev",
        context: undefined,
        waitMinutes: 60,
        compare: null,
        dryRun: false,
        json: false,
      };
      return runHere(() =>
        verifyStack(plainStacks.dev, { ...usual, only: only === undefined ? [] : [only], kubeconfig, ...more }),
      );
    };
    /** What a run is told that nothing is made for. */
    const refusal = async (more: Partial<VerifyCommand>): Promise<string> => {
      const { error, out, err } = await verify(undefined, more);
      expect({ error, out, err }).toEqual({ error: expect.any(ClusterError) as unknown, out: "", err: "" });
      return (error as ClusterError).message;
    };
    /** Deletes a namespace, and waits until it is gone: nothing can be made in one that ends. */
    const remove = async (namespace: Props): Promise<void> => {
      await world.cluster.startDelete(namespace);
      while ((await world.cluster.read(namespace)) !== undefined) await sleep(100);
    };
    /** Whatever a run made is gone, or going: the controller of namespaces takes what is in one after the other. */
    const expectNothingLeft = async (): Promise<void> => {
      const going = (it: Props): boolean => record(it, "metadata")["deletionTimestamp"] !== undefined;
      const namespaces = await world.ofRuns("v1", "Namespace");
      expect(namespaces.filter((it) => !going(it))).toEqual([]);
      const closing = namespaces.map((it) => record(it, "metadata")["name"]);
      for (const [apiVersion, kind] of [
        ["batch/v1", "Job"],
        ["v1", "Service"],
        ["v1", "ConfigMap"],
      ] as const) {
        const left = (await world.ofRuns(apiVersion, kind)).filter(
          (it) => !going(it) && !closing.includes(record(it, "metadata")["namespace"]),
        );
        expect(left).toEqual([]);
      }
    };

    test("tells a healthy cluster, row by row, and leaves nothing", async () => {
      world.ending = allWell;
      const only = Object.keys(well).flatMap((it) => ["--only", it]);
      const { code, out, err } = await ended(start("--kubeconfig", kubeconfig, "--json", ...only));
      expect(err).toBe("");
      const { results, left, skipped } = JSON.parse(out) as Record<string, object[]>;
      expect([left, skipped]).toEqual([[], []]);
      expect(results?.map((it) => ({ ...it, title: "" }))).toEqual(
        [
          ["gemm-a10", "measured", 110, "TFLOPS", null, ""],
          ["all-reduce-h100", "pass", 468, "GB/s", 460, "8 GPUs, 16 GiB"],
          ["all-reduce-h100-pair", "pass", 483, "GB/s", 400, "16 GPUs, 16 GiB, NET/IB/*/GDRDMA"],
          ["ib-write-h100", "pass", 395.16, "Gb/s", 380, "slowest of 8: mlx5_ib0"],
          ["gemm-h100", "pass", 768, "TFLOPS", 742, "slowest of 8: GPU 0"],
        ].map(([name, verdict, measured, unit, floor, detail]) => ({
          name,
          title: "",
          verdict,
          measured,
          unit,
          floor,
          detail,
        })),
      );
      expect(code).toBe(0);
      await expectNothingLeft();
    });

    test.each<[string, Ending, number, RegExp | string]>([
      [
        "slow nodes",
        ({ check }) => [0, check === "all-reduce-h100-pair" ? part("all-reduce", [sums(310)]) + direct : ""],
        1,
        "all-reduce-h100-pair  slow     310 GB/s  400 GB/s  16 GPUs, 16 GiB, NET/IB/*/GDRDMA",
      ],
      [
        "nodes that talk over TCP",
        () => [0, part("all-reduce", [sums(420)]) + part("transport", ["  64  via NET/Socket/*"])],
        1,
        "all-reduce-h100-pair  fail     420 GB/s  300 GB/s  NCCL took NET/Socket/* and not InfiniBand",
      ],
      [
        "nodes that say nothing",
        () => [0, ""],
        3,
        "all-reduce-h100-pair  unknown  -         300 GB/s  there is no part 'all-reduce' in what its pod wrote",
      ],
      [
        "a pod that fails with a good result in its message",
        () => [137, part("all-reduce", [sums(483)]) + direct],
        3,
        // The other pod may have had its say by then, or not.
        /^all-reduce-h100-pair {2}unknown {2}- {9}300 GB\/s {2}a pod failed: Error, exit code 137/,
      ],
    ])("tells %s by its exit code", async (_, ending, code, row) => {
      world.ending = ending;
      const said = await verify("all-reduce-h100-pair");
      expect(said.out.split("\n").find((it) => it.startsWith("all-reduce"))).toMatch(row);
      expect(said.code).toBe(code);
      await expectNothingLeft();
    });

    test("gives up after the time that a check may wait, and says what it waits for", async () => {
      world.ending = () => undefined;
      const { checks } = await planStack(plainStacks.dev, today);
      const client = ClusterClient.open({ kubeconfig, context: undefined, expected: "aks-gpu-dev-eastus" });
      const results: CheckResult[] = [];
      const { left } = await runChecks(
        client,
        placeOf("verify-late", false),
        checks.filter((it) => it.name === "gemm-a10").map((it) => ({ ...it, minutes: 0 })),
        {
          waitMinutes: 0.05,
          signal: new AbortController().signal,
          onProgress: () => undefined,
          onResult: (it) => void results.push(it),
        },
      );
      expect(left).toEqual([]);
      expect(results.map(({ verdict, detail }) => [verdict, detail])).toEqual([
        ["no-evidence", "not done within 0.05 minutes: waits for a node"],
      ]);
      await expectNothingLeft();
    });

    test("refuses another cluster than the environment's, unless its context is named", async () => {
      world.ending = allWell;
      const other = await world.kubeconfig("aks-gpu-prod-eastus2");
      expect(await refusal({ kubeconfig: other, only: ["gemm-a10"] })).toBe(
        "The current context leads to the cluster aks-gpu-prod-eastus2, and the environment has aks-gpu-dev-eastus: " +
          "name the context with --context if it is the right one",
      );
      await expectNothingLeft();
      const named = await verify("gemm-a10", { kubeconfig: other, context: "admin" });
      expect(named.code).toBe(0);
      const nobody = await ended(start("--kubeconfig", other, "--context", "me"));
      expect(nobody).toEqual({ code: 2, out: "", err: `There is no context me in ${other}. Contexts: admin\n` });
    });

    test("deletes what it made on Ctrl-C, and ends with 130", async () => {
      let asked = (): void => undefined;
      const running = new Promise<void>((resolve) => (asked = resolve));
      world.ending = () => {
        asked();
        return undefined;
      };
      const child = start("--kubeconfig", kubeconfig, "--only", "gemm-a10");
      const end = ended(child);
      await running;
      child.kill("SIGINT");
      const { code, out } = await end;
      expect(code).toBe(130);
      expect(out).toContain("dev verified");
      await expectNothingLeft();
    });

    test("runs in the namespace for tests where the cluster has it, in its queue, and leaves that there", async () => {
      const namespace = { apiVersion: "v1", kind: "Namespace", metadata: { name: "acceptance" } };
      await world.cluster.apply(namespace, { manager: "test" });
      const seen: unknown[] = [];
      world.ending = ({ check }) => {
        seen.push(check);
        return allWell({ check, index: "0" });
      };
      const { code, err } = await verify("gemm-a10");
      expect(code).toBe(0);
      expect(err).toContain("1 check in namespace acceptance");
      expect(seen).not.toEqual([]);
      expect(await world.cluster.read(namespace)).toBeDefined();
      await expectNothingLeft();
      await remove(namespace);
    });

    test("measures a disk that it claims and gives back", async () => {
      const fio = await readFile(join(root, "tests/verification/fio-read.json"), "utf8");
      world.ending = () => [0, fio.replace(/\s/g, "")];
      const { code, out } = await verify("fio-read-managed-csi-premium");
      expect(out).toContain("fio-read-managed-csi-premium  pass     0.614 GB/s  0.05 GB/s  2 GB in 3 s\n");
      expect(code).toBe(0);
      await expectNothingLeft();
    });

    test("measures a volume of a team in its namespace, which it neither makes nor deletes", async () => {
      const fio = await readFile(join(root, "tests/verification/fio-read.json"), "utf8");
      world.ending = () => [0, fio.replace(/\s/g, "")];
      const nowhere = await verify("fio-read-blob");
      expect(nowhere.out).toContain(
        'fio-read-blob  unknown  -         -      the cluster refuses it: namespaces "train-vision" not found',
      );
      expect(nowhere.code).toBe(3);
      const namespace = { apiVersion: "v1", kind: "Namespace", metadata: { name: "train-vision" } };
      await world.cluster.apply(namespace, { manager: "test" });
      // Pods have the account of the team, which its namespace brings.
      const account = {
        apiVersion: "v1",
        kind: "ServiceAccount",
        metadata: { name: "workload", namespace: "train-vision" },
      };
      await world.cluster.apply(account, { manager: "test" });
      const { code, out } = await verify("fio-read-blob");
      expect(out).toContain("fio-read-blob  no floor  0.614 GB/s  -      2 GB in 3 s\n");
      expect(code).toBe(0);
      expect(await world.cluster.read(namespace)).toBeDefined();
      await expectNothingLeft();
      await remove(namespace);
    });

    test("compares with an earlier run, and a value that fell too far ends with 1", async () => {
      const tflops =
        (value: string): Ending =>
        () => [0, part("gemm 0", [`GFlops:${value}e+05`])];
      world.ending = tflops("1.10000");
      const before = join(folder, "before.json");
      await writeFile(before, (await verify("gemm-a10", { json: true })).out);
      world.ending = tflops("0.99000");
      const compare = ["--kubeconfig", kubeconfig, "--only", "gemm-a10", "--compare", before];
      const worse = await ended(start(...compare));
      expect(worse.out).toContain("gemm-a10  no floor  99 TFLOPS  -      110 TFLOPS, -10 %: worse by more than 5 %\n");
      expect(worse.out).toMatch(/\nBefore: verify-[a-z0-9]{6} of dev\n/);
      expect(worse.code).toBe(1);
      const { out, code } = await ended(start(...compare, "--tolerance", "10", "--json"));
      expect(JSON.parse(out)).toMatchObject({
        compared: {
          environment: "dev",
          tolerancePercent: 10,
          changes: [{ name: "gemm-a10", before: 110, percent: -10, worse: false }],
        },
      });
      expect(code).toBe(0);
    });

    // That of pipelines has no cluster.
    test.each(shippedStackNames.filter((it) => it !== "bootstrap"))(
      "the server knows every field of what %s is measured by",
      async (stack) => {
        const { checks } = await planStack(shippedStacks[stack], today);
        for (const [at, own] of [true, false].entries()) {
          const place = { ...placeOf(`strict-${at}-${stack}`, !own), namespace: `strict-${at}-${stack}` };
          const objects = objectsOf(place, checks);
          const namespaces = objects.flatMap((it) => it.metadata.namespace ?? []);
          const made = [...new Set([place.namespace, ...namespaces])].map((name) => ({
            apiVersion: "v1",
            kind: "Namespace",
            metadata: { name },
          }));
          // The run makes its own, and teams have theirs.
          for (const it of made.filter(({ metadata }) => !own || metadata.name !== place.namespace))
            await world.cluster.apply(it, { manager: "test" });
          for (const it of objects) {
            await world.cluster.apply(toProps(it), { manager: "test" });
          }
          await world.cluster.startDelete(made[0] ?? {});
        }
      },
    );

    test.each([
      ["a wrong token", { token: "of-nobody" }, /^The cluster at \S+ cannot be reached: Unauthorized$/],
      [
        "no rights",
        { as: "nobody@example.com" },
        /^The namespaces of the cluster cannot be read: namespaces "acceptance" is forbidden: User "nobody@example.com" cannot get .*$/,
      ],
    ])("somebody with %s is told so, in one line", async (_, change, said) => {
      const nobody = kubeconfig.replace(".kubeconfig", ".nobody");
      const config = parse(await readFile(kubeconfig, "utf8")) as { users: { user: object }[] };
      for (const it of config.users) Object.assign(it.user, change);
      await writeFile(nobody, stringify(config));
      expect(await refusal({ kubeconfig: nobody })).toMatch(said);
    });

    test("a cluster that is not there is told in one line", async () => {
      const file = await world.kubeconfig("aks-gpu-dev-eastus");
      const nowhere = file.replace(".kubeconfig", ".nowhere");
      await writeFile(nowhere, (await readFile(file, "utf8")).replace(/127\.0\.0\.1:\d+/, "127.0.0.1:1"));
      expect(await refusal({ kubeconfig: nowhere })).toMatch(
        /^The cluster at https:\/\/127\.0\.0\.1:1 cannot be reached: .*$/,
      );
    });
  });
});
