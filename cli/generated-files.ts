import { readFileSync } from "node:fs";
import path from "node:path";
import { format, resolveConfig } from "prettier";
import { dollars } from "../preview/dollars";
import { numberText } from "../preview/number-text";
import { preview, type Preview } from "../preview/preview";
import { configSchema, policyConfigs, renderPolicyDocs } from "../policies/engine/docs";
import { loadEnvironment } from "../stacks/load-environment";
import { stackFilesOf } from "../stacks/find-stack-file";
import { sectionsSchema, stackFileSchema } from "../stacks/stack-file-schema";
import { addOnsTable } from "./add-ons-table";
import { alertsTable } from "./alerts-table";
import { controllerProgram, controllerProgramFile } from "./controller-program";
import { enforcementPage } from "./enforcement-page";
import { examplePages } from "./example-pages";
import { markdownTable } from "./markdown-table";
import { between } from "./markers";
import { operatorFiles } from "../delivery/operator/operator-files";
import { describeSchema, type DocumentedType, documentedTypes } from "./doc-comments";
import { handoverTable } from "./handover-table";
import { packageSchemaFile } from "./package-schema-file";
import { packagesTable } from "./packages-table";
import { pathPages, withParts } from "./path-pages";
import { reachPage } from "./reach-tables";
import { settingsTable } from "./settings-table";
import { sizesPage } from "./sizes-page";
import { storesTables } from "./stores-table";

const monitoringPage = "components/monitoring/README.md";
const packagesPage = "docs/packages.md";
const platformPage = "components/platform/README.md";
const storagePage = "components/storage/README.md";
const tenancyPage = "components/tenancy/README.md";

/** Day that generated previews are planned on, so that they change with the code and not with the calendar. */
export const plannedOn = "2026-11-21";

/**
 * Every file that is made from code, by path from the root of the project, as it should be committed.
 * `npm run docs` writes them; a test compares.
 */
export async function generatedFiles(root: string): Promise<ReadonlyMap<string, string>> {
  const pages = examplePages(root);
  const previews = await previewEnvironments(root);
  const packageSchema = packageSchemaFile(root);
  const types = documentedTypes(root, {
    SectionsInput: "stacks/config/sections.ts",
    Handovers: "stacks/handover.ts",
  });
  const files = new Map<string, string>([
    ["stacks/stack-file.schema.json", JSON.stringify(editorSchema(types.SectionsInput), null, 2)],
    [
      "stacks/README.md",
      between(readFileSync(path.join(root, "stacks/README.md"), "utf8"), "handover", handoverTable(types.Handovers)),
    ],
    ["docs/sizes.md", sizesPage()],
    ["docs/policies.md", renderPolicyDocs()],
    [
      "policies/README.md",
      between(readFileSync(path.join(root, "policies/README.md"), "utf8"), "settings", settingsTable()),
    ],
    [
      "README.md",
      between(
        withParts(readFileSync(path.join(root, "README.md"), "utf8"), previews),
        "costs",
        costsTable(root, previews),
      ),
    ],
    ...pathPages(root, previews),
    ["docs/enforcement.md", enforcementPage()],
    ...pages,
    [monitoringPage, between(pages.get(monitoringPage) ?? "", "alerts", alertsTable())],
    [platformPage, between(pages.get(platformPage) ?? "", "add-ons", addOnsTable())],
    [storagePage, between(pages.get(storagePage) ?? "", "stores", storesTables())],
    [tenancyPage, between(pages.get(tenancyPage) ?? "", "reach", reachPage())],
    ...Object.entries(policyConfigs((file) => readFileSync(path.join(root, file), "utf8"))),
    ["policies/config.schema.json", configSchema()],
    ["provider/schema.json", packageSchema],
    [
      packagesPage,
      between(readFileSync(path.join(root, packagesPage), "utf8"), "components", packagesTable(packageSchema)),
    ],
    [controllerProgramFile, controllerProgram(root)],
    ...operatorFiles(root),
  ]);
  const formatted = [...files].map(async ([file, text]): Promise<[string, string]> => {
    const filepath = path.join(root, file);
    return [file, await format(text, { ...(await resolveConfig(filepath)), filepath })];
  });
  return new Map(await Promise.all(formatted));
}

/** Schema of a stack file with what the doc comments of the shapes say. */
function editorSchema(documented: DocumentedType): object {
  const ours = sectionsSchema();
  describeSchema(ours, documented);
  return stackFileSchema(ours.properties ?? {});
}

/** What each environment costs, the cheapest first. */
function costsTable(root: string, previews: readonly Preview[]): string {
  const rows = previews.map(({ file, environment: { stack }, summary: { gpus, cost } }) => [
    `[\`${stack}\`](${path.relative(root, path.resolve(file))})${file.includes("examples") ? ", example" : ""}`,
    numberText(gpus),
    ...[cost.idleUsdPerHour, cost.fullUsdPerHour].map(dollars),
    numberText(Math.round(cost.fullUsdPerMonth)),
  ]);
  return markdownTable(["Stack file", "GPUs", "Idle, an hour", "Full, an hour", "Full, a month"], rows);
}

/** Stacks that make machines, the cheapest first. One after the other: the SDK records one program at a time. */
async function previewEnvironments(root: string): Promise<Preview[]> {
  const previews: Preview[] = [];
  for (const file of stackFilesOf(root)) {
    const { environment } = loadEnvironment(file, plannedOn);
    if (environment.infra !== null) previews.push(await preview(file, { today: plannedOn }));
  }
  return previews.sort((a, b) => a.summary.cost.fullUsdPerHour - b.summary.cost.fullUsdPerHour);
}
