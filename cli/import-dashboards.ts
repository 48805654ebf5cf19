import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { nilSubscription } from "../azure/arm-id";
import { MisconfiguredError, Problems } from "../core/problems";
import { text } from "../core/property-tree";
import { preview } from "../preview/preview";
import { AzureError, NoAzureCli, runAz } from "../replacement/run-az";
import { noCluster } from "../stacks/no-cluster";
import { stacksOf } from "../stacks/stacks-of";
import { outputFolder } from "./output-folder";
import { stopOnSignal } from "./stop-on-signal";
import { showProgress } from "./terminal";

/** What `npm run dashboards` is asked for. */
export interface DashboardsCommand {
  readonly environment: string;
  /** Whether it is done, and not only told. */
  readonly yes: boolean;
  /** Folder in which the files stay. Undefined: none does. */
  readonly keep: string | undefined;
}

/** Minutes that the import of one dashboard may take: the first one installs an extension of the Azure CLI. */
const timeoutMinutes = 5;

/** A folder of dashboards may have those of several environments. */
const keptDashboards = {
  what: "one with dashboards of this command alone",
  stranger: (names: readonly string[]) => names.find((it) => !/^dash-.*\.json$/.test(it)),
  isWhole: false,
};

/** Runs the Azure CLI with these arguments. Fails with what it says. */
export type RunAz = (args: readonly string[]) => Promise<unknown>;

/** The workspace of an environment, and the dashboards that belong into it. */
interface Wanted {
  readonly workspaceName: string;
  readonly resourceGroupName: string;
  readonly dashboards: readonly { readonly name: string; readonly json: string }[];
}

/**
 * Imports the dashboards of an environment, or says which it would.
 * @returns The exit code.
 * @throws MisconfiguredError for an environment without such a workspace, and without the Azure CLI
 */
export async function importDashboards(
  file: string,
  { environment, yes, keep }: DashboardsCommand,
  az: RunAz = (args) => runAz(args, { timeoutMinutes }),
): Promise<number> {
  const write = keep === undefined ? undefined : outputFolder("--keep", keep, keptDashboards);
  const { workspaceName, resourceGroupName, dashboards } = await wantedOf(file, yes || keep !== undefined);
  const said = (line: string): void => void process.stdout.write(`${line}\n`);
  said(`${workspaceName} in ${resourceGroupName}`);
  const { signal, exitCode } = stopOnSignal(() => process.stderr.write("stopping after this dashboard\n"));
  const folder = keep ?? mkdtempSync(path.join(tmpdir(), "dashboards-"));
  let failed = 0;
  try {
    write?.(new Map(dashboards.map(({ name, json }) => [`${name}.json`, json])));
    for (const { name, json } of dashboards) {
      if (signal.aborted) break;
      const definition = path.join(folder, `${name}.json`);
      if (yes && keep === undefined) writeFileSync(definition, json);
      const failure = yes ? await importOne(az, workspaceName, resourceGroupName, definition) : undefined;
      if (failure !== undefined) failed++;
      said(failure === undefined ? `  ${name}${yes ? "  imported" : ""}` : `  ${name}  failed: ${failure}`);
    }
  } finally {
    if (keep === undefined) rmSync(folder, { recursive: true });
  }
  if (exitCode() !== undefined) return exitCode() ?? 0;
  if (!yes) said(`Nothing was imported. Do it: npm run dashboards -- ${environment} --yes`);
  return failed === 0 ? 0 : 1;
}

/** @param known Whether the dashboards are used, so that all that they name has to be known. */
async function wantedOf(file: string, known: boolean): Promise<Wanted> {
  // Both are made where the cluster is.
  const [first = file] = stacksOf(file);
  const done = showProgress(`planning ${path.basename(first)}`);
  const { plan } = await preview(first, { today: new Date().toISOString().slice(0, 10) }).finally(done);
  const ofType = (type: string) => plan.resources.filter((it) => it.type === `azure-native:dashboard:${type}`);
  const [workspace] = ofType("Grafana");
  const dashboards = ofType("DashboardDefinition").map(({ inputs }) => ({
    name: text(inputs, "dashboardName") ?? "",
    json: text(inputs, "properties.serializedData") ?? "",
  }));
  if (!plan.resources.some(({ type }) => type === "azure-native:containerservice:ManagedCluster"))
    throw new MisconfiguredError("The command", [noCluster]);
  const problems = new Problems();
  problems.require(workspace !== undefined, "azure-gpu-cluster:grafana", "must be there: it makes the workspace", {
    remedy: "Write azure-gpu-cluster:grafana: {}, and run pulumi up",
  });
  problems.require(dashboards.length > 0, "azure-gpu-cluster:metrics", "must make dashboards", {
    remedy: "Leave out dashboards: false; they are of GPU pools",
  });
  problems.require(
    !known || dashboards.every(({ json }) => !json.includes(nilSubscription)),
    "azure-native:subscriptionId",
    "must be set: dashboards name stores by it",
    { remedy: "Write the subscription that up uses into the stack file" },
  );
  problems.throwIfAny(path.basename(first));
  return {
    workspaceName: text(workspace?.inputs, "workspaceName") ?? "",
    resourceGroupName: text(workspace?.inputs, "resourceGroupName") ?? "",
    dashboards,
  };
}

/** Undefined, or why it failed. One that fails does not keep the others out. */
async function importOne(
  az: RunAz,
  workspaceName: string,
  resourceGroupName: string,
  definition: string,
): Promise<string | undefined> {
  const place = ["--name", workspaceName, "--resource-group", resourceGroupName];
  try {
    await az([
      "grafana",
      "dashboard",
      "import",
      ...place,
      "--definition",
      `@${definition}`,
      "--overwrite",
      "true",
      "--output",
      "none",
    ]);
    return undefined;
  } catch (error) {
    if (error instanceof NoAzureCli) {
      const remedy = "Install the Azure CLI, and log in with az login";
      throw new MisconfiguredError("The command", [{ path: "az", rule: "must be a program on PATH", remedy }]);
    }
    if (!(error instanceof AzureError)) throw error;
    return error.message;
  }
}
