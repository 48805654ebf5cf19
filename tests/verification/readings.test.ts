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

it("an all-reduce of AMD's GPUs is told and judged as far as floors are known", () => {
  const run = (busGBps: number, ranks: number): string => part("all-reduce", [sums(busGBps, ranks)]);
  expect(verdictOf("all-reduce-mi300x", run(313.9, 8))).toEqual(["fail", 313.9, 314, "8 GPUs, 16 GiB"]);
  expect(verdictOf("all-reduce-mi300x-pair", run(340, 16) + direct, direct)).toEqual([
    "measured",
    340,
    null,
    "16 GPUs, 16 GiB, NET/IB/*/GDRDMA",
  ]);
  const tcp = ways("NET/Socket/*");
  expect(verdictOf("all-reduce-mi300x-pair", run(340, 16) + tcp, tcp)).toEqual([
    "fail",
    340,
    null,
    "RCCL took NET/Socket/* and not InfiniBand",
  ]);
});

describe("an all-reduce of racks", () => {
  const run = (busGBps: number): string => part("all-reduce", [sums(busGBps, 8)]);
  const nvlink = ways("P2P/MNNVL");

  it.each<[string, string, number, string, readonly unknown[]]>([
    ["within one is fast", "pair", 835, nvlink, ["pass", 835, 800, "8 GPUs, 16 GiB, P2P/MNNVL"]],
    ["within one is slow", "pair", 799, nvlink, ["warn", 799, 800, "8 GPUs, 16 GiB, P2P/MNNVL"]],
    [
      "within one went over InfiniBand",
      "pair",
      835,
      direct,
      ["fail", 835, 600, "NCCL took NET/IB/*/GDRDMA and not NVLink"],
    ],
    [
      "within one went over both",
      "pair",
      835,
      ways("P2P/MNNVL", "NET/IB/*/GDRDMA"),
      ["fail", 835, 600, "NCCL took NET/IB/*/GDRDMA and not NVLink"],
    ],
    ["between two is fast", "racks", 200, direct, ["pass", 200, 180, "8 GPUs, 16 GiB, NET/IB/*/GDRDMA"]],
    ["between two is too slow", "racks", 149, direct, ["fail", 149, 150, "8 GPUs, 16 GiB, NET/IB/*/GDRDMA"]],
    ["between two never left one", "racks", 900, nvlink, ["fail", 900, 150, "NCCL took P2P/MNNVL and not InfiniBand"]],
  ])("that %s", (_, kind, busGBps, transport, expected) => {
    expect(verdictOf(`all-reduce-gb300-${kind}`, run(busGBps) + transport, transport)).toEqual(expected);
  });

  it("without a word of its way on one of its nodes is no evidence", () => {
    expect(verdictOf("all-reduce-gb300-pair", run(835) + nvlink, part("transport", []))).toEqual([
      "no-evidence",
      null,
      600,
      "node 1 does not say which way NCCL took",
    ]);
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
    ["fio-read-h100", "read", 0.614, "2 GB in 3 s"],
    ["fio-write-h100", "write", 1.312, "4 GB in 3 s"],
  ])("%s tells what fio reports", (name, way, rate, detail) => {
    expect(verdictOf(name, recorded(way))).toEqual(["measured", rate, null, detail]);
  });

  it.each<[string, string, string, unknown]>([
    ["of teams are judged by what one node should see of what was bought", "lustre", "613840298", ["warn", 0.614, 3.2]],
    ["of teams pass where they give it", "lustre", "3200000000", ["pass", 3.2, 3.2]],
    ["of Premium SSD are judged by what Azure sells", "managed-csi-premium", "49000000", ["warn", 0.049, 0.05]],
    ["of Premium SSD pass at it", "managed-csi-premium", "50000000", ["pass", 0.05, 0.05]],
    ["of Standard SSD are told", "managed-csi", "49000000", ["measured", 0.049, null]],
    ["of Blob are told", "blob", "613840298", ["measured", 0.614, null]],
  ])("%s", (_, volume, bytesPerSecond, verdict) => {
    const message = recorded("read").replace("613840298", bytesPerSecond);
    expect(verdictOf(`fio-read-${volume}`, message)).toEqual([...(verdict as unknown[]), "2 GB in 3 s"]);
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

describe("a model that serves", () => {
  const report = {
    completed: 512,
    failed: 0,
    request_throughput: 31.4159,
    output_throughput: 8042.47,
    p50_ttft_ms: 84.204,
    p99_ttft_ms: 310.5,
    p50_itl_ms: 7.051,
    p99_itl_ms: 21.9,
  };
  const started = part("server", []) + part("benchmark", []);
  const serve = (...messages: readonly string[]): readonly unknown[] => verdictOf("serve-h100", messages.join(""));
  const result = (change: object): string => part("result", [JSON.stringify({ ...report, ...change })]);

  it("tells how fast it writes and how long people wait", () => {
    expect(serve(started, result({}))).toEqual([
      "measured",
      8042,
      null,
      "31.42 requests/s of 1024 and 256 tokens, 64 at once; first token after 84.2 and 310.5 ms, the next after 7.05 and 21.9 ms (median and 99 %)",
    ]);
  });

  it("has failed when requests did, however fast the others were", () => {
    const failed = { completed: 509, failed: 3 };
    expect(serve(started, result(failed))).toEqual(["fail", 8042, null, "3 of 512 requests failed"]);
    expect(serve(started, result({ completed: 500 }))).toEqual(["fail", 8042, null, "12 of 512 requests failed"]);
  });

  it.each([
    ["nothing", "", "there is no part 'server' in what its pod wrote"],
    ["half a start", "== begin server\n", "what its pod wrote ends within 'server'"],
    [
      "that its server does not start",
      part("server", ["INFO the end", "ValueError: No available memory for the cache blocks"], 1),
      "the model server did not start, exit code 1: ValueError: No available memory for the cache blocks",
    ],
    [
      "that its server ran out of memory",
      part(
        "server",
        ["RuntimeError: failed", "torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 2 GiB"],
        1,
      ),
      "the model server ran out of memory: torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 2 GiB",
    ],
    [
      "that its server does not answer",
      part("server", ["INFO compiling"], 124),
      "the model server did not answer within 20 minutes: INFO compiling",
    ],
    ["no word of the benchmark", part("server", []), "there is no part 'benchmark' in what its pod wrote"],
    [
      "that the benchmark failed",
      part("server", []) + part("benchmark", ["ValueError: Initial test run failed"], 1),
      "'benchmark' ended with 1: ValueError: Initial test run failed",
    ],
    ["no result", started, "there is no part 'result' in what its pod wrote"],
    [
      "no file of a result",
      started + part("result", ["FileNotFoundError: /tmp/bench.json"], 1),
      "'result' ended with 1: FileNotFoundError: /tmp/bench.json",
    ],
    ["a result without a number", started + result({ p99_itl_ms: null }), "the benchmark of vLLM left no whole result"],
    ["a result of no request", started + result({ completed: 0, failed: 512 }), "not one request came to its end"],
  ])("that wrote %s is no evidence", (_, message, because) => {
    expect(serve(message)).toEqual(["no-evidence", null, null, because]);
  });
});
