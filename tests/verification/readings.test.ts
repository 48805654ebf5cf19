import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import type { Reading } from "../../verification/check";
import { judgeCheck } from "../../verification/judge-check";
import { root } from "../stack-files";
import { checkOf, part, perftest, sums } from "./checks-of";

/** Verdict, value and words of a check for what its pods wrote. */
function verdictOf(name: string, ...messages: readonly string[]): readonly unknown[] {
  const check = checkOf(name);
  const reading: Reading = check.read(messages.map((it) => ({ main: it })));
  const { verdict, measured, floor, detail } = judgeCheck(check, reading);
  return [verdict, measured, floor, detail];
}

const ways = (...lines: readonly string[]): string =>
  part(
    "transport",
    lines.map((it) => `     64  via ${it}`),
  );
const direct = ways("NET/IB/*/GDRDMA");

describe("an all-reduce between nodes", () => {
  const pair = (first: string, second = direct): readonly unknown[] => verdictOf("all-reduce-h100-pair", first, second);
  const run = (busGBps: number): string => part("all-reduce", [sums(busGBps)]);
  const told = "16 GPUs, 16 GiB, NET/IB/*/GDRDMA";

  it.each<[string, number, string, number]>([
    ["is fast", 483.2, "pass", 400],
    ["is exactly at the floor", 400, "pass", 400],
    ["is slow", 399.9, "warn", 400],
    ["is at the floor for drains", 300, "warn", 400],
    ["is so slow that nodes should be drained", 299.9, "fail", 300],
  ])("that %s", (_, busGBps, verdict, floor) => {
    expect(pair(run(busGBps) + direct)).toEqual([verdict, busGBps, floor, told]);
  });

  it("that is as slow as without the variables of the size says so", () => {
    const hint = "; as slow as nodes without the NCCL variables of their size (157 GB/s)";
    expect(pair(run(160) + direct)).toEqual(["fail", 160, 300, `${told}${hint}`]);
  });

  it.each([
    ["TCP on the first node", run(420) + ways("NET/Socket/*"), direct, "NCCL took NET/Socket/* and not InfiniBand"],
    [
      "TCP on the second node beside InfiniBand",
      run(420) + direct,
      ways("NET/IB/*/GDRDMA", "NET/Socket/*"),
      "NCCL took NET/Socket/* and not InfiniBand",
    ],
    ["host memory", run(420) + direct, ways("NET/IB/*"), "NCCL took NET/IB/*, past GPUDirect RDMA"],
  ])("that went over %s has failed, however fast it was", (_, first, second, because) => {
    expect(pair(first, second)).toEqual(["fail", 420, 300, because]);
  });

  it("takes the plug-in of NVIDIA for InfiniBand", () => {
    const plugin = ways("NET/IBext_v8/*/GDRDMA/Shared");
    expect(pair(run(420) + plugin, plugin)).toEqual([
      "pass",
      420,
      400,
      "16 GPUs, 16 GiB, NET/IBext_v8/*/GDRDMA/Shared",
    ]);
  });

  it("with wrong sums has failed", () => {
    const wrong = part("all-reduce", [sums(480, 16, 3)]);
    expect(pair(wrong + direct)).toEqual(["fail", 480, 300, "3 sums of 16 GPUs are wrong"]);
  });

  it.each([
    ["nothing at all", "", direct, "there is no part 'all-reduce' in what its pod wrote"],
    ["half a line", run(420).slice(0, 30), direct, "what its pod wrote ends within 'all-reduce'"],
    ["no result", part("all-reduce", ["Setting OMP_NUM_THREADS"]), direct, "'all-reduce' shows no result"],
    ["a result of another kind", part("all-reduce", ['{"busGBps": "fast"}']), direct, "'all-reduce' shows no result"],
    [
      "an error",
      part("all-reduce", ["torch.distributed.DistBackendError: NCCL error"], 1),
      direct,
      "'all-reduce' ended with 1: torch.distributed.DistBackendError: NCCL error",
    ],
    ["no word of the way", run(420), direct, "there is no part 'transport' in what its pod wrote"],
    ["no way on the second node", run(420) + direct, part("transport", []), "node 1 does not say which way NCCL took"],
    ["nothing on the second node", run(420) + direct, "", "there is no part 'transport' in what its pod wrote"],
  ])("that wrote %s is no evidence", (_, first, second, because) => {
    expect(pair(first, second)).toEqual(["no-evidence", null, 300, because]);
  });
});

it("an all-reduce within a node needs no network", () => {
  const one = (busGBps: number): readonly unknown[] =>
    verdictOf("all-reduce-h100", part("all-reduce", [sums(busGBps, 8)]));
  expect(one(468)).toEqual(["pass", 468, 460, "8 GPUs, 16 GiB"]);
  expect(one(459.99)).toEqual(["fail", 459.99, 460, "8 GPUs, 16 GiB"]);
});

describe("RDMA writes", () => {
  const write = (rates: readonly string[]): readonly unknown[] =>
    verdictOf("ib-write-h100", rates.map((it, at) => part(`ib-write mlx5_ib${at}`, perftest(it))).join(""), "");
  const seven = Array.from({ length: 7 }, () => "395.16");

  it("are as fast as the slowest adapter", () => {
    expect(write([...seven, "390.50"])).toEqual(["pass", 390.5, 380, "slowest of 8: mlx5_ib7"]);
    expect(write(["379.99", ...seven])).toEqual(["fail", 379.99, 380, "slowest of 8: mlx5_ib0"]);
  });

  it("of too few adapters are no evidence", () => {
    expect(write(seven)).toEqual(["no-evidence", null, 380, "7 of 8 adapters of a node were measured"]);
    expect(verdictOf("ib-write-h100", "", "")).toEqual([
      "no-evidence",
      null,
      380,
      "0 of 8 adapters of a node were measured",
    ]);
  });

  it("that failed on one adapter are no evidence", () => {
    const message = part("ib-write mlx5_ib0", perftest("395.16")) + part("ib-write mlx5_ib1", ["Couldn't connect"], 1);
    expect(verdictOf("ib-write-h100", message, "")).toEqual([
      "no-evidence",
      null,
      380,
      "'ib-write mlx5_ib1' ended with 1: Couldn't connect",
    ]);
  });
});

describe("matrix products", () => {
  const products = (name: string, ...gflops: readonly string[]): readonly unknown[] =>
    verdictOf(name, gflops.map((it, at) => part(`gemm ${at}`, [it])).join(""));
  const seven = Array.from({ length: 7 }, () => "GFlops:7.68000e+05");

  it("are as fast as the slowest GPU", () => {
    expect(products("gemm-h100", ...seven, "GFlops:7.50000e+05")).toEqual(["pass", 750, 742, "slowest of 8: GPU 7"]);
    expect(products("gemm-h100", ...seven, "GFlops:7.41900e+05")).toEqual(["warn", 741.9, 742, "slowest of 8: GPU 7"]);
    expect(products("gemm-h100", "GFlops:7.14900e+05", ...seven)).toEqual(["fail", 714.9, 715, "slowest of 8: GPU 0"]);
  });

  it("of a size without floors are told and judged by nothing", () => {
    expect(products("gemm-a10", "GFlops:1.10000e+05")).toEqual(["measured", 110, null, ""]);
  });

  it.each([
    ["too few GPUs", seven, "7 of 8 GPUs were measured"],
    ["something else than a number", [...seven, "GFlops:nan"], "'gemm 7' shows no result"],
  ])("of %s are no evidence", (_, lines, because) => {
    expect(products("gemm-h100", ...lines)).toEqual(["no-evidence", null, 715, because]);
  });

  it("without the tool are no evidence", () => {
    const message = part("gemm 0", ["ubergemm: No such file or directory"], 127);
    expect(verdictOf("gemm-a10", message)).toEqual([
      "no-evidence",
      null,
      null,
      "'gemm 0' ended with 127: ubergemm: No such file or directory",
    ]);
  });
});

describe("volumes", () => {
  // Reports of fio 3.33 of runs of three seconds on a disk, with the options of the check.
  const recorded = (way: string): string =>
    readFileSync(path.join(root, `tests/verification/fio-${way}.json`), "utf8").replace(/\s/g, "");

  it.each([
    ["fio-read-h100", "read", 0.61, "2 GB in 3 s"],
    ["fio-write-h100", "write", 1.31, "4 GB in 3 s"],
  ])("%s tells what fio reports", (name, way, rate, detail) => {
    expect(verdictOf(name, recorded(way))).toEqual(["measured", rate, null, detail]);
  });

  it("a report fits into the message of a container", () => {
    expect(Math.max(recorded("read").length, recorded("write").length)).toBeLessThan(4096 - 400);
  });

  it("the notes of fio before its report do no harm", () => {
    expect(verdictOf("fio-read-h100", `note: iodepth\n${recorded("read")}`)[0]).toBe("measured");
  });

  it.each([
    ["of the other way", recorded("write"), "fio reports no reads"],
    ["that was cut", recorded("read").slice(0, -9), "what its pod wrote is no whole report of fio"],
    ["that is empty", "", "what its pod wrote is no whole report of fio"],
    ["with an error", recorded("read").replace('"error":0', '"error":28'), "fio met error 28"],
  ])("a report %s is no evidence", (_, message, because) => {
    expect(verdictOf("fio-read-h100", message)).toEqual(["no-evidence", null, null, because]);
  });
});
