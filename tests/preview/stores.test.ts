import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { parse, stringify } from "yaml";
import { nidLists } from "../../components/storage/lustre-file-system/nid-lists";
import { overlaps, parseCidr } from "../../core/cidr";
import { storeKinds, storeUses } from "../../catalog/store-kinds";
import { preview } from "../../preview/preview";
import { renderText } from "../../preview/render-text";
import { storeLines } from "../../preview/store-lines";
import type { PricedStore } from "../../preview/summary/storage";
import type { StorePrice } from "../../preview/summary/store-price";
import { servedUses } from "../../preview/summary/store-uses";
import { plainStacks, today } from "../stack-files";

const price: StorePrice = {
  ...{ usdPerMonth: null, usdPerTiBMonth: null, coolUsdPerTiBMonth: null },
  ...{ pricesOf: [], unpriced: [{ what: "capacity", because: "no sourced price" }] },
};
const lustre: PricedStore = {
  ...{ name: "amlfs", kind: "Managed Lustre", sizeTiB: 16, throughputMBps: 4000, zone: null, price },
};
const faster: PricedStore = { ...lustre, name: "amlfs-fast", throughputMBps: 8000 };
const blob: PricedStore = { name: "stdata", kind: "Blob", sizeTiB: null, throughputMBps: null, zone: null, price };
const archive: PricedStore = { ...blob, name: "starchive", kind: "flat Blob" };
const homes: PricedStore = { name: "anf", kind: "NetApp Files", sizeTiB: 4, throughputMBps: 268, zone: null, price };

/** `lustre` for the store that serves a use, `-` for none; behind it what would be better. */
const served = (stores: readonly PricedStore[]): string[] =>
  servedUses(stores).map(
    ({ use, store, missing }) => `${use} ${store?.name ?? "-"}${missing === null ? "" : ` (${missing})`}`,
  );

describe("servedUses", () => {
  it.each<[string, readonly PricedStore[], string[]]>([
    [
      "everything",
      [blob, lustre, archive, homes],
      ["checkpoints amlfs", "dataSets amlfs", "weights stdata", "homes anf"],
    ],
    [
      "Blob alone",
      [blob],
      ["checkpoints stdata (lustre)", "dataSets stdata (lustre)", "weights stdata", "homes - (netapp)"],
    ],
    [
      "an archive alone",
      [archive],
      ["checkpoints - (lustre)", "dataSets starchive (lustre)", "weights starchive (blob)", "homes - (netapp)"],
    ],
    [
      "homes alone, which take checkpoints where nothing faster is there",
      [homes],
      ["checkpoints anf (lustre)", "dataSets - (lustre)", "weights - (blob)", "homes anf"],
    ],
    [
      "two of a kind",
      [lustre, faster],
      ["checkpoints amlfs-fast", "dataSets amlfs-fast", "weights - (blob)", "homes - (netapp)"],
    ],
    [
      "an account that is Lustre's",
      [{ ...blob, kind: "Blob behind Lustre" }],
      ["checkpoints - (lustre)", "dataSets - (lustre)", "weights - (blob)", "homes - (netapp)"],
    ],
  ])("%s", (_, stores, expected) => {
    expect(served(stores)).toEqual(expected);
  });

  it("gives a use to no kind whose row does not say why", () => {
    for (const use of storeUses) {
      for (const kind of storeKinds) {
        const [found] = servedUses([{ ...lustre, kind: kind.name }]).filter((it) => it.use === use);
        expect(found?.store === null, `${kind.section} for ${use}`).toBe(kind.serves[use] === undefined);
      }
    }
  });
});

/** dev with a section of stores of its own, and others in place of its own. */
function devWith(storage: object, environment: object = {}, sections: Readonly<Record<string, object>> = {}): string {
  const { config } = parse(readFileSync(plainStacks.dev, "utf8")) as { config: Record<string, unknown> };
  const file = path.join(mkdtempSync(path.join(tmpdir(), "stores-")), "Pulumi.dev.yaml");
  writeFileSync(
    file,
    stringify({
      config: {
        ...config,
        "azure-gpu-cluster:environment": { ...(config["azure-gpu-cluster:environment"] as object), ...environment },
        "azure-gpu-cluster:storage": storage,
        ...Object.fromEntries(Object.entries(sections).map(([key, it]) => [`azure-gpu-cluster:${key}`, it])),
      },
    }),
  );
  return file;
}

const storesOf = async (storage: object): Promise<string[]> => {
  const text = renderText(await preview(devWith(storage), { today }), (_, it) => it);
  return text.slice(text.indexOf("Stores\n"), text.indexOf("Checkpoints\n")).trim().split("\n");
};

describe("root squash of a whole environment", () => {
  it("trusts the nodes of the cluster, whose driver makes directories as root, and no scale set", async () => {
    const lustre = { zone: "1", holdsTiB: 4, rootSquash: "root-only", trustedRanges: ["10.64.192.4/32"] };
    const { plan, notes } = await preview(devWith({ lustre }), { today });
    const made = plan.resources.filter(({ type }) => type.endsWith(":AmlFilesystem"));
    const subnets = plan.resources.filter(({ type }) => type.endsWith(":Subnet"));
    const rangeOf = (name: string): string =>
      String(subnets.find(({ inputs }) => String(inputs["subnetName"]).endsWith(name))?.inputs["addressPrefix"]);
    const trusted = [rangeOf("nodes"), "10.64.192.4/32"].map((it) => parseCidr(it) ?? { base: 0, prefixLength: 0 });
    expect(made.map(({ inputs }) => inputs["rootSquashSettings"])).toEqual([
      { mode: "RootOnly", squashUID: 65534, squashGID: 65534, noSquashNidLists: nidLists(trusted) },
    ]);
    const bare = parseCidr(rangeOf("scalesets")) ?? { base: 0, prefixLength: 0 };
    expect(trusted.some((it) => overlaps(it, bare))).toBe(false);
    expect(notes.filter((it) => it.startsWith("storage.lustre.rootSquash"))).toEqual([
      "storage.lustre.rootSquash: root of scaleSets.slurm is nobody in /lustre: its users get directories there from a machine in storage.lustre.trustedRanges, or from a node of the cluster",
    ]);
  });

  it("has nothing to say where there is no scale set", async () => {
    const file = devWith({ lustre: { zone: "1", holdsTiB: 4, rootSquash: "root-only" } }, {}, { scaleSets: {} });
    const { notes } = await preview(file, { today });
    expect(notes.filter((it) => it.startsWith("storage.lustre.rootSquash"))).toEqual([]);
  });
});

describe("the preview of stores", () => {
  it("says why a file system is of its size, what less would do, and what serves what", async () => {
    const wish = { zone: "1", holdsTiB: 8, checkpoint: { writeTB: 1, seconds: 120 } };
    expect((await storesOf({ blob: {}, lustre: wish, netapp: { sizeTiB: 4 } })).slice(1)).toEqual([
      "  Managed Lustre amlfs-gpu-dev-eastus: 20 TiB, 10,000 MB/s, 7,654.6 USD a month",
      "    the cheapest for 9.82 TiB and 1 TB in 120 s, which it writes in 100 s: 20 TiB of AMLFS-Durable-Premium-500 for 7,655 USD a month",
      "    the fastest cheaper one: 16 TiB of AMLFS-Durable-Premium-500 for 6,124 USD a month, which takes 125 s",
      "    write tier: AMLFS-Durable-Premium-500 and sizeTiB: 20 beside the wish before up: then a wish that changes later is refused, and makes no new file system without the data of this one",
      expect.stringMatching(/^ {2}Blob stgpudev\w+: bills what is stored$/) as string,
      // Whether its meters have a price here is none of this test's business.
      expect.stringMatching(
        /^ {2}NetApp Files anf-gpu-dev-eastus: 4 TiB, 268 MB\/s, (no sourced price|[\d,.]+ USD a month)$/,
      ) as string,
      "  checkpoints: Managed Lustre, 10,000 MB/s in all, 382.73 USD a TiB and month, bills its whole capacity, by the hour: all nodes write at once, at the throughput that was bought",
      "  data sets: Managed Lustre, 10,000 MB/s in all, 382.73 USD a TiB and month, bills its whole capacity, by the hour: small reads in any order",
      "  weights: Blob, no promised MB/s, 21.5 USD a TiB and month, 10.24 once cool, bills what is stored, and each operation: read once from beginning to end, by each server that starts",
      expect.stringMatching(
        /^ {2}homes: NetApp Files, 268 MB\/s in all, (no sourced price|[\d,.]+ USD a TiB and month), bills its whole pool by the hour, and what backups hold: many small files, and snapshots that people find by themselves$/,
      ) as string,
    ]);
  });

  it("says of a tier alone that it has a price, and of the other that it has none", () => {
    const [line] = storeLines({ stores: [blob], storeUses: [] }, null);
    expect(line).toBe("  Blob stdata: bills what is stored");
    const half = { ...blob, price: { ...price, coolUsdPerTiBMonth: 13.31 } };
    const other = { ...blob, price: { ...price, unpriced: [{ what: "capacity", because: "premium has no meters" }] } };
    const weights = (of: PricedStore): string | undefined =>
      storeLines({ stores: [of], storeUses: servedUses([of]) }, null).find((it) => it.startsWith("  weights"));
    expect(weights(half)).toContain(", no sourced price, 13.31 USD a TiB and month once cool, bills what is stored");
    expect(weights(other)).toContain(", no price (premium has no meters), bills what is stored");
  });

  it("says of what is written whether it is enough, and of a wish without a checkpoint what it holds", async () => {
    const written = {
      zone: "1",
      tier: "AMLFS-Durable-Premium-250",
      sizeTiB: 48,
      checkpoint: { writeTB: 1, seconds: 120 },
    };
    expect((await storesOf({ lustre: written })).slice(2, 4)).toEqual([
      "    enough for 1.82 TiB and 1 TB in 120 s, which it writes in 83.3 s: 48 TiB of AMLFS-Durable-Premium-250 for 12,379 USD a month",
      "    the fastest cheaper one: 32 TiB of AMLFS-Durable-Premium-500 for 12,247 USD a month, which takes 62.5 s",
    ]);
    expect((await storesOf({ lustre: { zone: "1", holdsTiB: 4 } })).slice(2, 4)).toEqual([
      "    the cheapest for 4 TiB: 4 TiB of AMLFS-Durable-Premium-500 for 1,531 USD a month",
      "    nothing cheaper holds as much",
    ]);
  });
});

describe("the notes of stores", () => {
  const notesOf = async (storage: object, environment: object = {}): Promise<string[]> => {
    const { notes } = await preview(devWith(storage, environment), { today });
    return notes.filter((it) => it.startsWith("storage.")).map((it) => it.slice(0, it.indexOf(" ", 60)));
  };
  const wish = { zone: "1", checkpoint: { writeTB: 1, seconds: 120 } };
  const written = { ...wish, tier: "AMLFS-Durable-Premium-500", sizeTiB: 20 };
  const warned = "storage.lustre: it is not protected, and its tier and size follow";

  it("warn of a wish that can take a file system along, and only while it can", async () => {
    expect(await notesOf({ lustre: wish })).toContain(warned);
    expect(await notesOf({ lustre: written })).not.toContain(warned);
    expect(await notesOf({ lustre: wish }, { protect: true })).not.toContain(warned);
  });

  it("say why keys are allowed, what nobody can take back, and whose names owners are", async () => {
    const all = {
      lustre: written,
      blobIntegration: {
        accountKeys: { allowedBecause: "checkpoints are exported" },
        providerObjectId: "77777777-7777-4777-8777-777777777777",
      },
      archive: { immutability: { scope: "versions", days: 30, state: "locked" } },
      netapp: { sizeTiB: 4, protocol: "NFSv4.1" },
    };
    const { notes } = await preview(devWith(all), { today });
    const of = (path: string): string | undefined => notes.find((it) => it.startsWith(`${path}: `));
    expect(of("storage.blobIntegration")).toMatch(/are allowed \(checkpoints are exported\): whoever reads one/);
    expect(of("storage.archive.immutability")).toMatch(
      /^storage.archive.immutability: locked: what is written is kept for 30 days/,
    );
    expect(of("storage.netapp.protocol")).toMatch(/owners are names of a domain/);
    const plain = { ...all, archive: { immutability: { scope: "versions", days: 30 } }, netapp: { sizeTiB: 4 } };
    const fewer = (await preview(devWith(plain), { today })).notes;
    expect(fewer.filter((it) => /^storage\.(archive|netapp)/.test(it))).toEqual([]);
  });
});
