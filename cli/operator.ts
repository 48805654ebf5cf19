import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type * as Prettier from "prettier";
import { chartName } from "../catalog/chart-name";
import { versions } from "../catalog/versions";
import { keptFolder } from "../delivery/operator/flux-objects";
import { fluxNamespace, operatorNamespace } from "../delivery/operator/names";
import { operatorFiles, platformFile } from "../delivery/operator/operator-files";
import { argumentError, runCommand } from "./run-command";
import { readOptions } from "./read-options";

const help = `Writes the objects by which the Pulumi Kubernetes Operator and Flux run the stacks of this repository from another cluster.

  npm run operator [-- --check]

  --check   write nothing; end with 1 where a file is not what it would be
  --help    print this text

Reads deploy/operator/operator.yaml and the stack files in stacks/, and writes deploy/operator/objects. Applies nothing: it prints the
commands that do. deploy/operator/README.md tells the whole way.
Exit code: 0 fine, 1 a file differs, 2 bad input.
`;

/** Runs the command and returns its exit code. */
export async function main(args: readonly string[]): Promise<number> {
  const command = readArguments(args);
  if (command === "help") {
    process.stdout.write(help);
    return 0;
  }
  const root = path.join(__dirname, "..");
  const files = await formatted(operatorFiles(root), root);
  const stale = [...files].filter(([file, text]) => contentOf(path.join(root, file)) !== text).map(([file]) => file);
  // What an environment leaves behind that is run elsewhere now: Flux would keep it.
  const left = readdirSync(path.join(root, keptFolder))
    .map((it) => `${keptFolder}/${it}`)
    .filter((it) => !files.has(it));
  for (const file of left) process.stderr.write(`${file} belongs to no environment of the settings: delete it\n`);
  if (command.check) {
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
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- a help text does not wait for it
  const { format, resolveConfig } = require("prettier") as typeof Prettier;
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

function readArguments(args: readonly string[]): "help" | { readonly check: boolean } {
  try {
    const { values } = readOptions({
      args: [...args],
      options: { check: { type: "boolean", default: false }, help: { type: "boolean", short: "h", default: false } },
    });
    return values.help ? "help" : { check: values.check };
  } catch (error) {
    throw argumentError(error, "operator");
  }
}

if (require.main === module) runCommand(main);
