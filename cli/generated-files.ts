import { readFileSync } from "node:fs";
import path from "node:path";
import { format, resolveConfig } from "prettier";
import { preview } from "../plan/preview";
import { renderText } from "../plan/render-text";
import { findStackFile } from "../plan/stack-file";
import { policyConfigs, renderPolicyDocs } from "../policies/docs";
import { stackFileSchema } from "../stacks/stack-file-schema";
import { sizesPage } from "./sizes-page";

/** Day that generated previews are planned on, so that they change with the code and not with the calendar. */
export const plannedOn = "2026-11-21";

/**
 * Every file that is made from code, by path from the root of the project, as it should be committed.
 * `npm run docs` writes them; a test compares.
 */
export async function generatedFiles(root: string): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>([
    ["stacks/stack-file.schema.json", JSON.stringify(stackFileSchema(), null, 2)],
    ["docs/sizes.md", sizesPage()],
    ["docs/policies.md", renderPolicyDocs()],
    ["README.md", await withPreview(readFileSync(path.join(root, "README.md"), "utf8"), root)],
    ...Object.entries(policyConfigs()),
  ]);
  const formatted = [...files].map(async ([file, text]): Promise<[string, string]> => {
    const filepath = path.join(root, file);
    return [file, await format(text, { ...(await resolveConfig(filepath)), filepath })];
  });
  return new Map(await Promise.all(formatted));
}

/** Puts the real output of the first command into the README, between its two markers. */
async function withPreview(readme: string, root: string): Promise<string> {
  const result = await preview(findStackFile("dev", root), { today: plannedOn });
  const output = renderText({ ...result, file: "stacks/Pulumi.dev.yaml" }, (_, text) => text).trimEnd();
  return readme.replace(
    /(<!-- preview:dev -->)[\s\S]*?(<!-- \/preview:dev -->)/,
    (_, begin: string, end: string) => `${begin}\n\n\`\`\`text\n${output}\n\`\`\`\n\n${end}`,
  );
}
