import { spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { once } from "node:events";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { jobName } from "../../verification/job";
import { placeOf } from "../../verification/place";
import { checkOf, perftest, sums } from "./checks-of";

/** Programs of the checks in a real shell, with tools of our own: what they write is what the checks read. */
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "scripts-test-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const place = placeOf("verify-test", false);

/** An executable of the image. */
function tool(name: string, script: string): void {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `#!/bin/bash\n${script}\n`);
  chmodSync(file, 0o755);
}

/** Runs the program of a pod of a check, with the paths of its image in our folder. */
async function run(
  name: string,
  index = 0,
): Promise<{ readonly code: unknown; readonly message: string; log: string }> {
  const job = checkOf(name)
    .objects(place)
    .find((it) => it.kind === "Job") as unknown as {
    spec: { template: { spec: { containers: { command: string[] }[] } } };
  };
  const own = path.join(folder, `pod-${index}`);
  mkdirSync(path.join(own, "tmp"), { recursive: true });
  // The folder itself lies in /tmp, so that comes first.
  const script = (job.spec.template.spec.containers[0]?.command.at(-1) ?? "")
    .replaceAll("/tmp/", `${own}/tmp/`)
    .replaceAll("/dev/termination-log", path.join(own, "message"))
    .replaceAll("/azure-nhc/", `${folder}/azure-nhc/`)
    .replaceAll("/usr/libexec/", `${folder}/usr/libexec/`)
    .replaceAll("/sys/class/", `${folder}/sys/class/`);
  const child = spawn("bash", ["-c", script], {
    env: { PATH: `${folder}/bin:/usr/bin:/bin`, JOB_COMPLETION_INDEX: String(index), FOLDER: folder, OWN: own },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let log = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (log += text));
  const [code] = (await once(child, "close")) as unknown[];
  const message = path.join(own, "message");
  return { code, message: existsSync(message) ? readFileSync(message, "utf8") : "", log };
}

const read = (name: string, ...messages: readonly string[]): unknown =>
  checkOf(name).read(messages.map((it) => ({ main: it })));

it("an all-reduce leaves its result and each way once, and the whole of it in the log", async () => {
  tool(
    "bin/python3",
    `echo "$*" > "$OWN/arguments"
echo 'Setting OMP_NUM_THREADS' >&2
cp "\${!#}" "$OWN/program"
for it in 0 1 2 3; do
  for way in "NET/IB/$it/GDRDMA" "NET/IB/$it($((it + 8)))/GDRDMA/Shared" "P2P/CUMEM"; do
    echo "h:1:2 [0] NCCL INFO Channel 0$it/0 : 8[0] -> 0[0] [receive] via $way"
  done
done > "\${NCCL_DEBUG_FILE//%h/host}"
[ "$JOB_COMPLETION_INDEX" = 1 ] || echo '${sums(483.2)}'`,
  );
  const pods = [await run("all-reduce-h100-pair", 0), await run("all-reduce-h100-pair", 1)];
  expect(pods.map((it) => it.code)).toEqual([0, 0]);
  expect(read("all-reduce-h100-pair", ...pods.map((it) => it.message))).toEqual({
    kind: "measured",
    value: 483.2,
    detail: "16 GPUs, 16 GiB, NET/IB/*/GDRDMA and NET/IB/*/GDRDMA/Shared",
  });
  expect(pods[0]?.log).toContain("483.2");
  expect(pods[0]?.log).toContain("Setting OMP_NUM_THREADS");
  const own = path.join(folder, "pod-1");
  expect(readFileSync(path.join(own, "arguments"), "utf8")).toBe(
    `-m torch.distributed.run --nnodes=2 --node-rank=1 --master-addr=verify-test-all-reduce-h100-pair-0.verify-test-all-reduce-h100-pair --master-port=29500 --nproc-per-node=8 ${own}/tmp/all_reduce.py\n`,
  );
});

it("the program of the all-reduce is Python, whole", async () => {
  tool(
    "bin/python3",
    `/usr/bin/env -i PATH=/usr/bin:/bin python3 -c 'import ast, sys; ast.parse(open(sys.argv[1]).read())' "\${!#}" && echo '${sums(470, 8)}'`,
  );
  const { message } = await run("all-reduce-h100");
  expect(read("all-reduce-h100", message)).toEqual({ kind: "measured", value: 470, detail: "8 GPUs, 16 GiB" });
});

it("an all-reduce that fails says why", async () => {
  tool("bin/python3", "echo 'DistBackendError: NCCL error' >&2; exit 1");
  const { code, message } = await run("all-reduce-h100");
  expect(code).toBe(1);
  expect(read("all-reduce-h100", message)).toEqual({
    kind: "no-evidence",
    because: "'all-reduce' ended with 1: DistBackendError: NCCL error",
  });
});

it("one pod listens on each adapter while the other writes from each, and Ethernet is none", async () => {
  for (const [name, layer] of [
    ...Array.from({ length: 8 }, (_, at) => [`mlx5_ib${at}`, "InfiniBand"]),
    ["mlx5_an0", "Ethernet"],
  ]) {
    const port = path.join(folder, `sys/class/infiniband/${name ?? ""}/ports/1`);
    mkdirSync(port, { recursive: true });
    writeFileSync(path.join(port, "link_layer"), `${layer ?? ""}\n`);
  }
  // The writer answers once somebody listens on its port.
  tool(
    "azure-nhc/bin/ib_write_bw",
    `echo "$*" >> "$FOLDER/calls-$JOB_COMPLETION_INDEX"
port=$4
if [ "$JOB_COMPLETION_INDEX" = 1 ]; then
  touch "$FOLDER/listens-$port"
  until [ -e "$FOLDER/written-$port" ]; do read -r -t 0.05 <> <(:); done
  exit 0
fi
[ -e "$FOLDER/listens-$port" ] || exit 1
touch "$FOLDER/written-$port"
cat << 'ROWS'
${["                    RDMA_Write BW Test", ...perftest("395.16"), "-----"].join("\n")}
ROWS`,
  );
  tool("bin/sleep", "exec /usr/bin/sleep 0.05");
  const [writer, listener] = await Promise.all([run("ib-write-h100", 0), run("ib-write-h100", 1)]);
  expect([writer.code, listener.code]).toEqual([0, 0]);
  expect(read("ib-write-h100", writer.message, listener.message)).toEqual({
    kind: "measured",
    value: 395.16,
    detail: "slowest of 8: mlx5_ib0",
  });
  expect(writer.message.length).toBeLessThan(4096);
  const listens = readFileSync(path.join(folder, "calls-1"), "utf8").trim().split("\n");
  expect(listens).toHaveLength(8);
  expect(listens[7]).toBe("-d mlx5_ib7 -p 18517 -s 8388608 -x 0 -F --report_gbits --perform_warm_up --use_cuda=7");
  expect(readFileSync(path.join(folder, "calls-0"), "utf8")).toContain(
    `${listens[7] ?? ""} ${jobName(place, "ib-write-h100")}-1.${jobName(place, "ib-write-h100")}\n`,
  );
});

it("matrix products run on every GPU, by the newest copy of the tool", async () => {
  tool("usr/libexec/datacenter-gpu-manager-4/plugins/cuda12/updated/ubergemm", "exit 9");
  tool(
    "usr/libexec/datacenter-gpu-manager-4/plugins/cuda13/updated/ubergemm",
    `[ "$*" = "-t 60" ] && echo "GPU $CUDA_VISIBLE_DEVICES" && echo "GFlops:7.\${CUDA_VISIBLE_DEVICES}5000e+05 GFlops"`,
  );
  const { code, message } = await run("gemm-h100");
  expect(code).toBe(0);
  expect(read("gemm-h100", message)).toEqual({ kind: "measured", value: 705, detail: "slowest of 8: GPU 0" });
});

it("an image without the tool is no evidence", async () => {
  const { code, message } = await run("gemm-a10");
  expect(code).not.toBe(0);
  expect(read("gemm-a10", message)).toMatchObject({
    kind: "no-evidence",
    because: expect.stringContaining("ended with 127") as string,
  });
});

it("volumes are measured by fio alone, in one line", async () => {
  const recorded = path.join(__dirname, "fio-read.json");
  tool(
    "bin/fio",
    `echo "$*" > "$FOLDER/arguments"; for it; do case $it in --output=*) cp ${recorded} "\${it#--output=}"; esac; done`,
  );
  const { code, message } = await run("fio-read-h100");
  expect(code).toBe(0);
  expect(read("fio-read-h100", message)).toMatchObject({ kind: "measured", value: 0.614 });
  expect(readFileSync(path.join(folder, "arguments"), "utf8")).toContain("--directory=/target --rw=read --bs=1M");
});

describe("a model that serves", () => {
  /** A server that answers the second time, or ends as a test says, and a benchmark. What it leaves was left by that of vLLM 0.26.0, before a server of our own. */
  const vllm = (server: string): void => {
    tool(
      "bin/vllm",
      `echo "$*" >> "$OWN/arguments"
if [ "$1" = serve ]; then ${server}; fi
for it; do [ "$before" = --result-filename ] && result=$it; before=$it; done
[ -e "$OWN/no-result" ] || cp ${path.join(__dirname, "vllm-bench-serve.json")} "$result"
echo 'Serving Benchmark Result'`,
    );
    tool("bin/sleep", "exec /usr/bin/sleep 0.05");
    tool(
      "bin/python3",
      `case $1 in
-c) [ -e "$OWN/serves" ] && [ -e "$OWN/asked" ]; code=$?; touch "$OWN/asked"; exit "$code" ;;
*/model.py) cp "$1" "$OWN/model-program" ;;
*) exec /usr/bin/env -i PATH=/usr/local/bin:/usr/bin:/bin python3 "$@" ;;
esac`,
    );
  };
  const waits = `touch "$OWN/serves"; exec /usr/bin/sleep 60`;

  it("is asked for answers of one length, and its few numbers fit into the message", async () => {
    vllm(waits);
    const { code, message } = await run("serve-h100");
    expect(code).toBe(0);
    expect(read("serve-h100", message)).toMatchObject({ kind: "measured", value: 4357 });
    expect(message.length).toBeLessThan(1000);
    const [serve, bench] = readFileSync(path.join(folder, "pod-0/arguments"), "utf8").trim().split("\n");
    expect(serve).toBe(
      `serve ${folder}/pod-0/tmp/model --served-model-name model --host 127.0.0.1 --port 8000 --load-format dummy --dtype float16 --seed 0 ` +
        "--max-model-len 4096 --tensor-parallel-size 8 --no-enable-prefix-caching",
    );
    expect(bench).toContain("--random-input-len 1024 --random-output-len 256 --random-range-ratio 0 --num-prompts 512");
  });

  it("that ends before it serves says why", async () => {
    vllm("echo 'ValueError: no room' ; echo 'RuntimeError: Engine core initialization failed'; exit 3");
    const { code, message } = await run("serve-h100");
    expect(code).toBe(3);
    expect(read("serve-h100", message)).toEqual({
      kind: "no-evidence",
      because: "the model server did not start, exit code 3: ValueError: no room",
    });
  });

  it("that has too little memory is told from one that fails", async () => {
    vllm("echo 'torch.OutOfMemoryError: CUDA out of memory.'; echo 'RuntimeError: too late'; exit 1");
    const { message } = await run("serve-h100");
    expect(read("serve-h100", message)).toEqual({
      kind: "no-evidence",
      because: "the model server ran out of memory: torch.OutOfMemoryError: CUDA out of memory.",
    });
  });

  it("whose benchmark leaves no file is no evidence", async () => {
    vllm(`touch "$OWN/no-result"; ${waits}`);
    const { code, message } = await run("serve-h100");
    expect(code).not.toBe(0);
    expect(read("serve-h100", message)).toMatchObject({
      kind: "no-evidence",
      because: expect.stringContaining("'result' ended with 1: FileNotFoundError") as string,
    });
  });

  it("has programs in Python, whole", async () => {
    vllm(waits);
    await run("serve-h100");
    const programs = ["model-program", "tmp/result.py"].map((it) => path.join(folder, "pod-0", it));
    const check = spawn("python3", [
      "-c",
      "import ast, sys; [ast.parse(open(it).read()) for it in sys.argv[1:]]",
      ...programs,
    ]);
    expect(await once(check, "close")).toEqual([0, null]);
  });
});

it("between racks the sums must not find NVLink", async () => {
  tool("bin/python3", `echo "$NCCL_MNNVL_ENABLE $NCCL_NVLS_ENABLE" > "$OWN/variables"`);
  await run("all-reduce-gb300-racks");
  expect(readFileSync(path.join(folder, "pod-0/variables"), "utf8")).toBe("0 0\n");
  await run("all-reduce-gb300-pair", 1);
  expect(readFileSync(path.join(folder, "pod-1/variables"), "utf8")).toBe(" \n");
});

it("within a rack the way over NVLink is told once", async () => {
  tool(
    "bin/python3",
    `for it in 0 1 2 3; do echo "h:1:2 [0] NCCL INFO Channel 0$it/0 : 3[3] -> 4[0] via P2P/MNNVL/read"; done > "$OWN/tmp/nccl.h.1"
echo '${sums(835, 8)}'`,
  );
  const pods = await Promise.all([run("all-reduce-gb300-pair", 0), run("all-reduce-gb300-pair", 1)]);
  expect(read("all-reduce-gb300-pair", ...pods.map((it) => it.message))).toEqual({
    kind: "measured",
    value: 835,
    detail: "8 GPUs, 16 GiB, P2P/MNNVL",
  });
});

it("the way that RCCL took is the same word, with more behind it", async () => {
  tool(
    "bin/python3",
    `echo "h:1:2 [0] NCCL INFO Channel 00/0 : 8[0] -> 0[0] [receive] via NET/IB/3/GDRDMA comm 0x1 nRanks 16" > "$OWN/tmp/nccl.h.1"
echo '${sums(340)}'`,
  );
  const pods = await Promise.all([run("all-reduce-mi300x-pair", 0), run("all-reduce-mi300x-pair", 1)]);
  expect(read("all-reduce-mi300x-pair", ...pods.map((it) => it.message))).toEqual({
    kind: "measured",
    value: 340,
    detail: "16 GPUs, 16 GiB, NET/IB/*/GDRDMA",
  });
});
