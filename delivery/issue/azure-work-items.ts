import { list, read, text } from "../../core/property-tree";
import { askForge, type ForgeApi, forgeRefusal, type ForgeRequest } from "../forge/ask-forge";
import { idOf } from "../forge/my-id";
import { type IssueContent, type Issues, issueTitle } from "./keep-issue";

/** A kind of work item that each of Microsoft's processes has: Basic, Agile, Scrum and CMMI. */
const kind = "Task";
const version = "?api-version=7.1";

/**
 * Work items of a project of Azure DevOps, found by their title and that we made them.
 *
 * Which state means that one is done, the process of the project says. Sources (2026-12-03):
 * MicrosoftDocs/vsts-rest-api-specs:specification/wit/7.1/workItemTracking.json (states, wiql, work items); learn.microsoft.com "Query fields,
 * operators, and macros" (@Me, @project); that `multilineFieldsFormat` makes a description Markdown stands in no reference of version 7.1, and in
 * microsoft/azure-devops-mcp:src/tools/work-items.ts.
 * @param project Address of the project
 */
export function azureWorkItems(api: ForgeApi, project: string): Issues {
  const items = `${project}/_apis/wit/workitems`;
  const states = { url: `${project}/_apis/wit/workitemtypes/${kind}/states${version}` };
  const statesOf = async (...categories: readonly string[]): Promise<string[]> =>
    list(await askForge(api, states), "value")
      .filter((it) => categories.includes(text(it, "category") ?? ""))
      .flatMap((it) => text(it, "name") ?? []);
  return {
    find: async ({ environment }) => {
      const ended = await statesOf("Completed", "Removed");
      const query = [
        `SELECT [System.Id] FROM WorkItems WHERE [System.TeamProject] = @project AND [System.WorkItemType] = ${quoted(kind)}`,
        `[System.Title] = ${quoted(issueTitle(environment))}`,
        "[System.CreatedBy] = @Me",
        ...(ended.length === 0 ? [] : [`[System.State] NOT IN (${ended.map(quoted).join(", ")})`]),
      ].join(" AND ");
      const found = await askForge(api, {
        url: `${project}/_apis/wit/wiql${version}`,
        method: "POST",
        body: { query },
      });
      const [first] = list(found, "workItems");
      return first === undefined ? undefined : idOf(read(first, "id"));
    },
    make: async (content) => {
      const fields = { "System.Title": issueTitle(content.environment), "System.Tags": "drift" };
      await askForge(api, patch("POST", `${items}/$${kind}${version}`, content, fields));
    },
    update: async (number, content) => {
      await askForge(api, patch("PATCH", `${items}/${number}${version}`, content));
    },
    close: async (number, content) => {
      const [done] = await statesOf("Completed");
      if (done === undefined)
        throw forgeRefusal(api, states, `was answered without a state of ${kind} that is Completed: it stays open`);
      await askForge(api, patch("PATCH", `${items}/${number}${version}`, content, { "System.State": done }));
    },
  };
}

function patch(
  method: "POST" | "PATCH",
  url: string,
  content: IssueContent,
  more: Readonly<Record<string, string>> = {},
): ForgeRequest {
  const fields = { ...more, "System.Description": content.text };
  return {
    ...{ method, url, contentType: "application/json-patch+json" },
    body: [
      ...Object.entries(fields).map(([field, value]) => ({ op: "add", path: `/fields/${field}`, value })),
      { op: "add", path: "/multilineFieldsFormat/System.Description", value: "Markdown" },
    ],
  };
}

/** A text as WIQL writes one. */
function quoted(it: string): string {
  return `'${it.replaceAll("'", "''")}'`;
}
