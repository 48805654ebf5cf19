import { z } from "zod";
import { MisconfiguredError, show } from "../core/problems";

/** The version whose filters tell cases apart, and the only one that is written down in full. */
const apiVersion = "2023-01-01-preview";

/** An item of the list, as far as it is read. */
const item = z.object({
  currencyCode: z.string(),
  tierMinimumUnits: z.number(),
  retailPrice: z.number(),
  armRegionName: z.string(),
  meterId: z.string(),
  meterName: z.string(),
  productName: z.string(),
  skuName: z.string(),
  serviceName: z.string(),
  unitOfMeasure: z.string(),
  type: z.string(),
  armSkuName: z.string().optional(),
  reservationTerm: z.string().optional(),
});
export type ListItem = z.output<typeof item>;

const page = z.object({
  BillingCurrency: z.string(),
  Items: z.array(item),
  NextPageLink: z.string().nullish(),
  Count: z.number(),
});

/** How long one answer may take. */
const secondsToAnswer = 60;
/** How often a page is asked for before it counts as not to be had. */
const attempts = 6;
/** Most pages of one answer: a hundred items each, and a region has some ten thousand machines. */
const mostPages = 2000;

/** What happens meanwhile, for who waits. */
export type Progress = (text: string) => void;

/**
 * Reads all items that a filter lets pass, page by page.
 * @param url Where the list is.
 * @param filter As OData writes it.
 * @throws MisconfiguredError for whatever is no whole list in USD
 */
export async function readList(url: string, filter: string, progress: Progress): Promise<ListItem[]> {
  const first = new URL(url);
  first.searchParams.set("api-version", apiVersion);
  first.searchParams.set("currencyCode", "USD");
  first.searchParams.set("$filter", filter);
  const items: ListItem[] = [];
  const seen = new Set<string>();
  for (let link: URL | undefined = first; link !== undefined;) {
    if (seen.has(link.href) || seen.size === mostPages) throw broken(link, "must end: a page leads back to one before");
    seen.add(link.href);
    progress(`${filter}: page ${seen.size}, ${items.length} items`);
    const { Items, NextPageLink } = await readPage(link, progress);
    items.push(...Items);
    link = NextPageLink == null || NextPageLink === "" ? undefined : nextOf(link, NextPageLink);
  }
  return items;
}

/** Only a page of the same list follows: a list that leads elsewhere is none. */
function nextOf(link: URL, next: string): URL {
  const following = URL.canParse(next, link.href) ? new URL(next, link.href) : undefined;
  if (following?.origin !== link.origin) throw broken(link, "must lead on to itself", next);
  return following;
}

async function readPage(link: URL, progress: Progress): Promise<z.output<typeof page>> {
  const text = await answerOf(link, progress);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw broken(link, "must be whole JSON: it breaks off, or is none");
  }
  const parsed = page.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw broken(link, `must have the form of a page: ${issue?.path.join(".") ?? ""} ${issue?.message ?? ""}`);
  }
  const { BillingCurrency, Items, Count } = parsed.data;
  const foreign = Items.find((it) => it.currencyCode !== "USD");
  if (BillingCurrency !== "USD" || foreign !== undefined) {
    throw broken(link, "must be in USD", foreign?.currencyCode ?? BillingCurrency);
  }
  if (Count !== Items.length) throw broken(link, `must have the ${Count} items that it speaks of`, Items.length);
  return parsed.data;
}

async function answerOf(link: URL, progress: Progress): Promise<string> {
  for (let attempt = 1; ; attempt++) {
    const answer = await ask(link);
    if (answer.status === 200) return answer.text;
    const again = answer.status === 429 || answer.status >= 500 || answer.status === 0;
    if (!again || attempt === attempts) throw broken(link, "must answer", answer.text, answer.status);
    const seconds = answer.retryAfter ?? 2 ** attempt;
    progress(`${answer.status === 429 ? "the list is busy" : "no answer"}: again in ${seconds} s`);
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  }
}

interface Answer {
  /** Of HTTP; 0 where none came. */
  readonly status: number;
  readonly text: string;
  /** Seconds that it asks to wait. */
  readonly retryAfter: number | undefined;
}

async function ask(link: URL): Promise<Answer> {
  try {
    // Where the list leads elsewhere is told, not followed: the next answer would be of a place that nobody named.
    const response = await fetch(link, { signal: AbortSignal.timeout(secondsToAnswer * 1000), redirect: "manual" });
    const text = response.headers.get("location") ?? (await response.text());
    return { status: response.status, text, retryAfter: secondsOf(response.headers.get("retry-after")) };
  } catch (error) {
    const reason = error instanceof Error ? (error.cause instanceof Error ? error.cause.message : error.message) : "";
    return { status: 0, text: reason, retryAfter: undefined };
  }
}

/** Seconds of the header, which may be a date. */
function secondsOf(header: string | null): number | undefined {
  if (header === null || header.trim() === "") return undefined;
  const seconds = Number(header);
  const until = Number.isFinite(seconds) ? seconds : (Date.parse(header) - Date.now()) / 1000;
  return Number.isFinite(until) ? Math.min(300, Math.max(0, until)) : undefined;
}

function broken(link: URL, rule: string, got?: unknown, status?: number): MisconfiguredError {
  const said = got === undefined || got === "" ? {} : { got: show(got) };
  return new MisconfiguredError("The price list", [
    {
      path: `${link.origin}${link.pathname}`,
      rule: status === undefined || status === 0 ? rule : `${rule}: its status is ${status}`,
      ...said,
      remedy: "Nothing was written. Try again later, or read another list with --url",
    },
  ]);
}
