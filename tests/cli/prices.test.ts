import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Meter } from "../../catalog/prices/meter";
import { meterPrices } from "../../catalog/prices/meter-price";
import { meters } from "../../catalog/prices/meters";
import { serviceMeters } from "../../catalog/prices/service-meters";
import { type VmPriceTable, vmPrices } from "../../catalog/prices/vm-prices";
import { vmSizes } from "../../catalog/vm-sizes";
import { MisconfiguredError } from "../../core/problems";
import { refresh } from "../../cli/prices-command";
import { priceFiles, type Prices } from "../../cli/prices-files";

/** An item as Microsoft documents it. */
type Item = Readonly<Record<string, unknown>>;

function itemOf(fields: Item): Item {
  return {
    currencyCode: "USD",
    tierMinimumUnits: 0,
    retailPrice: 1,
    unitPrice: fields["retailPrice"] ?? 1,
    armRegionName: "eastus",
    location: "US East",
    effectiveStartDate: "2026-01-01T00:00:00Z",
    meterId: `meter of ${String(fields["meterName"])} ${String(fields["productName"])}`,
    meterName: "",
    productId: "DZH318Z0BQ35",
    skuId: "DZH318Z0BQ35/0001",
    productName: "",
    skuName: "",
    serviceName: "",
    serviceId: "DZH313Z7MMC8",
    serviceFamily: "Compute",
    unitOfMeasure: "1 Hour",
    type: "Consumption",
    isPrimaryMeterRegion: true,
    armSkuName: "",
    ...fields,
  };
}

const machine = (armSkuName: string, retailPrice: number, fields: Item = {}): Item =>
  itemOf({
    ...{ serviceName: "Virtual Machines", productName: "Virtual Machines DDSv5 Series", skuName: armSkuName },
    ...{ meterName: armSkuName, armSkuName, retailPrice, ...fields },
  });

const meterItem = ({ list }: Meter, retailPrice: number, fields: Item = {}): Item =>
  itemOf({ productName: "a product", skuName: "a SKU", ...list, retailPrice, ...fields });

interface Page {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body: string;
}

/** What a page of the list says. */
function page(items: readonly Item[], next: string | null = null, fields: Item = {}): Page {
  const envelope = { BillingCurrency: "USD", CustomerEntityId: "Default", CustomerEntityType: "Retail" };
  return { body: JSON.stringify({ ...envelope, Items: items, NextPageLink: next, Count: items.length, ...fields }) };
}

let server: Server;
let url: string;
let asked: URL[];
let answer: (link: URL, at: number) => Page;
let folder: string;

/** The parts of a filter: who asks for what. */
function wanted(link: URL): Readonly<Record<string, string>> {
  const filter = link.searchParams.get("$filter") ?? "";
  return Object.fromEntries(
    [...filter.matchAll(/(\w+) eq '([^']*)'/g)].map(([, key = "", value = ""]) => [key, value]),
  );
}

/** A whole list: the pages that a filter lets pass of these items. */
function list(...items: readonly Item[]): (link: URL) => Page {
  return (link) => {
    const { serviceName, armRegionName, priceType } = wanted(link);
    const passes = (it: Item): boolean =>
      it["serviceName"] === serviceName && it["armRegionName"] === armRegionName && it["type"] === priceType;
    return page(items.filter(passes));
  };
}

beforeEach(async () => {
  asked = [];
  folder = mkdtempSync(path.join(tmpdir(), "prices-"));
  server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const link = new URL(request.url ?? "", url);
    asked.push(link);
    const { status = 200, headers = {}, body } = answer(link, asked.length);
    response.writeHead(status, { "content-type": "application/json", ...headers }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/retail/prices`;
});
afterEach(async () => {
  await new Promise((resolve) => server.close(resolve));
});

const empty: VmPriceTable = { lists: [], regions: {}, sizes: {} };
const old = { asOf: "2026-01-01", source: "an old list" };
const none = { onDemand: empty, spot: empty, reserved1Year: empty, reserved3Years: empty };
const before: Prices = {
  meters: {
    lists: [old],
    meters: { "nat.hours": { Global: [0.04, 0], westus: [0.05, 0] }, "registry.basic": { eastus: [0.2, 0] } },
  },
  sizes: {
    ...none,
    onDemand: {
      lists: [old],
      regions: { eastus: 0, westus: 0 },
      sizes: { Standard_D8ds_v5: [0.4, 0.5], Standard_D4ds_v5: [0.2, null] },
    },
  },
};

const today = "2026-12-01";
function read(change: Partial<Parameters<typeof refresh>[0]> = {}, from: Prices = before): Promise<string> {
  return refresh(
    { regions: ["eastus"], dryRun: false, json: true, url, ...change },
    from,
    folder,
    today,
    () => undefined,
  );
}
const written = (name: string): Prices["sizes"] & Prices["meters"] =>
  JSON.parse(readFileSync(path.join(folder, name), "utf8")) as Prices["sizes"] & Prices["meters"];

const good = [
  machine("Standard_D8ds_v5", 0.452),
  machine("Standard_D4ds_v5", 0.226),
  machine("Standard_D8ds_v5", 0.9, { productName: "Virtual Machines DDSv5 Series Windows" }),
  machine("Standard_D8ds_v5", 0.1, { skuName: "D8ds v5 Spot", meterName: "D8ds v5 Spot" }),
  machine("Standard_D8ds_v5", 0.05, { skuName: "D8ds v5 Low Priority", meterName: "D8ds v5 Low Priority" }),
  machine("Standard_D8ds_v5", 2336, { type: "Reservation", reservationTerm: "1 Year" }),
  machine("Standard_Nobody_Knows", 5),
  meterItem(serviceMeters.natGateway, 0.045, { armRegionName: "Global" }),
];

describe("npm run prices", () => {
  it("asks for each service of a region by itself, in USD, and for what costs the same everywhere", async () => {
    answer = list(...good);
    await read();
    expect(new Set(asked.map((it) => it.searchParams.get("currencyCode")))).toEqual(new Set(["USD"]));
    expect(new Set(asked.map((it) => it.searchParams.get("api-version")))).toEqual(new Set(["2023-01-01-preview"]));
    const services = new Set(meters.map((it) => it.list.serviceName)).size;
    expect(asked).toHaveLength(2 * services + 2);
    expect(asked.map(wanted)).toContainEqual({
      serviceName: "Virtual Machines",
      armRegionName: "eastus",
      priceType: "Reservation",
    });
  });

  it("tells what changed, and writes prices of today beside those of regions that it did not read", async () => {
    answer = list(...good);
    const changes = JSON.parse(await read()) as { what: string; region: string }[];
    expect(changes.map((it) => Object.values(it))).toEqual([
      ["Standard_D4ds_v5 onDemand", "eastus", 0.2, 0.226, null],
      ["Standard_D8ds_v5 onDemand", "eastus", 0.4, 0.452, null],
      ["Standard_D8ds_v5 reserved1Year", "eastus", null, 2336, null],
      ["Standard_D8ds_v5 spot", "eastus", null, 0.1, null],
      ["nat.hours", "Global", 0.04, 0.045, null],
      ["registry.basic", "eastus", 0.2, null, null],
    ]);
    const now = { asOf: today, source: `${url} (${today})` };
    expect(written("vm-prices.json")).toMatchObject({
      onDemand: {
        lists: [old, now],
        regions: { eastus: 1, westus: 0 },
        sizes: { Standard_D4ds_v5: [0.226, null], Standard_D8ds_v5: [0.452, 0.5] },
      },
      spot: { lists: [now], sizes: { Standard_D8ds_v5: [0.1] } },
      reserved3Years: { lists: [], sizes: {} },
    });
    expect(written("meter-prices.json")).toEqual({
      lists: [old, now],
      meters: { "nat.hours": { Global: [0.045, 1], westus: [0.05, 0] } },
    });
  });

  it("follows pages to the last one", async () => {
    answer = (link) => {
      const { serviceName, priceType } = wanted(link);
      if (serviceName !== "Virtual Machines" || priceType !== "Consumption") return page([]);
      const next = new URL(link);
      next.searchParams.set("$skip", "1");
      return link.searchParams.has("$skip")
        ? page([machine("Standard_D4ds_v5", 0.3)])
        : page([machine("Standard_D8ds_v5", 0.5)], next.href);
    };
    await read();
    expect(written("vm-prices.json").onDemand.sizes).toMatchObject({
      Standard_D4ds_v5: [0.3, null],
      Standard_D8ds_v5: [0.5, 0.5],
    });
  });

  it("writes the same for the same list, and nothing in a dry run", async () => {
    answer = list(...good);
    await read({ dryRun: true });
    expect(readdirSync(folder)).toEqual([]);
    await read();
    const first = readdirSync(folder).map((name) => readFileSync(path.join(folder, name), "utf8"));
    answer = list(...[...good].reverse());
    await read();
    expect(readdirSync(folder).map((name) => readFileSync(path.join(folder, name), "utf8"))).toEqual(first);
    expect(readdirSync(folder).sort()).toEqual(["meter-prices.json", "vm-prices.json"]);
  });

  it("waits as long as a busy list asks, and asks again", async () => {
    answer = (link, at) =>
      at < 3 ? { status: at === 1 ? 429 : 503, headers: { "retry-after": "0" }, body: "busy" } : list(...good)(link);
    await read();
    expect(asked[0]?.href).toBe(asked[2]?.href);
    expect(readdirSync(folder)).toHaveLength(2);
  });

  it("marks what to look at before it is believed", async () => {
    const lowest = vmSizes.get("Standard_D8ds_v5")?.price?.usdPerHour ?? 0;
    answer = list(machine("Standard_D8ds_v5", 2 * lowest), machine("Standard_D4ds_v5", 0.05));
    const changes = JSON.parse(await read()) as { what: string; suspicious: string | null }[];
    expect(changes.filter((it) => it.suspicious !== null).map((it) => [it.what, it.suspicious])).toEqual([
      ["Standard_D4ds_v5 onDemand", "a jump by half or more"],
      ["Standard_D8ds_v5 onDemand", "exactly twice the lowest price of the size: a placeholder?"],
    ]);
    answer = list(machine("Standard_D8ds_v5", 2 * lowest), machine("Standard_D4ds_v5", 0.05));
    const printed = await read({ json: false, dryRun: true });
    expect(printed).toMatch(/^2 prices changed, 0 are new, 2 are gone; nothing is written\.\n/);
    expect(printed).toMatch(/Standard_D4ds_v5 onDemand +eastus +0\.2 +0\.05 +-75\.0 %/);
    expect(printed).toContain("Look at these before you believe them");
  });

  it.each<[string, (link: URL) => Page, RegExp]>([
    ["is no JSON", () => ({ body: "<html>" }), /must be whole JSON/],
    ["breaks off", (link) => ({ body: list(...good)(link).body.slice(0, -30) }), /must be whole JSON: it breaks off/],
    ["has another form", () => ({ body: '{"Items":[]}' }), /must have the form of a page: BillingCurrency/],
    [
      "has items without a price",
      () => page([{ ...good[0], retailPrice: "1" }]),
      /form of a page: Items\.0\.retailPrice/,
    ],
    [
      "speaks of more items than it has",
      () => page([], null, { Count: 100 }),
      /must have the 100 items that it speaks of/,
    ],
    ["is in another currency", () => page([], null, { BillingCurrency: "EUR" }), /must be in USD.*EUR/],
    ["has an item in another currency", () => page([{ ...good[0], currencyCode: "EUR" }]), /must be in USD.*EUR/],
    ["leads in a circle", (link) => page([], link.href), /must end: a page leads back/],
    ["leads elsewhere", () => page([], "https://example.com/prices"), /must lead on to itself.*example\.com/],
    ["says no", () => ({ status: 400, body: "Invalid OData" }), /its status is 400.*Invalid OData/],
    [
      "leads elsewhere by itself",
      () => ({ status: 302, headers: { location: "https://example.com/prices" }, body: "" }),
      /must answer: its status is 302.*example\.com/,
    ],
    ["has no sizes any more", list(), /eastus must have the sizes that the list had before.*0 of 2/],
    [
      "has a size for nothing",
      list(machine("Standard_D8ds_v5", 0), machine("Standard_D4ds_v5", 1)),
      /Standard_D8ds_v5 in eastus, onDemand must have a price above 0.*got 0/,
    ],
    [
      "has a size at two prices",
      list(machine("Standard_D8ds_v5", 1), machine("Standard_D8ds_v5", 2), machine("Standard_D4ds_v5", 1)),
      /Standard_D8ds_v5 in eastus, onDemand must have one price.*1 and 2/,
    ],
    [
      "has a meter for nothing",
      list(...good, meterItem(serviceMeters.natGateway, 0)),
      /nat\.hours in eastus must have a price above 0/,
    ],
    [
      "has two meters that may be meant",
      list(
        ...good,
        meterItem(serviceMeters.natGateway, 1),
        meterItem(serviceMeters.natGateway, 1, { meterId: "another" }),
      ),
      /nat\.hours in eastus must be one meter of the list/,
    ],
  ])("writes nothing of a list that %s", async (_, answers, message) => {
    answer = answers;
    const refused = await read().catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(MisconfiguredError);
    expect(String(refused).replace(/: must/g, " must")).toMatch(message);
    expect(readdirSync(folder)).toEqual([]);
  });

  it("takes the first price above 0 of a meter whose first units are free", async () => {
    const paid = meterItem(serviceMeters.natGateway, 0.9, { tierMinimumUnits: 5 });
    const later = meterItem(serviceMeters.natGateway, 0.7, { tierMinimumUnits: 500 });
    answer = list(...good, later, meterItem(serviceMeters.natGateway, 0), paid);
    await read();
    expect(written("meter-prices.json").meters["nat.hours"]).toMatchObject({ eastus: [0.9, 1] });
  });

  it("changes nothing of the files that are there where every price is what it was", () => {
    const files = priceFiles({ meters: meterPrices, sizes: vmPrices });
    for (const [name, text] of files) {
      expect(readFileSync(path.join(__dirname, "../../catalog/prices", name), "utf8")).toBe(text);
    }
  });
});
