import { MisconfiguredError } from "../../core/problems";
import { type Env, forgeVariables, isSet } from "../forge/forge-variables";
import { azureWorkItems } from "./azure-work-items";
import { type Issues, issueTitle } from "./keep-issue";
import { issuesPerPage, pagedIssues } from "./paged-issues";

const what = "The issue";
const about = { what, why: "every run" };

/**
 * Issues of the repository that this run is of, by the variables that each forge sets.
 *
 * Sources (2026-12-03). GitHub: docs.github.com "REST API endpoints for issues"; who we are as `delivery/comment/forge-thread.ts` says.
 * GitLab: https://docs.gitlab.com/api/issues; the token of a job has no right there, so GITLAB_TOKEN is one of the project, with the scope api.
 * @throws MisconfiguredError where no forge runs this, or a variable of it is missing
 */
export function forgeIssues(env: Env): Issues {
  if (isSet(env, "GITHUB_ACTIONS")) {
    const [api, graphql, repository, token] = forgeVariables(
      about,
      env,
      "GITHUB_API_URL",
      "GITHUB_GRAPHQL_URL",
      "GITHUB_REPOSITORY",
      "GITHUB_TOKEN",
    );
    const issues = `${api}/repos/${repository}/issues`;
    return pagedIssues({
      ...{ forge: "GitHub", what, right: "Give the job issues: write" },
      headers: {
        authorization: `Bearer ${token}`,
        accept: "application/vnd.github+json",
        "x-github-api-version": "2022-11-28",
      },
      whoAmI: { url: graphql, body: { query: "query { viewer { login } }" }, at: "data.viewer.login" },
      at: { number: "number", author: "user.login", text: "body" },
      list: (page) => `${issues}?state=open&per_page=${issuesPerPage}&page=${page}`,
      make: ({ environment, text: body }) => ({
        url: issues,
        method: "POST",
        body: { title: issueTitle(environment), labels: ["drift"], body },
      }),
      update: (number, { text: body }) => ({ url: `${issues}/${number}`, method: "PATCH", body: { body } }),
      close: (number, { text: body }) => ({
        url: `${issues}/${number}`,
        method: "PATCH",
        body: { body, state: "closed", state_reason: "completed" },
      }),
    });
  }
  if (isSet(env, "TF_BUILD")) {
    const [collection, project, token] = forgeVariables(
      about,
      env,
      "SYSTEM_COLLECTIONURI",
      "SYSTEM_TEAMPROJECT",
      "SYSTEM_ACCESSTOKEN",
    );
    const api = {
      ...({ forge: "Azure DevOps", what } as const),
      right: "Let the build service edit work items of the area, and map System.AccessToken",
      headers: { authorization: `Bearer ${token}` },
    };
    return azureWorkItems(api, `${collection.replace(/\/$/, "")}/${encodeURIComponent(project)}`);
  }
  if (isSet(env, "GITLAB_CI")) {
    const [api, project, token] = forgeVariables(about, env, "CI_API_V4_URL", "CI_PROJECT_ID", "GITLAB_TOKEN");
    const issues = `${api}/projects/${encodeURIComponent(project)}/issues`;
    return pagedIssues({
      ...{ forge: "GitLab", what, right: "Give GITLAB_TOKEN the scope api and the role Reporter" },
      headers: { "private-token": token },
      whoAmI: { url: `${api}/user`, at: "id" },
      at: { number: "iid", author: "author.id", text: "description" },
      list: (page) => `${issues}?state=opened&per_page=${issuesPerPage}&page=${page}`,
      make: ({ environment, text: description }) => ({
        url: issues,
        method: "POST",
        body: { title: issueTitle(environment), labels: "drift", description },
      }),
      update: (number, { text: description }) => ({
        url: `${issues}/${number}`,
        method: "PUT",
        body: { description },
      }),
      close: (number, { text: description }) => ({
        url: `${issues}/${number}`,
        method: "PUT",
        body: { description, state_event: "close" },
      }),
    });
  }
  throw new MisconfiguredError(what, [
    {
      path: "REPORT",
      rule: "must be told in a pipeline of GitHub, Azure DevOps or GitLab: none of GITHUB_ACTIONS, TF_BUILD, GITLAB_CI is set",
      remedy: "npm run drift prints the report",
    },
  ]);
}
