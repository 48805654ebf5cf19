import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { format, resolveConfig } from "prettier";
import { chartName } from "../catalog/chart-name";
import { versions } from "../catalog/versions";
import { keptFolder } from "../delivery/operator/flux-objects";
import { fluxNamespace, operatorNamespace } from "../delivery/operator/names";
import { operatorFiles, platformFile } from "../delivery/operator/operator-files";

/**
 * Writes the objects of the operator into a project, or only compares them, and prints what is to be done. Returns the exit code: 1 where a
 * comparison finds a difference.
 */
export async function writeOperator(root: string, isCheck: boolean): Promise<number> {
  const files = await formatted(operatorFiles(root), root);
  const stale = [...files].filter(([file, text]) => contentOf(path.join(root, file)) !== text).map(([file]) => file);
  // What an environment leaves behind that is run elsewhere now: Flux would keep it.
  const left = readdirSync(path.join(root, keptFolder))
    .map((it) => `${keptFolder}/${it}`)
    .filter((it) => !files.has(it));
  for (const file of left) process.stderr.write(`${file} belongs to no environment of the settings: delete it\n`);
  if (isCheck) {
    for (const file of stale) process.stdout.write(`${file} differs: run npm run operator\n`);
    return stale.length + left.length > 0 ? 1 : 0;
  }
  for (const file of stale) {
    const target = path.join(root, file);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, files.get(file) ?? "");
    process.stdout.write(`${file}\n`);
  }
  process.stdout.write(`\n${nextSteps()}`);
  return 0;
}

/** As the repository keeps its files. */
async function formatted(files: ReadonlyMap<string, string>, root: string): Promise<Map<string, string>> {
  const all = [...files].map(async ([file, text]): Promise<[string, string]> => {
    const filepath = path.join(root, file);
    return [file, await format(text, { ...(await resolveConfig(filepath)), filepath })];
  });
  return new Map(await Promise.all(all));
}

function contentOf(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

/** What an administrator does with the files, once for a cluster and after each change of the first. */
function nextSteps(): string {
  const { pulumiOperator, flux } = versions;
  const name = chartName(pulumiOperator.chart);
  return [
    "An administrator of the management cluster, in this order:",
    `  flux install --version=v${flux.version} --namespace=${fluxNamespace}`,
    `  helm upgrade --install ${name} ${pulumiOperator.chart} --version ${pulumiOperator.version} --namespace ${operatorNamespace} \\`,
    "    --create-namespace --values deploy/operator/values/pulumi-operator.yaml",
    `  kubectl apply --server-side --filename ${platformFile}`,
    `Flux then keeps what is in ${keptFolder}.`,
    "",
  ].join("\n");
}
