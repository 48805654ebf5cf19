import { z } from "zod";
import type { PodMessages, Reading } from "./check";
import { nothing } from "./read-section";

/** What fio does with a volume. */
export type FioWay = "read" | "write";

/** How much fio does at once, and over how much of the volume. */
export interface FioLoad {
  readonly jobs: number;
  readonly gibPerJob: number;
}

/**
 * Large reads or writes of a volume that is mounted at `/target`, past the page cache, for a minute; its files are gone at the end. A
 * message has room for 4096 bytes: what fio says of all jobs together, without white space and percentiles.
 */
export function fioScript(way: FioWay, { jobs, gibPerJob }: FioLoad): string {
  return `fio --name=verify --directory=/target --rw=${way} --bs=1M --size=${gibPerJob}G --numjobs=${jobs} --iodepth=32 --ioengine=libaio --direct=1 \\
  --time_based --runtime=60 --unlink=1 --group_reporting --clat_percentiles=0 --lat_percentiles=0 \\
  --output-format=json --output=/tmp/result || exit
tr -d ' \\t\\n' < /tmp/result > /dev/termination-log
`;
}

/** What fio reports of a way. Source: axboe/fio:HOWTO.rst, JSON output (3.33 and 3.42) */
const ways = z.object({ io_bytes: z.number(), bw_bytes: z.number(), runtime: z.number() });
const report = z.object({ jobs: z.tuple([z.object({ error: z.number(), read: ways, write: ways })]) });

/** Reads the report of fio in GB/s. */
export function readFio(pod: PodMessages | undefined, way: FioWay): Reading {
  const message = pod?.["main"] ?? "";
  const found = parse(message.slice(Math.max(0, message.indexOf("{"))));
  if (found === undefined) return nothing("what its pod wrote is no whole report of fio");
  const [{ error, [way]: rate }] = found.jobs;
  if (error !== 0) return nothing(`fio met error ${error}`);
  // Without a byte moved there is nothing that was measured.
  if (rate.io_bytes === 0 || rate.runtime === 0) return nothing(`fio reports no ${way}s`);
  return {
    kind: "measured",
    // To the MB/s, in which disks of Azure are sold.
    value: Math.round(rate.bw_bytes / 1e6) / 1000,
    detail: `${Math.round(rate.io_bytes / 1e9)} GB in ${Math.round(rate.runtime / 1000)} s`,
  };
}

function parse(text: string): z.output<typeof report> | undefined {
  try {
    return report.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
