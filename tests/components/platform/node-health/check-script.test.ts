import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { checkScript, hyperVFolder } from "../../../../components/platform/node-health/check-script";
import { productsScript } from "../../../../components/platform/node-health/products-script";
import { gateOf, type GatedPool } from "../../../../components/platform/node-health/gate";
import { verdict } from "../../../../components/platform/node-health/controller/verdict";
import { vmSizes } from "../../../../catalog/vm-sizes";
import { pool } from "../facts";
import { justGood, logParts, type Measured } from "./logs";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "node-health-test-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function gatedPool(size: string, rdmaResource: string | null, migProfile?: string): GatedPool {
  const gpusPerNode = migProfile === undefined ? (vmSizes.get(size)?.gpu?.count ?? 1) : 7;
  return gateOf({ ...pool("x", size), rdmaResource, migProfile: migProfile ?? null, gpusPerNode });
}
const h100 = gatedPool("Standard_ND96isr_H100_v5", "rdma/ib");

function file(path: string, content: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
}

function program(path: string, lines: readonly string[]): void {
  file(path, ["#!/bin/bash", ...lines, ""].join("\n"));
  chmodSync(join(folder, path), 0o755);
}

/** What a tool writes, without the lines around it. */
const said = (part: string | undefined): string => (part ?? "").split("\n").slice(1, -1).join("\n");

/** A node in a folder, whose tools say what was measured. They write down how they were called. */
function node({ expected }: GatedPool, changes: Partial<Measured> = {}): void {
  const measured = { ...justGood(expected), ...changes };
  const parts = logParts(measured, expected);
  for (const [name, part] of Object.entries(parts)) file(`said/${name}`, said(part));
  const says = (name: string): string => `cat '${folder}/said/'${name}`;
  const noted = `echo "\${0##*/} $*" >> '${folder}/calls'`;
  program("bin/nvidia-smi", [
    noted,
    'case "$*" in',
    `*--loop=5*) ${says("clocks")}; exec /bin/sleep 60 ;;`,
    `*--query-gpu=*|-L) ${says("gpus")} ;;`,
    `*--query-remapped-rows=*) ${says("remapped-rows")} ;;`,
    `"nvlink --status") ${says("nvlink")} ;;`,
    "esac",
  ]);
  program("bin/sleep", ["exec /bin/sleep 0.02"]);
  program("bin/dmesg", [noted, `echo '[ 0.0] Linux version 6.8.0-azure'; ${says("kernel-log")}`]);
  program("bin/mpirun", [
    noted,
    `case "$*" in *NCCL_DEBUG=INFO*) ${says("transport")} ;; *) ${says("all-reduce")} ;; esac`,
  ]);
  program("azure-nhc/bin/nvbandwidth", [noted, says("copy")]);
  program(`dcgm/cuda13/updated/ubergemm`, [noted, "echo Warming up", says('"gemm $CUDA_VISIBLE_DEVICES"')]);
  for (const name of ["ib_write_bw", "ib_write_bw_nongdr"]) {
    program(`azure-nhc/bin/${name}`, [
      "adapter=$2 port=$4",
      // The one who listens is there before the one who connects, and until that one came.
      `if [ "\${*: -1}" != localhost ]; then`,
      `  touch "${folder}/listens-$port"; until [ -e "${folder}/came-$port" ]; do /bin/sleep 0.01; done; exit`,
      "fi",
      `[ -e "${folder}/listens-$port" ] || exit 1; touch "${folder}/came-$port"`,
      noted,
      says('"ib-write ${adapter#mlx5_}"'),
    ]);
  }
  for (let at = 0; at < measured.disks; at++) {
    file(`nvme/nvme${at}/model`, "Microsoft NVMe Direct Disk v2            \n");
    file(`nvme/nvme${at}/state`, "live\n");
  }
  for (let at = 0; at < measured.hcas; at++) {
    const port = `sys/mlx5_${at}/ports/1`;
    file(`${port}/link_layer`, "InfiniBand\n");
    file(`${port}/state`, `${measured.portStates[at] ?? "4: ACTIVE"}\n`);
    file(`${port}/rate`, `${measured.rate}\n`);
    file(`${port}/counters/link_downed`, `${measured.linkDowned[at] ?? 0}\n`);
  }
  if (expected.reader === "kfd") {
    for (const line of said(parts["gpus"]).trim().split("\n")) {
      const [at = "", id = ""] = line.split("|");
      file(`kfd/${at}/gpu_id`, `${id}\n`);
    }
  }
  file("sys/mlx5_an0/ports/1/link_layer", "Ethernet\n");
  file(
    "hyperv/.kvp_pool_3",
    ["HostName", "zurich", "PhysicalHostName", "YTO21PrdGPU012"].map((it) => it.padEnd(64, "\0")).join(""),
  );
}

/** The log of the checks on the node in the folder, with that of the matrix products where its pool has them. */
function run(checked: GatedPool): string {
  const products = checked.expected.floors.gemmTflops === null ? "" : runScript(productsScript(checked.expected.gpus));
  return `${products}${runScript(checkScript(checked))}`;
}

function runScript(program: string): string {
  const script = program
    .replaceAll("/usr/libexec/datacenter-gpu-manager-4/plugins", join(folder, "dcgm"))
    .replaceAll(/\/tmp\/(?=gemm|code)/g, `${folder}/`)
    .replaceAll("/azure-nhc/bin", join(folder, "azure-nhc/bin"))
    .replaceAll("/sys/class/infiniband", join(folder, "sys"))
    .replaceAll("/sys/class/nvme", join(folder, "nvme"))
    .replaceAll("/sys/class/kfd/kfd/topology/nodes", join(folder, "kfd"))
    .replaceAll(hyperVFolder, join(folder, "hyperv"));
  const { stdout, stderr, status } = spawnSync("bash", ["-c", script], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
    env: { PATH: `${join(folder, "bin")}:${process.env["PATH"] ?? ""}`, TMPDIR: folder },
  });
  expect([stderr, status]).toEqual(["", 0]);
  return stdout;
}

describe("the checks of a node", () => {
  it("write down what the tools say, so that a good node passes and its machine is known", () => {
    node(h100);
    const log = run(h100);
    expect(verdict(log, h100.expected)).toMatchObject({ verdict: "pass", reasons: [], physicalHost: "YTO21PrdGPU012" });
    // Each part begins and ends on a line of its own.
    expect(log.match(/^== begin .*$/gm)).toHaveLength(8 + 19);
    expect(log.match(/^== end .* 0$/gm)).toHaveLength(8 + 19);
  });

  it.each([
    ["a slow adapter", { infinibandWriteGbps: 371 }, "InfinibandWrite: 371, must be at least 380 Gb/s (mlx5_0)"],
    ["a GPU that multiplies slowly", { gemmTflops: 714.9 }, "Gemm: 714.9, must be at least 715 TFLOPS (0)"],
    ["a node without adapters", { hcas: 0 }, "Adapters: 0, must be exactly 8 ports at 400 Gb/s"],
    ["an adapter that is missing", { hcas: 7 }, "Adapters: 7, must be exactly 8 ports at 400 Gb/s"],
    ["a disk that is missing", { disks: 7 }, "Disks: 7, must be at least 8 local disks"],
    ["TCP", { transport: "NET/Socket/0" }, /^Transport: 16, .*NCCL fell back to TCP/],
    ["an error of the driver", { kernel: ["[ 7.1] NVRM: Xid (PCI:0001:00:00): 48, pid=7, DBE"] }, /^Xid: 1, .*DBE/],
    ["a GPU that is too hot", { throttled: true }, "Throttling: 1, must be at most 0 samples (GPU 0)"],
  ] satisfies [string, Partial<Measured>, string | RegExp][])("show %s", (_, changes, reason) => {
    node(h100, changes);
    const { verdict: is, reasons } = verdict(run(h100), h100.expected);
    expect(reasons[0]).toEqual(typeof reason === "string" ? reason : expect.stringMatching(reason));
    expect(is).toBe("fail");
  });

  it.each([
    ["a GPU of AMD that is missing", "Standard_ND96isr_MI300X_v5", { gpus: 7 }, "GpuCount: 7, must be exactly 8 GPUs"],
    [
      "an uncorrectable error of AMD's driver",
      "Standard_ND96isr_MI300X_v5",
      { kernel: ["[ 9.4] amdgpu 0002:00:00.0: amdgpu: 2 uncorrectable hardware errors detected in umc block"] },
      /^RasErrors: 1, .*umc block/,
    ],
    ["a slow adapter beside AMD", "Standard_ND96isr_MI300X_v5", { infinibandWriteGbps: 389 }, /^InfinibandWrite: 389/],
    ["a link between GPUs of a rack", "Standard_ND128isr_GB300_v6", { inactiveLink: true }, /^NvLinks: 1/],
    ["a part that is missing", "Standard_NV6ads_A10_v5", { gpus: 0 }, /^GpuCount: 0, must be exactly 1/],
  ] satisfies [string, string, Partial<Measured>, string | RegExp][])("show %s", (_, size, changes, reason) => {
    const checked = gatedPool(size, vmSizes.get(size)?.infiniband == null ? null : "rdma/ib");
    node(checked, changes);
    const { verdict: is, reasons } = verdict(run(checked), checked.expected);
    expect(reasons[0]).toEqual(typeof reason === "string" ? reason : expect.stringMatching(reason));
    expect(is).toBe("fail");
  });

  it("show a tool that is not there as no evidence", () => {
    node(h100);
    rmSync(join(folder, "azure-nhc/bin/nvbandwidth"));
    expect(verdict(run(h100), h100.expected).verdict).toBe("no-evidence");
  });

  it("show an image without the program of matrix products as no evidence", () => {
    node(h100);
    rmSync(join(folder, "dcgm"), { recursive: true });
    expect(verdict(run(h100), h100.expected)).toMatchObject({
      verdict: "no-evidence",
      reasons: [expect.stringMatching(/^Gemm: no evidence, 'gemm 0' could not run: .*ubergemm/)],
    });
  });

  it("show a GPU that breaks while it multiplies as a failure, after what it said", () => {
    node(h100);
    program("dcgm/cuda13/updated/ubergemm", [
      'echo "GPU $CUDA_VISIBLE_DEVICES: Xid"',
      "exit $((CUDA_VISIBLE_DEVICES == 5))",
    ]);
    const { verdict: is, reasons } = verdict(run(h100), h100.expected);
    expect([is, reasons]).toEqual(["fail", ["Gemm: 'gemm 5' ended with 1: GPU 5: Xid"]]);
  });

  it("run what the floors were measured with", () => {
    node(h100);
    run(h100);
    const calls = spawnSync("cat", [join(folder, "calls")], { encoding: "utf8" })
      .stdout.trim()
      .split("\n");
    const of = (name: string): string[] => calls.filter((it) => it.startsWith(`${name} `));
    expect(of("nvbandwidth")).toEqual([
      "nvbandwidth -t host_to_device_memcpy_ce device_to_host_memcpy_ce device_to_device_memcpy_read_ce -i 10",
    ]);
    expect(of("mpirun").map((it) => it.replace(/^.*all_reduce_perf/, "all_reduce_perf"))).toEqual([
      "all_reduce_perf -b 16G -e 16G -g 1 -c 1 -n 20",
      "all_reduce_perf -b 1G -e 1G -g 1 -c 1 -n 5",
    ]);
    expect(of("mpirun")[1]).toContain(
      "-x NCCL_P2P_DISABLE=1 -x NCCL_SHM_DISABLE=1 -x NCCL_NET_GDR_LEVEL=SYS " +
        "-x NCCL_IB_HCA==mlx5_0,mlx5_1,mlx5_2,mlx5_3,mlx5_4,mlx5_5,mlx5_6,mlx5_7 -x NCCL_DEBUG=INFO",
    );
    expect(of("ubergemm")).toEqual(Array(8).fill("ubergemm -t 60"));
    expect(of("ib_write_bw")).toHaveLength(8);
    expect(of("ib_write_bw")[7]).toBe(
      "ib_write_bw -d mlx5_7 -p 18517 -s 8388608 -x 0 -F --report_gbits --perform_warm_up --use_cuda=7 localhost",
    );
  });

  it.each<[string, string, string | null, readonly string[], string?]>([
    ["no adapters", "Standard_NC96ads_A100_v4", null, ["nvbandwidth", "mpirun"]],
    ["one GPU", "Standard_NC40ads_H100_v5", null, ["nvbandwidth"]],
    ["no floors", "Standard_NC4as_T4_v3", null, []],
    ["floors for host memory", "Standard_ND40rs_v2", "rdma/ib", ["nvbandwidth", "mpirun", "ib_write_bw_nongdr"]],
    ["GPUs of AMD", "Standard_ND96isr_MI300X_v5", "rdma/ib", ["ib_write_bw_nongdr"]],
    ["arm64", "Standard_ND128isr_GB300_v6", "rdma/ib", ["ubergemm"]],
    ["a part of a GPU", "Standard_NV6ads_A10_v5", null, []],
    ["divided GPUs", "Standard_NC24ads_A100_v4", null, [], "MIG1g"],
  ])("look at what a node with %s has", (_, size, rdma, programs, mig) => {
    const checked = gatedPool(size, rdma, mig);
    node(checked);
    expect(verdict(run(checked), checked.expected)).toMatchObject({ verdict: "pass", reasons: [] });
    const calls = spawnSync("cat", [join(folder, "calls")], { encoding: "utf8" }).stdout;
    const started = new Set(
      calls
        .trim()
        .split("\n")
        .map((it) => it.split(" ")[0]),
    );
    expect([...started].filter((it) => it !== "nvidia-smi" && it !== "dmesg")).toEqual(programs);
  });
});
