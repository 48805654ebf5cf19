import type { Value } from "../core/property-value";

/** A request that changes nothing. */
export interface Question {
  readonly method: "GET" | "POST";
  /** Path below Azure Resource Manager, which begins with `/subscriptions/` or is that of a provider. */
  readonly path: string;
  readonly apiVersion: string;
  readonly query: Readonly<Record<string, string>>;
  /** What a POST says, null for a GET. */
  readonly body: Value | null;
  /** The right that it takes, as a role definition names it. */
  readonly right: string;
  /** What an answer has that can be read, by its path: without it an empty list would be good news. Null: it may be empty. */
  readonly has: string | null;
}

/** What Azure said. */
export type Answer =
  | { readonly kind: "found"; readonly body: Value }
  /** It says that there is no such thing. */
  | { readonly kind: "absent" }
  /** It understood the question and says no. */
  | { readonly kind: "refused"; readonly code: string; readonly message: string; readonly body: Value }
  | Unanswered;

/** Nobody can say. */
export interface Unanswered {
  readonly kind: "unanswered";
  /** HTTP status, null where nothing came back. */
  readonly status: number | null;
  /** Why, in words that follow `could not be asked:`. */
  readonly because: string;
  readonly remedy: string;
}

/** Asks Azure. */
export type Ask = (question: Question) => Promise<Answer>;

/** A question that reads. */
export function get(
  path: string,
  { query = {}, ...more }: Pick<Question, "apiVersion" | "right" | "has"> & { readonly query?: Question["query"] },
): Question {
  return { method: "GET", path, query, body: null, ...more };
}

/** Actions that answer and change nothing, although they are sent as a POST. Nothing else is ever sent so. */
export const readingActions = [
  "checkNameAvailability",
  "checkPolicyRestrictions",
  "getRequiredAmlFSSubnetsSize",
  "checkAmlFSSubnets",
] as const;

/** A question that says what it asks about. */
export function post(
  path: string,
  question: Pick<Question, "apiVersion" | "right" | "has"> & { readonly body: Value },
): Question {
  const action = path.split("/").at(-1) ?? "";
  if (!readingActions.some((it) => it === action)) throw new Error(`${action} may change something`);
  return { method: "POST", path, query: {}, ...question };
}

/** The finding for what could not be asked. An answer of another kind than a check can read is one, too. */
export function unanswered(
  subject: string,
  need: string,
  answer: Answer,
): {
  readonly subject: string;
  readonly need: string;
  readonly have: string;
  readonly verdict: "unknown";
  readonly remedy: string;
} {
  const { because, remedy } = asUnanswered(answer);
  return { subject, need, have: `could not be asked: ${because}`, verdict: "unknown", remedy };
}

/** Why an answer says nothing. */
export function asUnanswered(answer: Answer): Unanswered {
  if (answer.kind === "unanswered") return answer;
  const because = {
    found: "the answer has another form than the one that is published",
    absent: "Azure has nothing at that address",
    refused: answer.kind === "refused" ? `${answer.code}: ${answer.message}` : "",
  }[answer.kind];
  return { kind: "unanswered", status: null, because, remedy: "Run it again, and report it if it stays" };
}
