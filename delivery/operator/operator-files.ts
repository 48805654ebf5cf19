import { readFileSync } from "node:fs";
import path from "node:path";
import { stringify } from "yaml";
import type { KubernetesObject } from "../../core/kubernetes-object";
import { joinPath, MisconfiguredError, showKey } from "../../core/problems";
import { stackFilesOf } from "../../stacks/find-stack-file";
import { lineOf } from "../../stacks/yaml/line-of";
import { readYamlText } from "../../stacks/yaml/yaml-text";
import { readYaml } from "../../stacks/yaml/yaml-values";
import { environmentStacks } from "./environment-stacks";
import { keptFolder } from "./flux-objects";
import { fetchOutput, operatorOutputFile } from "./operator-variables";
import { planOperator } from "./plan-operator";

/** Where the settings lie, from the root of the repository. */
export const operatorSettingsFile = "deploy/operator/operator.yaml";

/** What an administrator applies, from the root of the repository. */
export const platformFile = "deploy/operator/objects/platform.yaml";

/**
 * The operator's objects as files, by path from the root of the repository, from the settings and the stack files in `stacks/`.
 * @throws MisconfiguredError with every problem of the settings
 */
export function operatorFiles(root: string): Map<string, string> {
  const settings = readYaml(
    readYamlText(path.join(root, operatorSettingsFile), operatorSettingsFile),
    operatorSettingsFile,
    (at, key) => joinPath(at, showKey(key)),
  );
  if (settings.problems.length > 0) throw new MisconfiguredError(operatorSettingsFile, settings.problems);
  const ours = path.join(root, "stacks") + path.sep;
  const found = environmentStacks(stackFilesOf(root).filter((it) => it.startsWith(ours)));
  const { platform, environments } = withLines(settings.lines, () =>
    planOperator({ settings: settings.value, output: outputIn(root) }, found),
  );
  return new Map([
    [platformFile, text(platform)],
    ...Object.entries(environments).map(([name, objects]): [string, string] => [
      `${keptFolder}/${name}.yaml`,
      text(objects),
    ]),
  ]);
}

/** Says of each problem with the settings in which line it is. What is about another file is named so by its path. */
function withLines<T>(lines: ReadonlyMap<string, number>, plan: () => T): T {
  try {
    return plan();
  } catch (error) {
    if (!(error instanceof MisconfiguredError)) throw error;
    const problems = error.problems.map((it) => {
      const line = lineOf(lines, it.path);
      return { ...it, path: it.path === "" ? operatorSettingsFile : it.path, ...(line !== undefined && { line }) };
    });
    throw new MisconfiguredError(error.subject, problems);
  }
}

/** What `pulumi stack output` wrote. */
function outputIn(root: string): unknown {
  try {
    return JSON.parse(readFileSync(path.join(root, operatorOutputFile), "utf8"));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new MisconfiguredError("The operator", [
      {
        path: operatorOutputFile,
        rule: `must be the output of bootstrap, which is JSON: ${message}`,
        remedy: fetchOutput,
      },
    ]);
  }
}

function text(objects: readonly KubernetesObject[]): string {
  const head = `# Generated from ${operatorSettingsFile}, ${operatorOutputFile} and the stack files. Change those, then run \`npm run operator\`.\n`;
  return head + objects.map((it) => stringify(it, { lineWidth: 0, aliasDuplicateObjects: false })).join("---\n");
}
