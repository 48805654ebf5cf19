import { commandText } from "../core/command-text";
import { locate, list, text } from "../core/property-tree";
import { isRecord } from "../core/property-value";
import { armVersions } from "./arm-versions";
import type { Check } from "./check";
import { type Finding, missing, ok, warning } from "./line";
import { type Answer, get, type Question, unanswered } from "./question";

/** An image of the marketplace. */
interface MarketImage {
  readonly publisher: string;
  readonly offer: string;
  readonly sku: string;
  readonly version: string;
}

interface Needs {
  readonly subscriptionId: string;
  readonly location: string;
  readonly market: readonly MarketImage[];
  /** IDs of versions in a gallery, and of snapshots of node images. */
  readonly ids: readonly string[];
}

interface Answers {
  readonly market: readonly { readonly version: Answer; readonly others: Answer }[];
  readonly ids: readonly Answer[];
}

/** Images that machines start from: versions of the marketplace and of galleries, snapshots of node images. */
export const images: Check<Needs, Answers> = {
  name: "images",
  needs: ({ subscriptionId, location, resources }) => {
    const references = resources.flatMap(({ inputs }) => imagePaths.flatMap((path) => locate(inputs, path)));
    const market = references.flatMap(({ value }) => marketImage(value) ?? []);
    const ids = [
      ...references.flatMap(({ value }) => text(value, "id") ?? []),
      ...resources
        .flatMap(({ inputs }) => snapshotPaths.flatMap((path) => locate(inputs, path)))
        .map(({ value }) => value),
    ].filter((it): it is string => typeof it === "string");
    if (market.length + ids.length === 0) return null;
    const distinct = new Map(market.map((it) => [urnOf(it), it]));
    return { subscriptionId, location, market: [...distinct.values()], ids: [...new Set(ids)] };
  },
  ask: async ({ subscriptionId, location, market, ids }, ask) => ({
    market: await Promise.all(
      market.map(async (image) => {
        const all = versionsOf(subscriptionId, location, image);
        // The list says what there is instead; only the version itself tells whether it is on its way out.
        const [version, others] = await Promise.all([
          ask(image.version === "latest" ? all : { ...all, path: `${all.path}/${image.version}`, has: "name" }),
          ask(all),
        ]);
        return { version, others };
      }),
    ),
    ids: await Promise.all(ids.map((id) => ask(byId(id)))),
  }),
  judge: ({ location, market, ids }, answers) => [
    ...market.flatMap((it, at) => {
      const answer = answers.market[at];
      return answer === undefined ? [] : [judgeMarket(it, location, answer)];
    }),
    ...ids.flatMap((it, at) => {
      const answer = answers.ids[at];
      return answer === undefined ? [] : [judgeId(it, location, answer)];
    }),
  ],
};

const imagePaths = ["virtualMachineProfile.storageProfile.imageReference", "storageProfile.imageReference"];
const snapshotPaths = ["creationData.sourceResourceId", "agentPoolProfiles[].creationData.sourceResourceId"];

function marketImage(value: unknown): MarketImage | undefined {
  if (!isRecord(value)) return undefined;
  const [publisher, offer, sku, version] = ["publisher", "offer", "sku", "version"].map((it) => text(value, it));
  if (publisher === undefined || offer === undefined || sku === undefined) return undefined;
  return { publisher, offer, sku, version: version ?? "latest" };
}

function urnOf({ publisher, offer, sku, version }: MarketImage): string {
  return [publisher, offer, sku, version].join(":");
}

function versionsOf(subscriptionId: string, location: string, { publisher, offer, sku }: MarketImage): Question {
  return get(
    `/subscriptions/${subscriptionId}/providers/Microsoft.Compute/locations/${location}/publishers/${publisher}/artifacttypes/vmimage/offers/${offer}/skus/${sku}/versions`,
    {
      apiVersion: armVersions.compute,
      right: "Microsoft.Compute/locations/publishers/artifacttypes/offers/skus/versions/read",
      has: "value",
    },
  );
}

function byId(id: string): Question {
  const aks = /\/providers\/Microsoft\.ContainerService\//i.test(id);
  return get(id, {
    apiVersion: aks ? armVersions.containerService : armVersions.compute,
    right: aks ? "Microsoft.ContainerService/snapshots/read" : "Microsoft.Compute/galleries/images/versions/read",
    has: "location",
  });
}

function judgeMarket(
  image: MarketImage,
  location: string,
  { version, others }: { readonly version: Answer; readonly others: Answer },
): Finding {
  const { publisher, offer, sku } = image;
  const subject = urnOf(image);
  const need = `in ${location}`;
  const find = commandText([
    ...["vm", "image", "list", "--all", "--location", location],
    ...["--publisher", publisher, "--offer", offer, "--sku", sku, "--query", "[].version", "--output", "tsv"],
  ]);
  const newest = newestOf(others);
  if (version.kind === "absent")
    return missing(
      subject,
      need,
      newest === null ? "not there" : `not there; newest: ${newest}`,
      `Take a version that is there: ${find}`,
    );
  if (version.kind !== "found") return unanswered(subject, need, version);
  const state = text(version.body, "properties.imageDeprecationStatus.imageState");
  const on = text(version.body, "properties.imageDeprecationStatus.scheduledDeprecationTime")?.slice(0, 10);
  if (state === "Deprecated")
    return missing(
      subject,
      need,
      `withdrawn${newest === null ? "" : `; newest: ${newest}`}`,
      `Take another version: ${find}`,
    );
  if (state === "ScheduledForDeprecation")
    return warning(subject, need, `there until ${on ?? "a day that is not told"}`, `Take a newer version: ${find}`);
  return ok(subject, need, "there");
}

/** The newest version of a list, null where there is none or no answer. */
function newestOf(answer: Answer): string | null {
  if (answer.kind !== "found") return null;
  const names = list(answer.body, "value").flatMap((it) => text(it, "name") ?? []);
  return names.sort((a, b) => a.localeCompare(b, "en", { numeric: true })).at(-1) ?? null;
}

function judgeId(id: string, location: string, answer: Answer): Finding {
  const subject = id.split("/").slice(-3).join("/");
  const need = `in ${location}`;
  if (answer.kind === "absent")
    return missing(subject, need, "not there", `Look for it: ${commandText(["resource", "show", "--ids", id])}`);
  if (answer.kind !== "found") return unanswered(subject, need, answer);
  const regions = [
    text(answer.body, "location"),
    ...list(answer.body, "properties.publishingProfile.targetRegions").map((it) => text(it, "name")),
  ].flatMap((it) => it?.toLowerCase().replaceAll(" ", "") ?? []);
  return regions.includes(location)
    ? ok(subject, need, "there")
    : missing(subject, need, `in ${regions.join(", ")}`, "Copy it to the region, or name one that is there");
}
