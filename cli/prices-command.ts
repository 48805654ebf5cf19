import path from "node:path";
import { meters } from "../catalog/prices/meters";
import { meterPrices } from "../catalog/prices/meter-price";
import { vmPrices } from "../catalog/prices/vm-prices";
import { findRegion, normaliseRegion, regions } from "../catalog/regions";
import { closestHint } from "../core/closest-names";
import { Problems } from "../core/problems";
import { stackFilesOf } from "../stacks/find-stack-file";
import { readStackFile } from "../stacks/stack-file";
import { priceFiles, type Prices, writeAll } from "./prices-files";
import { type Progress, readList } from "./prices-list";
import { type ReadRegion, refreshPrices } from "./prices-refresh";
import { renderChanges } from "./prices-render";
import { showSteps } from "./terminal";

/** The options as they were given. */
export interface PricesOptions {
  readonly region?: readonly string[] | undefined;
  readonly "dry-run": boolean;
  readonly json: boolean;
  readonly url: string;
}

/** What a refresh is told. */
export interface PricesArguments {
  readonly regions: readonly string[];
  readonly dryRun: boolean;
  readonly json: boolean;
  readonly url: string;
}

/** Reads the prices of the catalogue anew and prints what changed. Returns the exit code. */
export async function pricesCommand(options: PricesOptions): Promise<number> {
  const command = checked(options);
  const { tell, done } = showSteps();
  try {
    const folder = path.join(__dirname, "..", "catalog", "prices");
    const today = new Date().toISOString().slice(0, 10);
    const printed = await refresh(command, { meters: meterPrices, sizes: vmPrices }, folder, today, tell);
    done();
    process.stdout.write(printed);
    return 0;
  } finally {
    done();
  }
}

/**
 * Reads regions of a list, writes the files of prices into a folder and returns what is printed of it.
 * @param today ISO date that the prices are of.
 * @throws MisconfiguredError for a list that cannot be used: then nothing was written
 */
export async function refresh(
  { regions: wanted, dryRun, json, url }: PricesArguments,
  before: Prices,
  folder: string,
  today: string,
  progress: Progress,
): Promise<string> {
  const read: ReadRegion[] = [];
  // One after the other: the list answers whoever asks much at once with 429.
  for (const region of [...wanted, "Global"]) read.push({ region, items: await itemsOf(url, region, progress) });
  const { prices, changes } = refreshPrices(before, read, { asOf: today, source: `${url} (${today})` });
  if (!dryRun) writeAll(folder, priceFiles(prices));
  return json ? `${JSON.stringify(changes, null, 2)}\n` : renderChanges(changes, dryRun);
}

/** Everything of a region that some meter or size may be: a query for each service. */
async function itemsOf(url: string, region: string, progress: Progress): Promise<ReadRegion["items"]> {
  const services = [...new Set(meters.map((it) => it.list.serviceName))].sort();
  const machines = region === "Global" ? [] : ["Consumption", "Reservation"].map((type) => ["Virtual Machines", type]);
  const items: ReadRegion["items"][number][] = [];
  for (const [service = "", type = ""] of [...services.map((it) => [it, "Consumption"]), ...machines]) {
    const filter = `serviceName eq '${service}' and armRegionName eq '${region}' and priceType eq '${type}'`;
    items.push(...(await readList(url, filter, progress)));
  }
  return items;
}

function checked(values: PricesOptions): PricesArguments {
  const problems = new Problems();
  const given = (values.region ?? []).map(normaliseRegion);
  given.forEach((region, at) => {
    problems.require(findRegion(region) !== undefined, "--region", "must be a region that the catalogue knows", {
      got: values.region?.[at],
      remedy: closestHint(region, [...regions.keys()], "For example eastus"),
    });
  });
  problems.require(URL.canParse(values.url) && /^https?:/.test(values.url), "--url", "must be the address of a list", {
    got: values.url,
  });
  problems.throwIfAny("The command");
  return {
    regions: [...new Set(given.length > 0 ? given : regionsOfStacks())],
    dryRun: values["dry-run"],
    json: values.json,
    url: values.url,
  };
}

/** Where the environments of this repository are. */
function regionsOfStacks(): string[] {
  const files = stackFilesOf(path.join(__dirname, ".."));
  const named = files.map((file) => normaliseRegion(readStackFile(file).values["azure-native:location"] ?? ""));
  return named.filter((it) => it !== "").sort();
}
