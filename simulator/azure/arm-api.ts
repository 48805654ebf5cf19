import type * as Pipelines from "@azure/core-rest-pipeline";
import type { Props, Value } from "../../core/property-value";
import { AzureError } from "./azure-error";
import { resourceAt } from "./estate";
import { extensionsAt, listedBody, listedResources, resourceBody } from "./resource-list";
import { Store } from "./store";

/** Resources on a page of a list. Azure's are longer; what reads them must turn pages all the same. */
const pageSize = 25;

/**
 * Answers what Azure Resource Manager is asked of a simulated Azure, as far as it is asked without the provider: a resource, what lies in
 * a group, who has a role there, what is locked. It changes nothing, and refuses whatever would.
 * @param folder Folder of the simulated Azure.
 */
export function armApi(folder: string): Pipelines.HttpClient {
  const store = new Store(folder);
  return { sendRequest: (request) => Promise.resolve(answered(request, store)) };
}

function answered(request: Pipelines.PipelineRequest, store: Store): Pipelines.PipelineResponse {
  try {
    return respond(request, 200, answer(request, store));
  } catch (error) {
    if (!(error instanceof AzureError)) throw error;
    const { status, code, message } = error;
    return respond(request, status, { error: { code, message } });
  }
}

function answer({ method, url }: Pipelines.PipelineRequest, store: Store): Value {
  const address = new URL(url);
  const path = decodeURI(address.pathname);
  if (method !== "GET") throw new AzureError(405, "MethodNotAllowed", `${method} ${path} may change something`);
  if (!/^\d{4}-\d\d-\d\d(-preview)?$/.test(address.searchParams.get("api-version") ?? ""))
    throw new AzureError(400, "MissingApiVersionParameter", "The api-version query parameter is required");
  const { estate } = store.read();
  const [, scope, arm] = /^(.*)\/providers\/(Microsoft\.Authorization\/(?:roleAssignments|locks))$/i.exec(path) ?? [];
  if (scope !== undefined && arm !== undefined) return { value: extensionsAt(estate, scope, arm) };
  const group = /^(\/subscriptions\/[^/]+\/resourceGroups\/[^/]+)\/resources$/i.exec(path)?.[1];
  const live = resourceAt(estate, group ?? path);
  if (live === undefined)
    throw group === undefined
      ? new AzureError(404, "ResourceNotFound", `The Resource '${path}' was not found.`)
      : new AzureError(
          404,
          "ResourceGroupNotFound",
          `Resource group '${path.split("/")[4] ?? ""}' could not be found.`,
        );
  if (group === undefined) return resourceBody(live);
  const expand = (address.searchParams.get("$expand") ?? "").split(",");
  return page(
    listedResources(estate, group).map((it) => listedBody(it, expand)),
    address,
  );
}

/** A page of a list, with the address of the next one. */
function page(all: readonly Props[], address: URL): Props {
  const from = Number(address.searchParams.get("$skiptoken") ?? 0);
  const value = all.slice(from, from + pageSize);
  if (from + pageSize >= all.length) return { value };
  const next = new URL(address);
  next.searchParams.set("$skiptoken", String(from + pageSize));
  return { value, nextLink: next.href };
}

function respond(request: Pipelines.PipelineRequest, status: number, body: Value): Pipelines.PipelineResponse {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- a rehearsal does not wait for a library that it does not use
  const { createHttpHeaders } = require("@azure/core-rest-pipeline") as typeof Pipelines;
  return { request, status, headers: createHttpHeaders(), bodyAsText: JSON.stringify(body) };
}
