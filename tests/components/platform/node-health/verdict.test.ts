import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { faultyXids } from "../../../../catalog/driver-faults";
import { vmSizes } from "../../../../catalog/vm-sizes";
import type { Expected } from "../../../../components/platform/node-health/expected";
import { gateOf } from "../../../../components/platform/node-health/gate";
import { deciding, pairChecks } from "../../../../components/platform/node-health/controller/pair-check";
import { type Verdict, verdict } from "../../../../components/platform/node-health/controller/verdict";
import { pool } from "../facts";
import { justGood, logOf, logParts, type Measured, pairLog } from "./logs";

/** What the nodes of a size must show, in a pool with all that it has. */
function expectedOf(size: string): Expected {
  const row = vmSizes.get(size);
  const rdmaResource = row?.infiniband == null ? null : "rdma/ib";
  return gateOf({ ...pool("x", size), rdmaResource, gpusPerNode: row?.gpu?.count ?? 1 }).expected;
}
const gated = [...vmSizes].flatMap(([size, { gpu }]) => (gpu === null ? [] : [{ size, expected: expectedOf(size) }]));
const h100 = expectedOf("Standard_ND96isr_H100_v5");
const h100Log = (changes: Partial<Measured> = {}): string => logOf({ ...justGood(h100), ...changes }, h100);

/** Checks by name, as they came out. */
const outcomes = (log: string, expected: Expected): Record<string, boolean | null> =>
  Object.fromEntries(verdict(log, expected).checks.map(({ name, ok }) => [name, ok]));

/** What a node shows alone, and what it takes two for. */
type Floor = Exclude<keyof Expected["floors"], "allReducePairGBps">;
const checkOf = {
  hostCopyGBps: "HostCopy",
  peerCopyGBps: "PeerCopy",
  allReduceGBps: "AllReduce",
  infinibandWriteGbps: "InfinibandWrite",
  gemmTflops: "Gemm",
} as const satisfies Record<Floor, string>;
const floors = gated.flatMap(({ size, expected }) =>
  (Object.keys(checkOf) as Floor[]).flatMap((floor) => {
    const limit = expected.floors[floor];
    return limit === null ? [] : [{ size, expected, floor, limit }];
  }),
);

/** What a node shows otherwise than a good one. */
type Break = (expected: Expected) => Partial<Measured>;
const xidLine = (xid: number): string => `[ 7.1] NVRM: Xid (PCI:0001:00:00): ${xid}, pid=7, name=x`;

const rasLine = (what: string): string =>
  `[ 9.4] amdgpu 0002:00:00.0: amdgpu: ${what} hardware errors detected in umc block`;

describe("the verdict on a node", () => {
  it("is a pass for each size that reaches its floors and no more", () => {
    expect(gated.length).toBeGreaterThan(10);
    for (const { size, expected } of gated) {
      const { verdict: is, reasons } = verdict(logOf(justGood(expected), expected), expected);
      expect([size, is, reasons]).toEqual([size, "pass", []]);
    }
  });

  it("looks at a floor of each kind", () => {
    expect(new Set(floors.map(({ floor }) => floor))).toEqual(new Set(Object.keys(checkOf)));
  });

  it.each(floors)("of $size fails by $floor alone, a hundredth below $limit", ({ expected, floor, limit }) => {
    const slow = logOf({ ...justGood(expected), [floor]: limit * 0.99 }, expected);
    const good = outcomes(logOf(justGood(expected), expected), expected);
    expect(verdict(slow, expected).verdict).toBe("fail");
    expect(outcomes(slow, expected)).toEqual({ ...good, [checkOf[floor]]: false });
  });

  it.each(floors)("of $size follows $floor of the catalogue", ({ expected, floor, limit }) => {
    const log = logOf(justGood(expected), expected);
    const withFloor = (value: number): Expected => ({ ...expected, floors: { ...expected.floors, [floor]: value } });
    expect(verdict(log, withFloor(limit * 1.01)).verdict).toBe("fail");
    expect(verdict(log, withFloor(limit * 0.99)).verdict).toBe("pass");
  });

  /** For each check that has no floor what makes it fail, and what is as bad as it may be. */
  const limits = {
    GpuCount: [({ gpus }) => ({ gpus: gpus + 1 }), ({ gpus }) => ({ gpus })],
    EccErrors: [() => ({ eccErrors: 1 }), () => ({ eccErrors: 0 })],
    RowRemaps: [() => ({ remapPending: true }), () => ({ remapPending: false })],
    NvLinks: [() => ({ inactiveLink: true }), () => ({ inactiveLink: false })],
    Throttling: [() => ({ throttled: true }), () => ({ throttled: false })],
    Xid: [
      () => ({ kernel: [xidLine(faultyXids[0] ?? 0)] }),
      () => ({ kernel: [...Array(200).keys()].filter((it) => !faultyXids.includes(it)).map(xidLine) }),
    ],
    RasErrors: [
      () => ({ kernel: [rasLine("1 uncorrectable")] }),
      () => ({ kernel: ["0 uncorrectable", "no uncorrectable", "12 correctable"].map(rasLine) }),
    ],
    Disks: [() => ({ diskStates: { 0: "dead" } }), ({ disks }) => ({ disks: disks + 1 })],
    Adapters: [
      () => ({ portStates: { 0: "2: INIT" } }),
      ({ gbitsPerSecondPerHca }) => ({ rate: `${gbitsPerSecondPerHca} Gb/sec (4X)` }),
    ],
    LinkFlaps: [
      ({ linkFlaps }) => ({ linkDowned: { 0: linkFlaps + 1 } }),
      ({ linkFlaps }) => ({ linkDowned: { 0: linkFlaps } }),
    ],
    Transport: [
      ({ gpuDirect }) => ({ transport: gpuDirect ? "NET/IB/0" : "NET/Socket/0" }),
      ({ gpuDirect }) => ({ transport: gpuDirect ? "NET/IB/0/GDRDMA" : "NET/IB/0" }),
    ],
  } as const satisfies Record<string, readonly [Break, Break]>;
  const limited = gated.flatMap(({ size, expected }) =>
    verdict(logOf(justGood(expected), expected), expected).checks.flatMap(({ name }) => {
      const found = Object.entries(limits).find(([it]) => it === name);
      return found === undefined ? [] : [{ size, expected, name, breaks: found[1][0], bears: found[1][1] }];
    }),
  );

  it("looks at every check, by a floor or by a limit, on some size", () => {
    const all = gated.flatMap(({ expected }) => verdict("", expected).checks.map(({ name }) => name));
    const tried = [...floors.map(({ floor }) => checkOf[floor] as string), ...limited.map(({ name }) => name)];
    expect(new Set(tried)).toEqual(new Set(all));
  });

  it.each(limited)(
    "of $size fails by $name alone, one beyond its limit, and not at it",
    ({ expected, name, ...it }) => {
      const good = outcomes(logOf(justGood(expected), expected), expected);
      expect(outcomes(logOf({ ...justGood(expected), ...it.breaks(expected) }, expected), expected)).toEqual({
        ...good,
        [name]: false,
      });
      expect(outcomes(logOf({ ...justGood(expected), ...it.bears(expected) }, expected), expected)).toEqual(good);
    },
  );

  it.each(faultyXids)("is a failure for error %i of the driver", (xid) => {
    expect(verdict(h100Log({ kernel: [xidLine(xid)] }), h100).verdict).toBe("fail");
  });

  const together = gated.flatMap(({ size, expected }) =>
    (["infinibandWriteGbps", "allReducePairGBps"] as const).flatMap((floor) => {
      const limit = expected.floors[floor];
      return limit === null ? [] : [{ size, expected, floor, limit }];
    }),
  );

  it.each(together)(
    "of $size and another node fails by $floor, a hundredth below $limit, and not at it",
    ({ expected, floor, limit }) => {
      const { infinibandWriteGbps, allReducePairGBps } = expected.floors;
      const ok = (value: number): boolean | null | undefined => {
        const measured = { infinibandWriteGbps, allReducePairGBps, [floor]: value };
        const log = pairLog(1, {
          hcas: expected.hcas,
          gbps: measured.infinibandWriteGbps ?? 0,
          ...(measured.allReducePairGBps !== null && { allReduceGBps: measured.allReducePairGBps }),
        });
        const limits = { gbitsPerSecond: infinibandWriteGbps ?? 0, allReduceGBps: allReducePairGBps };
        const checks = pairChecks([log, log], 1, { ...expected, ...limits });
        return checks && deciding(checks).ok;
      };
      expect([ok(limit), ok(limit * 0.99)]).toEqual([true, false]);
    },
  );

  it("looks at each floor of the catalogue, alone or between two nodes", () => {
    const looked = [...floors, ...together].map(({ floor }) => floor);
    expect(new Set(looked)).toEqual(new Set(gated.flatMap(({ expected }) => Object.keys(expected.floors))));
  });

  it.each<[string, Partial<Measured>, Verdict["verdict"], readonly string[]]>([
    ["good", {}, "pass", []],
    ["slow", { allReduceGBps: 391 }, "fail", ["AllReduce: 391, must be at least 460 GB/s"]],
    [
      "that fell back to TCP",
      { transport: "NET/Socket/0" },
      "fail",
      ["Transport: 16, must be at most 0 ways past GPUDirect RDMA (NCCL fell back to TCP: NET/Socket/0)"],
    ],
    [
      "without one adapter",
      { hcas: 7 },
      "fail",
      [
        "Adapters: 7, must be exactly 8 ports at 400 Gb/s",
        "InfinibandWrite: no evidence, 7 of 8 adapters were measured",
      ],
    ],
    [
      "with one port that flaps",
      { linkDowned: { 2: 6 } },
      "fail",
      ["LinkFlaps: 6, must be at most 4 times down (mlx5_2)"],
    ],
    ["with slow matrix products", { gemmTflops: 700 }, "fail", ["Gemm: 700, must be at least 715 TFLOPS (0)"]],
    ["with a GPU that is throttled", { throttled: true }, "fail", ["Throttling: 1, must be at most 0 samples (GPU 0)"]],
  ])("has one answer for a log that is %s", (_, changes, is, reasons) => {
    const { checks, ...rest } = verdict(h100Log(changes), h100);
    expect(rest).toEqual({ verdict: is, reasons, physicalHost: "YTO21PrdGPU012" });
    expect(checks.filter(({ ok }) => ok !== true)).toHaveLength(reasons.length);
  });

  it("says what was measured, and on which machine", () => {
    const { checks, physicalHost, reasons } = verdict(h100Log({ allReduceGBps: 391.2 }), h100);
    expect(physicalHost).toBe("YTO21PrdGPU012");
    expect(checks.find(({ name }) => name === "AllReduce")).toEqual({
      name: "AllReduce",
      measured: 391.2,
      bound: "at least",
      limit: 460,
      unit: "GB/s",
      ok: false,
      detail: "",
    });
    expect(reasons).toEqual(["AllReduce: 391.2, must be at least 460 GB/s"]);
  });

  const xid = "[ 1201.4] NVRM: Xid (PCI:0001:00:00): 79, pid='<unknown>', name=<unknown>, GPU has fallen off the bus.";
  it.each([
    [
      "TCP instead of InfiniBand",
      { transport: "NET/Socket/0" },
      "Transport: 16, must be at most 0 ways past GPUDirect RDMA (NCCL fell back to TCP: NET/Socket/0)",
    ],
    [
      "InfiniBand through host memory",
      { transport: "NET/IB/0" },
      "Transport: 16, must be at most 0 ways past GPUDirect RDMA (NET/IB/0)",
    ],
    ["an adapter that is missing", { hcas: 7 }, "Adapters: 7, must be exactly 8 ports at 400 Gb/s"],
    [
      "a port that is down",
      { portStates: { 3: "1: DOWN" } },
      "Adapters: 7, must be exactly 8 ports at 400 Gb/s (mlx5_3 is 1: DOWN at 400 Gb/s)",
    ],
    [
      "links that train at half speed",
      { rate: "200 Gb/sec (4X HDR)" },
      /^Adapters: 0, .*mlx5_0 is 4: ACTIVE at 200 Gb\/s/,
    ],
    ["one port that flaps", { linkDowned: { 2: 6 } }, "LinkFlaps: 6, must be at most 4 times down (mlx5_2)"],
    ["a GPU that is missing", { gpus: 7 }, "GpuCount: 7, must be exactly 8 GPUs"],
    ["a GPU too many", { gpus: 9 }, "GpuCount: 9, must be exactly 8 GPUs"],
    ["a disk that is missing", { disks: 7 }, "Disks: 7, must be at least 8 local disks"],
    ["a disk that died", { diskStates: { 2: "dead" } }, "Disks: 7, must be at least 8 local disks (nvme3 is dead)"],
    ["an ECC error", { eccErrors: 2 }, "EccErrors: 2, must be at most 0 uncorrected errors (GPU 1)"],
    [
      "memory that waits to be mapped anew",
      { remapPending: true },
      "RowRemaps: 1, must be at most 0 open or failed (00000002:00:00.0)",
    ],
    ["an error of the driver", { kernel: [xid] }, `Xid: 1, must be at most 0 errors of the driver (${xid})`],
    ["a GPU that is too hot", { throttled: true }, "Throttling: 1, must be at most 0 samples (GPU 0)"],
    [
      "a link between GPUs that is inactive",
      { inactiveLink: true },
      "NvLinks: 1, must be at most 0 inactive links (Link 1: <inactive>)",
    ],
    ["fast and wrong results", { wrongResults: 3 }, "AllReduce: 0, must be at least 460 GB/s (its results are wrong)"],
  ] satisfies [string, Partial<Measured>, string | RegExp][])("is a failure for %s", (_, changes, reason) => {
    const { verdict: is, reasons } = verdict(h100Log(changes), h100);
    expect(reasons[0]).toEqual(typeof reason === "string" ? reason : expect.stringMatching(reason));
    expect(is).toBe("fail");
  });

  it("passes over errors that programs make", () => {
    const kernel = ["[ 90.1] NVRM: Xid (PCI:0001:00:00): 31, pid=4242, name=python, Ch 00000008, MMU Fault"];
    expect(verdict(h100Log({ kernel }), h100).verdict).toBe("pass");
  });

  it.each(["NET/IB/0/GDRDMA", "NET/IB/0(0)/GDRDMA", "NET/IB/3/GDRDMA/Shared", "NET/IBext_v8/0/GDRDMA"])(
    "takes %s for InfiniBand from GPU memory",
    (transport) => {
      expect(verdict(h100Log({ transport }), h100).verdict).toBe("pass");
    },
  );

  it("counts no line of an error as a GPU", () => {
    const parts = logParts(justGood(h100), h100);
    const gpus = parts["gpus"]?.replace(
      /^7, .*$/m,
      "Unable to determine the device handle for GPU7: Unknown Error, retry",
    );
    expect(verdict(Object.values({ ...parts, gpus }).join("\n"), h100).reasons).toEqual([
      "GpuCount: 7, must be exactly 8 GPUs",
    ]);
  });

  it("is a pass with one sample of the clocks for each GPU", () => {
    const parts = logParts(justGood(h100), h100);
    const rows = [0, 1, 2, 3, 4, 5, 6, 7].map((gpu) => `${gpu}, Not Active, Not Active`);
    const clocks = ["== begin clocks", ...rows, "== end clocks 0"].join("\n");
    expect(verdict(Object.values({ ...parts, clocks }).join("\n"), h100).verdict).toBe("pass");
  });

  it("is no pass and no failure without evidence", () => {
    for (const log of ["", "\n\n", "Error: container is not there"]) {
      const { verdict: is, checks } = verdict(log, h100);
      expect([is, checks.every(({ ok, measured }) => ok === null && measured === null)]).toEqual(["no-evidence", true]);
    }
    expect(verdict("", h100).reasons).toContain("GpuCount: no evidence, the log has no part 'gpus'");
  });

  it("is no pass where a tool could not run, and a failure where it broke", () => {
    const parts = logParts(justGood(h100), h100);
    const withCopy = (copy: string): string => Object.values({ ...parts, copy }).join("\n");
    const absent = withCopy("== begin copy\nbash: nvbandwidth: No such file or directory\n== end copy 127");
    expect(verdict(absent, h100)).toMatchObject({
      verdict: "no-evidence",
      reasons: expect.arrayContaining([
        "HostCopy: no evidence, 'copy' could not run: bash: nvbandwidth: No such file or directory",
      ]) as unknown,
    });
    const broken = withCopy(
      "== begin copy\n[CUDA_ERROR_ECC_UNCORRECTABLE] uncorrectable ECC error encountered\n== end copy 1",
    );
    expect(verdict(broken, h100)).toMatchObject({
      verdict: "fail",
      reasons: expect.arrayContaining([
        "PeerCopy: 'copy' ended with 1: [CUDA_ERROR_ECC_UNCORRECTABLE] uncorrectable ECC error encountered",
      ]) as unknown,
    });
  });

  it.each([
    ["a table that was cut", "copy", /^SUM device_to_device.*$/m, "PeerCopy"],
    ["one direction", "copy", "Running device_to_host_memcpy_ce.", "HostCopy"],
    ["too few samples", "clocks", /^[3-7], .*$/gm, "Throttling"],
    ["no way that was taken", "transport", / via .*$/gm, "Transport"],
    ["no bandwidth", "all-reduce", /^# Avg.*$/m, "AllReduce"],
    ["no counter", "infiniband", /\|0$/m, "LinkFlaps"],
  ])("has no evidence in %s", (_, name, from, check) => {
    const parts = logParts(justGood(h100), h100);
    const log = Object.values({ ...parts, [name]: parts[name]?.replace(from, "") }).join("\n");
    const { verdict: is, reasons } = verdict(log, h100);
    expect([is, reasons]).toEqual(["no-evidence", [`${check}: no evidence, '${name}' shows no result`]]);
  });

  it("is neither for a log that was cut, wherever", () => {
    const log = h100Log().trimEnd();
    fc.assert(
      fc.property(fc.nat(log.length - 1), (length) => {
        expect(verdict(log.slice(0, length), h100).verdict).toBe("no-evidence");
      }),
    );
  });

  it("never is a pass for a log whose lines were mixed up or spoilt", () => {
    const lines = h100Log().split("\n");
    const noise = fc.array(fc.oneof(fc.constantFrom(...lines), fc.string()), { maxLength: 60 });
    fc.assert(
      fc.property(noise, (it) => {
        expect(verdict(it.join("\n"), h100).verdict).not.toBe("pass");
      }),
    );
  });

  it.each(Object.keys(logParts(justGood(h100), h100)).filter((it) => it !== "host"))(
    "never is a pass without %s",
    (name) => {
      const parts = Object.entries(logParts(justGood(h100), h100)).filter(([it]) => it !== name);
      expect(verdict(parts.map(([, part]) => part).join("\n"), h100).verdict).not.toBe("pass");
    },
  );
});
