import { text, list } from "../core/property-tree";
import { asUnanswered, type Ask, get } from "../preflight/question";

/** Something that somebody did to a resource, as the Activity Log has it. */
export interface Act {
  /** ISO time. */
  readonly when: string;
  readonly operation: string;
  /** A person's name in part, an application's ID whole; null where Azure names nobody. */
  readonly caller: string | null;
}

/** Whether the Activity Log was asked. */
export type Asked = { readonly answered: true } | { readonly answered: false; readonly because: string };

/** Who did what. */
export interface WhoDid {
  /** By ARM ID in lowercase. */
  readonly acts: ReadonlyMap<string, readonly Act[]>;
  readonly asked: Asked;
}

/**
 * Stable version of the Activity Log, and how long it keeps what happened.
 * Source: Azure/azure-rest-api-specs:specification/monitor (2015-04-01, activityLogs_API.json);
 * https://learn.microsoft.com/azure/azure-monitor/platform/activity-log (90 days)
 */
const apiVersion = "2015-04-01";
const keptDays = 90;
/** Resources that are asked about: more of them are one accident, and each takes a question. */
const mostAsked = 40;
/** Acts that are told of one resource. */
const mostActs = 3;

/**
 * Asks who wrote resources, since the last update.
 * @param resources Their IDs at their providers: only Azure is asked.
 * @param names Whether people are named whole. What they are called is theirs: a report may be read by anybody.
 */
export async function askWho(
  resources: readonly string[],
  { since, now, names }: { readonly since: string | null; readonly now: Date; readonly names: boolean },
  ask: Ask,
): Promise<WhoDid> {
  const ids = [...new Set(resources.filter((id) => id.startsWith("/subscriptions/")).map((id) => id.toLowerCase()))];
  const oldest = new Date(now.getTime() - keptDays * 86_400_000).toISOString();
  const from = since !== null && since > oldest ? since : oldest;
  const answers = await Promise.all(
    ids.slice(0, mostAsked).map(async (id) => [id, await ask(question(id, from))] as const),
  );
  const failed = answers.find(([, answer]) => answer.kind !== "found")?.[1];
  const because = failed === undefined ? leftOut(ids.length) : asUnanswered(failed).because;
  return {
    acts: new Map(
      answers.map(([id, answer]) => [id, answer.kind === "found" ? actsIn(list(answer.body, "value"), names) : []]),
    ),
    asked: because === undefined ? { answered: true } : { answered: false, because },
  };
}

function leftOut(resources: number): string | undefined {
  return resources > mostAsked ? `of ${resources} resources the first ${mostAsked} were asked about` : undefined;
}

/** Each subscription has a log of its own. */
function question(id: string, from: string): ReturnType<typeof get> {
  const subscription = id.split("/").slice(0, 3).join("/");
  return get(`${subscription}/providers/Microsoft.Insights/eventtypes/management/values`, {
    apiVersion,
    // What stands in a filter is a text in quotes, in which a quote is written twice.
    query: {
      $filter: `eventTimestamp ge '${from}' and resourceUri eq '${id.replaceAll("'", "''")}'`,
      $select: "caller,eventTimestamp,operationName,status,resourceId",
    },
    right: "Microsoft.Insights/eventtypes/values/Read",
    has: "value",
  });
}

/** What was done and came to an end, newest first, each once. */
function actsIn(events: readonly unknown[], names: boolean): Act[] {
  const acts = events
    .filter((it) => text(it, "status.value") === "Succeeded")
    .flatMap((it) => {
      const [when, operation] = [text(it, "eventTimestamp"), text(it, "operationName.value")];
      if (when === undefined || operation === undefined || !/\/(write|delete|action)$/i.test(operation)) return [];
      return [{ when, operation, caller: callerText(text(it, "caller"), names) }];
    })
    .sort((a, b) => (a.when > b.when ? -1 : 1));
  const seen = new Set<string>();
  const once = acts.filter(({ operation, caller }) => {
    const key = `${operation} ${caller ?? ""}`;
    return !seen.has(key) && seen.add(key);
  });
  return once.slice(0, mostActs);
}

/** An application by its ID; of a person the first letter and the organisation, unless names are asked for. */
function callerText(caller: string | undefined, names: boolean): string | null {
  if (caller === undefined || caller === "") return null;
  const at = caller.lastIndexOf("@");
  const plain = caller.replace(/[^\x20-\x7e]/g, "?").slice(0, 120);
  return at === -1 || names ? plain : `${plain.slice(0, 1)}***${plain.slice(at)}`;
}
