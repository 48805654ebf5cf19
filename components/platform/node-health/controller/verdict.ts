import type { Expected } from "../expected";
import { productsPart } from "../products-script";
import { atLeast, type Check, judge, reasonOf, type Sections, slowest, slowestWrite } from "./check";
import { logSections } from "./log-sections";
import { allReduceSpeed, transport } from "./nccl-checks";
import { copyBandwidths, csvRows, gpuRows, kfdGpus, listedGpus, ports, productTflops } from "./tool-output";

/** What the checks of a node come to. */
export interface Verdict {
  readonly verdict: "pass" | "fail" | "no-evidence";
  readonly checks: readonly Check[];
  /** Why it is not `pass`, one sentence for each check. */
  readonly reasons: readonly string[];
  /** Machine that the VM runs on, which is what Azure's support asks for. Null where the node does not know. */
  readonly physicalHost: string | null;
}

/**
 * Reads the log of a node's checks. Bad is what a tool has shown; what no tool has shown counts neither for the node nor against it,
 * and then the node has not passed.
 */
export function verdict(log: string, expected: Expected): Verdict {
  const sections = logSections(log);
  const checks = [
    ...deviceChecks(sections, expected),
    ...fabricChecks(sections, expected),
    ...speedChecks(sections, expected),
  ];
  const bad = checks.filter(({ ok }) => ok === false);
  const open = checks.filter(({ ok }) => ok === null);
  return {
    verdict: bad.length > 0 ? "fail" : open.length > 0 ? "no-evidence" : "pass",
    checks,
    reasons: [...bad, ...open].map(reasonOf),
    physicalHost: physicalHost(sections.get("host")?.lines ?? []),
  };
}

/** What is known of every size. */
function deviceChecks(sections: Sections, expected: Expected): Check[] {
  const { disks, driverFaults, reader } = expected;
  const fault = new RegExp(driverFaults.fault);
  return [
    ...(reader === "nvidia-smi" ? wholeGpus(sections, expected) : [gpuCount(sections, expected)]),
    judge(
      sections,
      "kernel-log",
      { name: driverFaults.name, bound: "at most", limit: 0, unit: "errors of the driver" },
      (lines) => {
        const faults = lines.filter((line) => fault.test(line));
        return { measured: faults.length, detail: faults.at(-1)?.trim() };
      },
    ),
    ...(disks === 0 ? [] : [localDisks(sections, disks)]),
  ];
}

/** How many GPUs, or parts of them, a node has. */
function gpuCount(sections: Sections, { gpus, reader }: Expected): Check {
  const unit = reader === "nvidia-smi-list" ? "GPUs or parts of them" : "GPUs";
  return judge(sections, "gpus", { name: "GpuCount", bound: "exactly", limit: gpus, unit }, (lines) => ({
    measured: counts[reader](lines),
  }));
}

const counts: Readonly<Record<Expected["reader"], (lines: readonly string[]) => number>> = {
  "nvidia-smi": (lines) => gpuRows(lines).length,
  "nvidia-smi-list": listedGpus,
  kfd: kfdGpus,
};

/** What the driver says of each GPU that a node has to itself. */
function wholeGpus(sections: Sections, expected: Expected): Check[] {
  const { gpus } = expected;
  return [
    gpuCount(sections, expected),
    judge(sections, "gpus", { name: "EccErrors", bound: "at most", limit: 0, unit: "uncorrected errors" }, (lines) => {
      const rows = gpuRows(lines);
      const each = rows.map((row) => Math.max(0, ...row.slice(2).map(Number).filter(Number.isFinite)));
      return {
        measured: rows.length === 0 ? undefined : sum(each),
        detail: which(rows, (_, at) => (each[at] ?? 0) > 0),
      };
    }),
    judge(
      sections,
      "remapped-rows",
      { name: "RowRemaps", bound: "at most", limit: 0, unit: "open or failed" },
      (lines) => {
        const bad = csvRows(lines).filter((row) => row.slice(1).some((it) => it === "Yes" || Number(it) > 0));
        return { measured: bad.length, detail: bad.map(([gpu]) => gpu).join(", ") };
      },
    ),
    judge(sections, "nvlink", { name: "NvLinks", bound: "at most", limit: 0, unit: "inactive links" }, (lines) => {
      const inactive = lines.filter((line) => /inactive/i.test(line));
      return { measured: inactive.length, detail: inactive[0]?.trim() };
    }),
    judge(sections, "clocks", { name: "Throttling", bound: "at most", limit: 0, unit: "samples" }, (lines) => {
      const rows = gpuRows(lines);
      const slow = (row: readonly string[]): boolean => row.slice(1).includes("Active");
      return { measured: rows.length < gpus ? undefined : rows.filter(slow).length, detail: which(rows, slow) };
    }),
  ];
}

/**
 * Local disks that work. The kernel takes a disk that does not answer out of `live`.
 * Source of the model's name: Azure/azhpc-images:components/customizations/setup_nvme.sh (2026-07-29)
 */
function localDisks(sections: Sections, count: number): Check {
  return judge(sections, "disks", atLeast("Disks", count, "local disks"), (lines) => {
    const disks = lines.map((line) => line.split("|").map((it) => it.trim()));
    const local = disks.filter(([, model = ""]) => model.startsWith("Microsoft NVMe Direct Disk"));
    const dead = local.filter(([, , state]) => state !== "live").map(([disk, , state]) => `${disk} is ${state}`);
    return { measured: local.length - dead.length, detail: dead.join(", ") };
  });
}

/** InfiniBand adapters, and whether traffic takes them. */
function fabricChecks(
  sections: Sections,
  { hcas, gbitsPerSecondPerHca, gpuDirect, linkFlaps, gpus }: Expected,
): Check[] {
  if (hcas === 0) return [];
  const up = ({ state, gbitsPerSecond }: ReturnType<typeof ports>[number]): boolean =>
    state.endsWith("ACTIVE") && gbitsPerSecond >= gbitsPerSecondPerHca;
  const adapters = judge(
    sections,
    "infiniband",
    { name: "Adapters", bound: "exactly", limit: hcas, unit: `ports at ${gbitsPerSecondPerHca} Gb/s` },
    (lines) => {
      const all = ports(lines);
      const down = all.filter((it) => !up(it)).map((it) => `${it.device} is ${it.state} at ${it.gbitsPerSecond} Gb/s`);
      return { measured: all.filter(up).length, detail: down.join(", ") };
    },
  );
  const flaps = judge(
    sections,
    "infiniband",
    { name: "LinkFlaps", bound: "at most", limit: linkFlaps, unit: "times down" },
    (lines) => {
      const all = ports(lines);
      const most = Math.max(...all.map((it) => it.linkDowned ?? Number.NaN));
      const worst = all.filter((it) => it.linkDowned === most).map(({ device }) => device);
      return { measured: Number.isFinite(most) ? most : undefined, detail: worst.join(", ") };
    },
  );
  // A node with one GPU has nobody to talk to but itself.
  return gpus > 1 && gpuDirect !== null
    ? [adapters, flaps, transport(sections, "transport", "Transport", gpuDirect)]
    : [adapters, flaps];
}

/** Speeds, where the size has floors for them. */
function speedChecks(sections: Sections, { floors, hcas, gpus }: Expected): Check[] {
  const least = (values: readonly number[]): number | undefined =>
    values.length === 0 ? undefined : Math.min(...values);
  const checks: Check[] = [];
  if (floors.hostCopyGBps !== null) {
    checks.push(
      judge(sections, "copy", atLeast("HostCopy", floors.hostCopyGBps, "GB/s"), (lines) => {
        const ways = ["host_to_device_memcpy_ce", "device_to_host_memcpy_ce"].map((test) =>
          copyBandwidths(lines, test),
        );
        return { measured: ways.some((it) => it.length === 0) ? undefined : least(ways.flat()) };
      }),
    );
  }
  if (floors.peerCopyGBps !== null) {
    checks.push(
      judge(sections, "copy", atLeast("PeerCopy", floors.peerCopyGBps, "GB/s"), (lines) => ({
        measured: least(copyBandwidths(lines, "device_to_device_memcpy_read_ce")),
      })),
    );
  }
  if (floors.allReduceGBps !== null) {
    checks.push(allReduceSpeed(sections, "all-reduce", atLeast("AllReduce", floors.allReduceGBps, "GB/s")));
  }
  if (floors.infinibandWriteGbps !== null) {
    const rule = atLeast("InfinibandWrite", floors.infinibandWriteGbps, "Gb/s");
    checks.push(slowestWrite(sections, "ib-write ", rule, hcas));
  }
  if (floors.gemmTflops !== null) {
    const gpu = { beginning: productsPart, count: gpus, what: "GPUs", measure: productTflops };
    checks.push(slowest(sections, gpu, atLeast("Gemm", floors.gemmTflops, "TFLOPS")));
  }
  return checks;
}

/** Numbers of the GPUs whose rows are such. */
function which(rows: readonly (readonly string[])[], such: (row: readonly string[], at: number) => boolean): string {
  const gpus = new Set(rows.filter(such).map(([gpu]) => gpu));
  return gpus.size === 0 ? "" : `GPU ${[...gpus].join(", ")}`;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, it) => total + it, 0);
}

/** What Hyper-V tells its guests: keys and values, one after the other. Source: linux:tools/hv/hv_kvp_daemon.c (pool 3) */
function physicalHost(lines: readonly string[]): string | null {
  const texts = lines.map((it) => it.trim());
  const at = ["PhysicalHostName", "PhysicalHostNameFullyQualified"]
    .map((key) => texts.indexOf(key))
    .find((it) => it >= 0);
  return at === undefined ? null : (texts[at + 1] ?? null);
}
