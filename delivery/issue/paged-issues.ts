import { read, text } from "../../core/property-tree";
import { isList } from "../../core/property-value";
import { askForge, forgeRefusal, type ForgeRequest } from "../forge/ask-forge";
import { type ForgeSelf, idOf, myId } from "../forge/my-id";
import type { IssueContent, Issues } from "./keep-issue";

/** Issues of one page: more is not given at once by GitHub and GitLab. */
export const issuesPerPage = 100;
/** Pages of open issues that are looked through. */
const mostPages = 50;

/** Issues that a forge lists by pages, as GitHub and GitLab do. */
export interface PagedIssues extends ForgeSelf {
  /** Address of a page of open issues, from 1. */
  readonly list: (page: number) => string;
  /** Where an issue has its number, its author and its text. */
  readonly at: { readonly number: string; readonly author: string; readonly text: string };
  readonly make: (content: IssueContent) => ForgeRequest;
  readonly update: (number: string, content: IssueContent) => ForgeRequest;
  readonly close: (number: string, content: IssueContent) => ForgeRequest;
}

/** Issues by the API of such a forge. */
export function pagedIssues(forge: PagedIssues): Issues {
  return {
    find: ({ mark }) => ownIssue(forge, mark),
    make: async (content) => {
      await askForge(forge, forge.make(content));
    },
    update: async (number, content) => {
      await askForge(forge, forge.update(number, content));
    },
    close: async (number, content) => {
      await askForge(forge, forge.close(number, content));
    },
  };
}

async function ownIssue(forge: PagedIssues, mark: string): Promise<string | undefined> {
  const me = await myId(forge);
  for (let page = 1; page <= mostPages; page++) {
    const request = { url: forge.list(page) };
    const issues = await askForge(forge, request);
    if (!isList(issues)) throw forgeRefusal(forge, request, "was answered with what is no list of issues");
    const own = issues.find(
      (it) => idOf(read(it, forge.at.author)) === me && text(it, forge.at.text)?.startsWith(mark) === true,
    );
    if (own !== undefined) return idOf(read(own, forge.at.number));
    if (issues.length < issuesPerPage) return undefined;
  }
  // To make another one each night would be worse than to say so.
  const rule = `was answered with more than ${mostPages * issuesPerPage} open issues: ours was not among the newest`;
  throw forgeRefusal(forge, { url: forge.list(mostPages) }, rule, "Close what is done");
}
