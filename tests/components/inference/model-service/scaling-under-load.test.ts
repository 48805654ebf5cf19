import { Output } from "@pulumi/pulumi";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { engines, type EngineName } from "../../../../catalog/engines";
import { managedPrometheus } from "../../../../catalog/managed-prometheus";
import { planModelService } from "../../../../components/inference/model-service/plan";
import { scalerObjects } from "../../../../components/inference/model-service/scaler";
import type { ModelServiceShape } from "../../../../components/inference/model-service/shape";
import { keysOf } from "../../../../core/records";
import { Autoscaler, type ScaledObjectSpec, syncSeconds } from "./autoscaler";
import { chat } from "./surroundings";

/** What is simulated of one server: requests that it works on at once, seconds of each, seconds of its start. */
const server = { atOnce: 32, seconds: 16, start: 600 };
/** Requests a second that one server can answer. */
const capacity = server.atOnce / server.seconds;

/** What the metrics of all servers say together. */
interface Sample {
  readonly waiting: number;
  readonly cacheUse: number;
  /** Seconds that requests took, of those that ended since the start. */
  readonly requestSeconds: number;
}

async function scaledObject(engine: EngineName, shape: Partial<ModelServiceShape>): Promise<ScaledObjectSpec> {
  const surroundings = {
    ...chat,
    gpus: 8,
    pool: { ...chat.pool, maxNodes: 8 },
    keda: true,
    metrics: "readable",
  } as const;
  const plan = planModelService(
    "small",
    { model: "qwen2.5-7b", engine, minReplicas: 1, maxReplicas: 8, ...shape },
    { ...surroundings, egress: "https" },
  );
  const wires = { queryEndpoint: "https://metrics", identityClientId: "client", clusterName: "aks" };
  const spec = scalerObjects(plan, wires)["scaler"]?.["spec"] as ScaledObjectSpec;
  const triggers = spec.triggers.map(async ({ type, metadata: { query, ...metadata } }) => ({
    type,
    metadata: { ...metadata, query: Output.isInstance(query) ? await textOf(query) : query },
  }));
  return { ...spec, triggers: await Promise.all(triggers) };
}

function textOf(query: Output<unknown>): Promise<unknown> {
  return new Promise((done) => query.apply(done));
}

/** What a query says at a moment: the sum of a metric, or what it grew by in a second over its range. */
function ask(query: string, samples: readonly Sample[], engine: EngineName): number {
  const { metrics } = engines[engine];
  const [, rated, metric, range] = /^sum\((rate\()?([\w:]+)\{[^}]*\}(?:\[(\d+)s\]\))?\)$/.exec(query) ?? [];
  const field = Object.entries(metrics).find(([, name]) => name === metric)?.[0] as keyof Sample | undefined;
  if (field === undefined) throw new Error(`The simulation does not know ${query}.`);
  const last = samples.at(-1)?.[field] ?? 0;
  if (rated === undefined) return last;
  const steps = Number(range) / managedPrometheus.scrapeSeconds;
  const first = samples.at(-1 - steps) ?? samples[0];
  return (last - (first?.[field] ?? 0)) / Number(range);
}

/** What came of a load: servers and requests that wait, minute by minute. */
interface Course {
  readonly servers: readonly number[];
  readonly waiting: readonly number[];
}

/**
 * A queue before servers, second by second. Whoever waits longest is next.
 * @param load Requests a second, by the minute.
 * @param clock Whether the clock is on, by the minute.
 */
async function course(
  engine: EngineName,
  minutes: number,
  load: (minute: number) => number,
  { clock = () => false, ...shape }: Partial<ModelServiceShape> & { readonly clock?: (minute: number) => boolean } = {},
  change = (spec: ScaledObjectSpec): ScaledObjectSpec => spec,
): Promise<Course> {
  const spec = change(await scaledObject(engine, shape));
  const autoscaler = new Autoscaler(spec, spec.minReplicaCount);
  const queue: number[] = [];
  let works: { readonly end: number; readonly came: number }[] = [];
  let readyAt: number[] = Array.from({ length: spec.minReplicaCount }, () => 0);
  let [arrived, requestSeconds] = [0, 0];
  const samples: Sample[] = [];
  const [servers, waiting]: [number[], number[]] = [[], []];
  for (let now = 0; now < minutes * 60; now++) {
    const minute = Math.floor(now / 60);
    arrived += load(minute);
    for (; arrived >= 1; arrived--) queue.push(now);
    for (const { end, came } of works) if (end <= now) requestSeconds += end - came;
    works = works.filter(({ end }) => end > now);
    const ready = readyAt.filter((at) => at <= now).length;
    while (queue.length > 0 && works.length < ready * server.atOnce) {
      works.push({ end: now + server.seconds, came: queue.shift() ?? now });
    }
    if (now % managedPrometheus.scrapeSeconds === 0)
      samples.push({ waiting: queue.length, cacheUse: works.length / server.atOnce, requestSeconds });
    if (now % syncSeconds === 0) {
      const wanted = autoscaler.look(
        now,
        spec.triggers.map(({ type, metadata }) =>
          type === "cron" ? clock(minute) : ask(String(metadata["query"]), samples, engine),
        ),
      );
      while (readyAt.length < wanted) readyAt.push(now + server.start);
      // The youngest goes first.
      readyAt = readyAt.slice(0, wanted);
    }
    if (now % 60 === 59) {
      servers.push(readyAt.length);
      waiting.push(queue.length);
    }
  }
  return { servers, waiting };
}

/** An hour of little, three of `busy` servers' worth, and three of little. */
const day =
  (busy: number) =>
  (minute: number): number =>
    capacity * (minute >= 60 && minute < 240 ? busy : 0.2);

describe.each(keysOf(engines))("servers of %s", (engine) => {
  it.each([2, 4, 6])("become as many as a load of %i servers needs, and few again once it is over", async (busy) => {
    const { servers, waiting } = await course(engine, 420, day(busy));
    expect(Math.max(...servers.slice(0, 60))).toBe(1);
    // For the last hour of the load nobody waits, and there are not many more servers than it takes.
    expect(Math.max(...waiting.slice(180, 240))).toBe(0);
    expect(servers[239]).toBeGreaterThanOrEqual(busy);
    expect(servers[239]).toBeLessThanOrEqual(Math.ceil(busy / 0.8) + 1);
    expect(servers.at(-1)).toBe(1);
    // None goes before twenty minutes of calm, and then one in five minutes.
    expect(Math.min(...servers.slice(240, 259))).toBe(servers[239]);
    const losses = servers.slice(1).map((it, at) => (servers[at] ?? it) - it);
    expect(Math.max(...losses)).toBe(1);
    const lost = losses.flatMap((it, at) => (it > 0 ? [at] : []));
    expect(Math.min(...lost.slice(1).map((it, at) => it - (lost[at] ?? it)))).toBeGreaterThanOrEqual(5);
  });

  it("stay as they are under a load that comes and goes within their start", async () => {
    const { servers } = await course(engine, 360, (minute) => capacity * (minute % 10 < 5 ? 3 : 0.2));
    const settled = servers.slice(120);
    expect(new Set(settled).size).toBe(1);
  });

  it("are never fewer or more than said, whatever comes", async () => {
    const load = fc.array(fc.double({ min: 0, max: 12, noNaN: true }), { minLength: 4, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(load, async (rates) => {
        const { servers } = await course(
          engine,
          rates.length * 10,
          (minute) => capacity * (rates[Math.floor(minute / 10)] ?? 0),
          {
            minReplicas: 2,
            maxReplicas: 5,
          },
        );
        expect(Math.min(...servers)).toBeGreaterThanOrEqual(2);
        expect(Math.max(...servers)).toBeLessThanOrEqual(5);
      }),
      { numRuns: 10 },
    );
  });

  it("come by the clock, more of them by load, and go when both are over", async () => {
    const schedule = { timezone: "Europe/Berlin", start: "0 7 * * 1-5", end: "0 20 * * 1-5", replicas: 2 };
    const on = (minute: number): boolean => minute >= 60 && minute < 240;
    // The first requests find the servers of the morning ready.
    const load = (minute: number): number => (minute < 75 || minute >= 240 ? 0 : minute < 120 ? 0.5 : 4);
    const { servers } = await course(engine, 420, (minute) => capacity * load(minute), {
      minReplicas: 0,
      schedule,
      clock: on,
    });
    expect(Math.max(...servers.slice(0, 60))).toBe(0);
    expect(new Set(servers.slice(61, 119))).toEqual(new Set([2]));
    expect(servers[239]).toBeGreaterThanOrEqual(4);
    expect(servers.at(-1)).toBe(0);
  });
});

it("would swing if what waits were all that servers are asked", async () => {
  const alone = (spec: ScaledObjectSpec): ScaledObjectSpec => ({ ...spec, triggers: spec.triggers.slice(0, 1) });
  const { servers, waiting } = await course("vllm", 420, day(2), {}, alone);
  expect(new Set(servers.slice(120, 240)).size).toBeGreaterThan(4);
  expect(Math.max(...waiting.slice(180, 240))).toBeGreaterThan(100);
});
