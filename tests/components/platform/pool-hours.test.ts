import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { addOns } from "../../../components/platform/add-ons";
import { planPlatform } from "../../../components/platform/plan-platform";
import { switchScript } from "../../../components/platform/pool-hours/switch-script";
import { planGpuPool } from "../../../components/cluster/gpu-pool/plan";
import type { GpuPoolShape } from "../../../components/cluster/gpu-pool/shape";
import { read, text } from "../../../core/property-tree";
import { toProps } from "../../../core/property-value";
import { place, problemsOf } from "../../recorded";

const off = { nights: { from: "20:00", to: "07:00" }, weekends: true, timeZone: "Europe/Berlin" } as const;
const planned = (shape: Partial<GpuPoolShape> = {}): ReturnType<typeof planGpuPool> =>
  planGpuPool("a100", { size: "Standard_NC24ads_A100_v4", maxNodes: 4, off, ...shape }, { ...place, location: "" });

function jobsOf(pool: ReturnType<typeof planGpuPool>): unknown[] {
  const { addOns: plans } = planPlatform(addOns, {}, { kubernetesVersion: "1.36", pools: [pool.ref] });
  const objects = Object.values(plans.find((it) => it.key === "poolHours")?.objects ?? {});
  return objects
    .filter((it) => it.kind === "CronJob")
    .map((it) => {
      const props = toProps(it);
      const command = read(props, "spec.jobTemplate.spec.template.spec.containers[0].command") as readonly string[];
      return [
        text(props, "metadata.name"),
        text(props, "spec.schedule"),
        text(props, "spec.timeZone"),
        ...command.slice(-3),
      ];
    });
}

describe("the hours of a pool", () => {
  it.each([
    [{}, "Hold"],
    [{ off: { ...off, jobs: "stop" } }, "HoldAndDrain"],
  ] as const)("hold its queues when they begin and open them when they end: %j", (shape, policy) => {
    expect(jobsOf(planned(shape))).toEqual([
      ["a100-off", "0 20 * * 1-5", "Europe/Berlin", "azure-gpu-cluster/pool", "a100", policy],
      ["a100-on", "0 7 * * 1-5", "Europe/Berlin", "azure-gpu-cluster/pool", "a100", "None"],
    ]);
  });

  it("say before up what they save, and what they do not", () => {
    expect(planned().notes).toContainEqual(
      expect.stringMatching(
        /for 103 of the 168 hours of a week\. A job that runs .* goes on, .*: the bill counts all hours, and 39 % of them if every job ends in time/,
      ),
    );
  });

  it.each<[Partial<GpuPoolShape>, string]>([
    [{ off: { timeZone: "UTC" } }, "off: must have nights, weekends or both"],
    [{ off: { ...off, timeZone: "CET" } }, "off.timeZone: must be a time zone of the IANA database"],
    [{ off: { ...off, nights: { from: "8pm", to: "07:00" } } }, "off.nights.from: must be a time of a day as hh:mm"],
    [{ off: { ...off, nights: { from: "01:00", to: "07:00" } } }, "off.nights.to: must be earlier than from (01:00)"],
    [{ minNodes: 1 }, "minNodes: must not hold nodes in a pool with off"],
  ])("are refused when they cannot be: %j", (shape, says) => {
    expect(problemsOf(() => planned(shape))).toEqual([expect.stringContaining(says)]);
  });

  it.each<[Partial<GpuPoolShape>, string]>([
    [{ gpuStack: "aks-driver", rdma: "dranet" }, "rdma dranet"],
    [{ rdmaResource: "rdma/hca_shared_devices_a" }, "rdma/hca_shared_devices_a"],
  ])("are refused for a pool that would never come back, with or without a node that stays: %j", (shape, why) => {
    for (const counts of [{ maxNodes: 2 }, { minNodes: 1, maxNodes: 2 }]) {
      const given = { size: "Standard_ND96isr_H100_v5", off, ...counts, ...shape };
      expect(problemsOf(() => planGpuPool("h100", given, { ...place, location: "" }))).toContain(
        `off: is not possible with ${why}: once empty the pool never grows again, for only nodes that are there tell what pods of it ask for. Leave off out and keep a node by minNodes: 1, or leave this way to adapters out`,
      );
    }
  });

  it("say which pool may not come back, and what is sure instead", () => {
    const h100 = (shape: Partial<GpuPoolShape>) =>
      planGpuPool("h100", { size: "Standard_ND96isr_H100_v5", maxNodes: 2, ...shape }, { ...place, location: "" });
    const said = expect.stringMatching(
      /not proven; it may not come back from off, and without off minNodes: 1 is sure$/,
    ) as string;
    expect(h100({ off }).notes).toContainEqual(said);
    expect(h100({}).notes).not.toContainEqual(said);
  });

  it("are refused for a pool with a fixed number of nodes", () => {
    const fixed = { size: "Standard_NC24ads_A100_v4", nodes: 2, off };
    expect(problemsOf(() => planGpuPool("a100", fixed, { ...place, location: "" }))).toEqual([
      "nodes: must not hold nodes in a pool with off: the autoscaler takes away what is idle, and these it may not; got 2. Write maxNodes alone, or leave off out",
    ]);
  });
});

describe("what its CronJobs run", () => {
  let folder: string;
  let patched: [string, unknown][] = [];
  let refuse: string | undefined;
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (part: Buffer) => (body += part.toString()));
    request.on("end", () => {
      const url = request.url ?? "";
      const queue = url.split("/").at(-1) ?? "";
      const denied = request.headers.authorization !== "Bearer secret" || queue === refuse;
      response.writeHead(denied ? 403 : 200, { "content-type": "application/json" });
      if (denied) return response.end("{}");
      if (request.method === "PATCH") patched.push([queue, JSON.parse(body)]);
      const mine = url.includes(`labelSelector=${encodeURIComponent("azure-gpu-cluster/pool=a100")}`);
      return response.end(
        JSON.stringify({ items: mine ? [{ metadata: { name: "a" } }, { metadata: { name: "b" } }] : [] }),
      );
    });
  });
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "pool-hours-"));
    await writeFile(join(folder, "token"), "secret\n");
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    [patched, refuse] = [[], undefined];
  });
  afterEach(async () => {
    await new Promise((done) => server.close(done));
    await rm(folder, { recursive: true, force: true });
  });
  const run = (): Promise<unknown> => {
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const args = ["--eval", switchScript, address, folder, "azure-gpu-cluster/pool", "a100", "Hold"];
    return promisify(execFile)(process.execPath, args);
  };

  it("stops every queue of the pool, and nothing else of it", async () => {
    await run();
    expect(patched).toEqual([
      ["a", { spec: { stopPolicy: "Hold" } }],
      ["b", { spec: { stopPolicy: "Hold" } }],
    ]);
  });

  it("goes on when one is refused, and fails so that it is tried again", async () => {
    refuse = "a";
    await expect(run()).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining("403") as unknown });
    expect(patched.map(([queue]) => queue)).toEqual(["b"]);
  });
});
