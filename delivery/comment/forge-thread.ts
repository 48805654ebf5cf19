import { MisconfiguredError, type Problem } from "../../core/problems";
import type { ForgeSelf } from "../forge/my-id";
import { type Env, forgeVariables, isSet } from "../forge/forge-variables";

/** A pull request as the API of its forge has it. */
export interface ForgeThread extends ForgeSelf {
  /** Where a comment says who wrote it. */
  readonly authorAt: string;
  /** Page of the list of comments, from 1. */
  readonly list: (page: number) => string;
  /** Whether the list has pages. */
  readonly paged: boolean;
  readonly create: { readonly url: string; readonly body: (text: string) => object };
  readonly update: (ids: readonly (number | string)[]) => {
    readonly url: string;
    readonly method: "PATCH" | "PUT";
    readonly body: (text: string) => object;
  };
}

const what = "The comment";
const about = { what, why: "a run of a pull request" };

/** Comments of one page: more is not given at once by GitHub and GitLab. */
export const commentsPerPage = 100;

/**
 * The pull request that this run is about, by the variables that each forge sets.
 *
 * Sources (2026-12-02). GitHub: docs.github.com "REST API endpoints for issue comments", "Variables reference". The token of a job is one of an
 * installation, which GET /user refuses; `viewer` of GraphQL takes it and says `github-actions[bot]`, as the REST API calls the author:
 * fullsend-ai/fullsend#1953, marocchino/sticky-pull-request-comment:src/comment.ts. That an author is a `Bot` says less: there are others.
 * Azure DevOps: MicrosoftDocs/vsts-rest-api-specs:specification/git/7.1/git.json (threads and comments); learn.microsoft.com "Use predefined
 * variables"; `connectionData` stands in no reference that was found.
 * GitLab: gitlabhq/gitlabhq:doc/api/notes.md, doc/ci/variables/predefined_variables.md; doc/ci/jobs/ci_job_token.md gives the token of a job
 * the right to read notes and none to write them, so GITLAB_TOKEN is one of a project, with the scope api, whose own user writes
 * (doc/user/project/settings/project_access_tokens.md).
 * @throws MisconfiguredError where no forge runs this, or a variable of it is missing
 */
export function forgeThread(env: Env): ForgeThread {
  if (isSet(env, "GITHUB_ACTIONS")) {
    const [api, graphql, repository, ref, token] = forgeVariables(
      about,
      env,
      ...["GITHUB_API_URL", "GITHUB_GRAPHQL_URL", "GITHUB_REPOSITORY", "GITHUB_REF", "GITHUB_TOKEN"],
    );
    const number = /^refs\/pull\/(\d+)\//.exec(ref)?.[1];
    if (number === undefined)
      throw wrong([{ path: "GITHUB_REF", rule: "must be of a pull request: refs/pull/NUMBER/merge" }]);
    const repo = `${api}/repos/${repository}`;
    return {
      ...{ forge: "GitHub", what },
      right: "Give the job pull-requests: write; runs of forks never have it",
      headers: {
        authorization: `Bearer ${token}`,
        accept: "application/vnd.github+json",
        "x-github-api-version": "2022-11-28",
      },
      whoAmI: { url: graphql, body: { query: "query { viewer { login } }" }, at: "data.viewer.login" },
      authorAt: "user.login",
      list: (page) => `${repo}/issues/${number}/comments?per_page=${commentsPerPage}&page=${page}`,
      paged: true,
      create: { url: `${repo}/issues/${number}/comments`, body: (body) => ({ body }) },
      update: ([id]) => ({ url: `${repo}/issues/comments/${id ?? ""}`, method: "PATCH", body: (body) => ({ body }) }),
    };
  }
  if (isSet(env, "TF_BUILD")) {
    const [collection, project, repository, number, token] = forgeVariables(
      about,
      env,
      ...["SYSTEM_COLLECTIONURI", "SYSTEM_TEAMPROJECT", "BUILD_REPOSITORY_ID"],
      ...["SYSTEM_PULLREQUEST_PULLREQUESTID", "SYSTEM_ACCESSTOKEN"],
    );
    const root = collection.replace(/\/$/, "");
    const threads = `${root}/${encodeURIComponent(project)}/_apis/git/repositories/${encodeURIComponent(repository)}/pullRequests/${encodeURIComponent(number)}/threads`;
    const version = "?api-version=7.1";
    return {
      ...{ forge: "Azure DevOps", what },
      right: "Let the build service contribute to pull requests, and map System.AccessToken",
      headers: { authorization: `Bearer ${token}` },
      whoAmI: { url: `${root}/_apis/connectionData`, at: "authenticatedUser.id" },
      authorAt: "author.id",
      list: () => `${threads}${version}`,
      paged: false,
      // Closed: a thread that is active may hold the pull request up.
      create: {
        url: `${threads}${version}`,
        body: (content) => ({ comments: [{ parentCommentId: 0, content, commentType: "text" }], status: "closed" }),
      },
      update: ([thread, comment]) => ({
        url: `${threads}/${thread ?? ""}/comments/${comment ?? ""}${version}`,
        method: "PATCH",
        body: (content) => ({ content }),
      }),
    };
  }
  if (isSet(env, "GITLAB_CI")) {
    const [api, project, number, token] = forgeVariables(
      about,
      env,
      ...["CI_API_V4_URL", "CI_MERGE_REQUEST_PROJECT_ID", "CI_MERGE_REQUEST_IID", "GITLAB_TOKEN"],
    );
    const notes = `${api}/projects/${encodeURIComponent(project)}/merge_requests/${encodeURIComponent(number)}/notes`;
    return {
      ...{ forge: "GitLab", what },
      right: "Give GITLAB_TOKEN the scope api and the role Reporter",
      headers: { "private-token": token },
      whoAmI: { url: `${api}/user`, at: "id" },
      authorAt: "author.id",
      list: (page) => `${notes}?per_page=${commentsPerPage}&page=${page}`,
      paged: true,
      create: { url: notes, body: (body) => ({ body }) },
      update: ([id]) => ({ url: `${notes}/${id ?? ""}`, method: "PUT", body: (body) => ({ body }) }),
    };
  }
  throw wrong([
    {
      path: "--post",
      rule: "must run in a pipeline of GitHub, Azure DevOps or GitLab: none of GITHUB_ACTIONS, TF_BUILD, GITLAB_CI is set",
      remedy: "Leave --post out, and the comment is printed",
    },
  ]);
}

function wrong(problems: readonly Problem[]): MisconfiguredError {
  return new MisconfiguredError(what, problems);
}
