/** What an issue says, and whether it is to be open. */
export interface IssueContent {
  readonly environment: string;
  /** What `text` begins with, and the text of no other environment: by it the next run finds its issue. */
  readonly mark: string;
  /** Markdown. */
  readonly text: string;
  /** Whether somebody has to look at it. */
  readonly open: boolean;
}

/** Issues of a forge. */
export interface Issues {
  /** Number of our own open issue of the same environment. */
  readonly find: (content: IssueContent) => Promise<string | undefined>;
  readonly make: (content: IssueContent) => Promise<void>;
  readonly update: (number: string, content: IssueContent) => Promise<void>;
  /** Closes it with the report that has nothing left to look at. */
  readonly close: (number: string, content: IssueContent) => Promise<void>;
}

/** The title by which people, and Azure DevOps, know it. */
export function issueTitle(environment: string): string {
  return `Drift of ${environment}`;
}

/**
 * Keeps the one issue of an environment: opened for what somebody has to look at, brought up to date while that lasts, closed when it is over.
 * @throws MisconfiguredError that says what the forge did not let us
 */
export async function keepIssue(
  issues: Issues,
  content: IssueContent,
): Promise<"made" | "updated" | "closed" | "not needed"> {
  const number = await issues.find(content);
  if (number === undefined) {
    if (!content.open) return "not needed";
    await issues.make(content);
    return "made";
  }
  if (content.open) await issues.update(number, content);
  else await issues.close(number, content);
  return content.open ? "updated" : "closed";
}
