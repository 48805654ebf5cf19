import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, expect, test } from "vitest";
import { planGpuPool } from "../../../components/cluster/gpu-pool/plan";
import { planTeamQueue } from "../../../components/queues/team-queue/plan";
import { planTeamNamespace } from "../../../components/tenancy/team-namespace/plan";
import { clusterRuntimeName, clusterTrainingRuntimes } from "../../../components/training/training-runtime";
import { list, read, text } from "../../../core/property-tree";
import { type Props, toProps } from "../../../core/property-value";
import { ApiClient } from "../../../simulator/kubernetes/api-client";
import { Gangs } from "../../../simulator/kubernetes/scheduling/gangs";
import { writeKubeconfig } from "../../../simulator/kubernetes/scheduling/kubeconfig-file";
import { waitUntil } from "../../../simulator/kubernetes/wait-until";
import { vision } from "../../components/tenancy/teams";
import { place } from "../../recorded";
import { plainStacks, root } from "../../stack-files";
import { describeWithSchedulers } from "../engine/with-schedulers";
import { teamObjects } from "../kubernetes/applied-team";
import { countQuotas } from "./count-quotas";
import { servePendingWorkloads } from "./pending-workloads-api";
import { type QueuedCluster, queuedCluster } from "./queued-cluster";

// Two domains of four nodes, one of which is spare.
const poolShape = { size: "Standard_ND96isr_H100_v5", domains: 2, nodes: 4, spareNodes: 1 } as const;
const pool = planGpuPool("h100", poolShape, { ...place, location: "" });
const team = { ...vision, gpus: 32 };
const namespace = "train-vision";

const folder = mkdtempSync(path.join(tmpdir(), "job-command-"));
const inFolder = (name: string, content: string): string => {
  const file = path.join(folder, name);
  writeFileSync(file, content);
  return file;
};
const script = inFolder("train.py", "print('hello')\n");
const stackFile = inFolder(
  "Pulumi.dev.yaml",
  readFileSync(plainStacks.dev, "utf8")
    .replace(/h100: \{.*\}/, `h100: ${JSON.stringify(poolShape)}`)
    .replace("vision: { pool: h100, gpus: 16,", "vision: { pool: h100, gpus: 32,"),
);

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Starts the command as npm does. */
function job(
  action: string,
  args: readonly string[],
  kubeconfig: string,
): { readonly ended: Promise<Ended>; readonly says: (what: string) => Promise<void>; readonly interrupt: () => void } {
  const all = ["--require", "./cli/start.cjs", "cli/job.ts", action, stackFile, ...args, "--team", "vision"];
  const child = spawn(process.execPath, [...all, "--kubeconfig", kubeconfig, "--context", "cluster"], {
    cwd: path.resolve(root),
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [out, err] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (it: string) => (out += it));
  const heard = new Set<string>();
  let onLine = (): void => undefined;
  createInterface(child.stderr).on("line", (line) => {
    err += `${line}\n`;
    heard.add(line);
    onLine();
  });
  const ended = once(child, "close").then(([code]: unknown[]) => {
    onLine();
    return { code: typeof code === "number" ? code : null, out, err };
  });
  return {
    ended,
    says: (what) =>
      new Promise((resolve, reject) => {
        onLine = () => {
          if ([...heard].some((line) => line.includes(what))) resolve();
          else if (child.exitCode !== null) reject(new Error(`It ended and did not say "${what}":\n${out}${err}`));
        };
        onLine();
      }),
    interrupt: () => void child.kill("SIGINT"),
  };
}

describeWithSchedulers("npm run job, with the rights of a team alone", (programs) => {
  let world: QueuedCluster;
  let gangs: Gangs;
  let stopServing = (): Promise<void> => Promise.resolve();
  /** Kubeconfigs of somebody of the team, and of somebody of another one. */
  let [own, other] = ["", ""];
  const run = (action: string, ...args: string[]): Promise<Ended> => job(action, args, own).ended;
  const gang = (name: string) => ({ name, namespace, as: { kind: "TrainJob", runtime: "" } as const });
  const shown = async (name: string): Promise<Props> => toProps(JSON.parse((await run("show", name, "--json")).out));
  /** Waits until all pods of a job are ready. */
  const running = (name: string, nodes: number): Promise<true> =>
    waitUntil(`the pods of ${name}`, async () => {
      const ready = (await gangs.pods(gang(name))).filter((pod) =>
        list(pod, "status.conditions").some((it) => text(it, "type") === "Ready" && text(it, "status") === "True"),
      );
      return ready.length === nodes ? true : undefined;
    });

  beforeAll(async () => {
    world = await queuedCluster(programs, pool, 1);
    const { cluster, plane, queues } = world;
    gangs = new Gangs(cluster, { hopeless: world.whatDied });
    const queue = { clusterQueueName: namespace, borrow: 0 };
    const plan = planTeamNamespace("team", team, { pool: pool.ref, queue });
    const account = (name: string): Props[] => [
      toProps({ apiVersion: "v1", kind: "ServiceAccount", metadata: { name, namespace } }),
    ];
    const objects = [
      ...teamObjects(plan),
      toProps(planTeamQueue(namespace, { gpus: team.gpus }, { pool: pool.ref, queues }).clusterQueue),
      ...["member", "stranger"].flatMap(account),
      toProps({
        apiVersion: "rbac.authorization.k8s.io/v1",
        kind: "RoleBinding",
        metadata: { name: "member", namespace },
        roleRef: plan.rights.find(({ name }) => name === "members")?.roleBinding.roleRef,
        subjects: [{ kind: "ServiceAccount", name: "member", namespace }],
      }),
    ];
    for (const it of objects) await cluster.apply(it, { manager: "test", force: true });
    await countQuotas(cluster, objects);
    stopServing = await servePendingWorkloads(world);
    const client = ApiClient.of(plane);
    const kubeconfigOf = async (name: string): Promise<string> => {
      const request = { apiVersion: "authentication.k8s.io/v1", kind: "TokenRequest", spec: {} };
      const token = text(
        await client.object("POST", `/api/v1/namespaces/${namespace}/serviceaccounts/${name}/token`, request),
        "status.token",
      );
      const file = path.join(folder, name);
      await writeKubeconfig(file, plane, token);
      return file;
    };
    [own, other] = [await kubeconfigOf("member"), await kubeconfigOf("stranger")];
    client.close();
  });
  afterAll(async () => {
    await stopServing();
    await world.stop();
  });

  test("a job is submitted, runs, is shown and cancelled, and nothing of it is left", async () => {
    const started = Date.now();
    const submitted = await run("submit", script, "--gpus", "16", "--name", "first", "--env", "LR=3");
    process.stderr.write(`npm run job -- submit: ${((Date.now() - started) / 1000).toFixed(1)} s\n`);
    expect(submitted).toEqual({
      code: 0,
      out: expect.stringMatching(
        /^first is submitted: 2 nodes, 16 GPUs, [\d.,]+ USD an hour while it has its nodes\.\n$/,
      ) as unknown,
      err: "",
    });
    await running("first", 2);
    const state = await shown("first");
    expect(state).toMatchObject({
      phase: "runs",
      kind: "TrainJob",
      nodes: 2,
      gpus: 16,
      pods: { ready: 2, all: 2 },
      place: null,
    });
    expect(list(state, "domains")).toHaveLength(1);
    const { out } = await run("list");
    expect(out).toMatch(/^first +runs .*h100d\d$/m);
    expect(await run("cancel", "first")).toEqual({ code: 0, out: "first is cancelled.\n", err: "" });
    const files = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "first-files", namespace } };
    await waitUntil("the end of first", async () => {
      const pods = await gangs.pods(gang("first"));
      const left = [await world.cluster.read(files), await gangs.condition(gang("first"), "Admitted"), ...pods];
      return left.every((it) => it === undefined) ? true : undefined;
    });
    expect(await run("list")).toEqual({ code: 0, out: "Team vision has no jobs.\n", err: "" });
  });

  test("a job that does not fit waits, and why says so in plain words, with its place", async () => {
    await run("submit", script, "--gpus", "24", "--name", "large");
    await gangs.admitted(gang("large"));
    await run("submit", script, "--gpus", "16", "--name", "small");
    await gangs.pending(gang("small"), "insufficient unused quota for nvidia.com/gpu");
    const lines = (await run("why", "small")).out.split("\n");
    expect(lines[0]).toMatch(/^small waits for .*, 1 of 1 in the queue of the team\.$/);
    expect(lines[1]).toBe("  8 GPUs more must become free for the team in pool h100: other jobs have them");
    expect(lines[2]).toContain("insufficient unused quota for nvidia.com/gpu in flavor h100, 8 more needed");
    await run("cancel", "large");
    await running("small", 2);
    await run("cancel", "small");
  });

  test("a followed job tells each change, and its end is the exit code", async () => {
    const following = job("submit", [script, "--gpus", "16", "--name", "good", "--follow"], own);
    await following.says("good runs on 2 nodes of h100d");
    await gangs.finish(gang("good"));
    const { code, err } = await following.ended;
    expect(err).toContain("good has ended well");
    expect(code).toBe(0);
  });

  test("a followed job that fails for good ends with 1 and the exit code of the program", async () => {
    const following = job("submit", [script, "--gpus", "8", "--name", "bad", "--follow"], own);
    await following.says("bad runs on 1 node");
    const [pod] = await gangs.pods(gang("bad"));
    if (pod === undefined) throw new Error("bad has no pod");
    const [status] = list(pod, "status.containerStatuses");
    const terminated = { exitCode: 2, reason: "Error", startedAt: read(pod, "metadata.creationTimestamp") ?? null };
    await world.cluster.merge(
      pod,
      toProps({
        status: {
          phase: "Failed",
          containerStatuses: [{ ...toProps(status), ready: false, started: false, state: { terminated } }],
        },
      }),
      "/status",
    );
    const { code, err } = await following.ended;
    expect(err).toContain("bad has failed, exit code 2");
    expect(code).toBe(1);
  });

  test("a copy between claims takes no GPUs from the team, is followed and ends", async () => {
    const copy = { name: "copy-data", namespace } as const;
    const following = job("copy", ["--from", "blob:data", "--to", "lustre:", "--name", copy.name, "--follow"], own);
    await gangs.admitted(copy);
    await waitUntil("pods of the copy", async () => ((await gangs.pods(copy)).length === 2 ? true : undefined));
    expect(await shown(copy.name)).toMatchObject({ kind: "Job", phase: "starts", nodes: 0, gpus: 0, pods: { all: 2 } });
    expect((await run("list")).out).toMatch(/^copy-data +starts +0 /m);
    await gangs.finish(copy);
    const { code, out, err } = await following.ended;
    expect(out).toBe("copy-data is submitted: blob:data to lustre: in 2 parts.\n");
    expect(err).toContain("copy-data has ended well");
    expect(code).toBe(0);
    expect((await run("cancel", copy.name)).code).toBe(0);
  });

  test("Ctrl-C leaves the job alone and says so", async () => {
    const following = job("submit", [script, "--gpus", "8", "--name", "left", "--follow"], own);
    await following.says("left runs on 1 node");
    following.interrupt();
    const { code, err } = await following.ended;
    expect(err).toContain("left goes on, it is only not followed any more; cancel ends it");
    expect(code).toBe(130);
    expect(await shown("left")).toMatchObject({ phase: "runs" });
    await run("cancel", "left");
  });

  test("a job whose runtime comes late waits for it; Ctrl-C ends the wait, and nothing of the job is left", async () => {
    const name = clusterRuntimeName("torch-ib", pool.ref);
    const [runtime = {}] = clusterTrainingRuntimes(pool.ref)
      .map(toProps)
      .filter((it) => text(it, "metadata.name") === name);
    await waitUntil(`the end of runtime ${name}`, async () => {
      // What a job still names stays until the job is gone.
      await world.cluster.startDelete(runtime);
      return (await world.cluster.read(runtime)) === undefined ? true : undefined;
    });
    const waits = "waits: Trainer has not seen its runtime yet";
    const stopped = job("submit", [script, "--gpus", "8", "--name", "stopped"], own);
    await stopped.says(`stopped ${waits}`);
    stopped.interrupt();
    const end = await stopped.ended;
    expect([end.code, end.out]).toEqual([130, ""]);
    expect(end.err).toContain("stopped is not submitted, and what was made for it is deleted");
    const files = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "stopped-files", namespace } };
    expect(await world.cluster.read(files)).toBeUndefined();

    const late = job("submit", [script, "--gpus", "8", "--name", "late"], own);
    await late.says(`late ${waits}`);
    await world.cluster.apply(runtime, { manager: "test" });
    const { code, out } = await late.ended;
    expect([code, out]).toEqual([0, expect.stringMatching(/^late is submitted: 1 node, 8 GPUs/) as unknown]);
    await running("late", 1);
    await run("cancel", "late");
  });

  test("nobody without the team's rights sees or submits anything", async () => {
    const listed = await job("list", [], other).ended;
    expect(listed.err).toMatch(
      /^The cluster refuses to show .*cannot list resource "(trainjobs|jobsets|jobs|workloads)".*\n$/,
    );
    expect(listed.code).toBe(2);
    const submitted = await job("submit", [script, "--gpus", "8"], other).ended;
    expect(submitted.err).toMatch(/^The cluster does not take ConfigMap .*cannot create resource "configmaps".*\n$/);
    expect(submitted.code).toBe(2);
  });
});
