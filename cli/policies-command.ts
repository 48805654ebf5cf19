import { closestHint } from "../core/closest-names";
import { show } from "../core/problems";
import { type Environment, environments } from "../policies/engine/rule";
import { fileKinds, type FileKind } from "../policies/files/judged-file";
import { version } from "../policies/package.json";
import type * as JudgeAndWrite from "./judge-and-write";
import { readOptions } from "./read-options";
import { argumentErrorOf } from "./run-command";

const formats = ["text", "json", "sarif", "junit"] as const;
type Format = (typeof formats)[number];

const helpOf = (
  program: string,
): string => `Judges plans, templates and manifests by the rules of the policy pack, without an engine and without a cloud.

  ${program} FILE... [--environment KIND] [--config FILE] [--format FORMAT] [--output FILE]

  FILE                 what \`pulumi preview --json --show-sames\` or \`npm run -s preview -- ENVIRONMENT --json\` printed, an ARM
                       template as JSON, or Kubernetes manifests; - for standard input. All files are judged together
  --kind KIND          ${fileKinds.join(", ")}; left out, the content of each file tells
  --parameters FILE    parameters of the templates, as Azure's tools take them
  --environment KIND   ${environments.join(", ")}; left out, what the tag environmentKind of the resources says, else what the name of
                       their stack begins with, else prod
  --config FILE        a policy configuration, the same that the engine takes with --policy-pack-config; left out, every rule has
                       its level for the environment
  --exceptions FILE    exceptions alone, as JSON or YAML, where the configuration has none
  --allow-empty        a file without a resource is fine
  --format FORMAT      ${formats.join(", ")}
  --output FILE        where to; left out, standard output
  --list               print the rules, and judge nothing
  --version            print the version of the pack
  --help               print this text

Exit code: 0 no mandatory finding, 1 a mandatory rule forbids it, 2 bad input.
`;

/**
 * Runs the command and returns its exit code.
 * @param program How its user starts it, which its texts say.
 */
export function policiesCommand(args: readonly string[], program: string): number {
  const command = readArguments(args, program);
  if (command === "help" || command === "version") {
    process.stdout.write(command === "help" ? helpOf(program) : `${version}\n`);
    return 0;
  }
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- a help text does not wait for the rules; import() would pass tsx by
  const { judgeAndWrite } = require("./judge-and-write") as typeof JudgeAndWrite;
  return judgeAndWrite(command);
}

/** What the command is asked for. */
export interface PoliciesCommand {
  readonly files: readonly string[];
  readonly kind: FileKind | undefined;
  readonly parameters: string | undefined;
  readonly environment: Environment | undefined;
  readonly config: string | undefined;
  readonly exceptions: string | undefined;
  readonly allowEmpty: boolean;
  readonly format: Format;
  readonly output: string | undefined;
  readonly list: boolean;
}

/** @throws MisconfiguredError for arguments that the command cannot use */
export function readArguments(args: readonly string[], program: string): "help" | "version" | PoliciesCommand {
  try {
    const { values, positionals } = readOptions({
      args: [...args],
      allowPositionals: true,
      options: {
        kind: { type: "string" },
        parameters: { type: "string" },
        environment: { type: "string" },
        config: { type: "string" },
        exceptions: { type: "string" },
        "allow-empty": { type: "boolean", default: false },
        format: { type: "string" },
        output: { type: "string" },
        list: { type: "boolean", default: false },
        version: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    if (values.help) return "help";
    if (values.version) return "version";
    const { list, parameters, config, exceptions, output } = values;
    const format = oneOf("format", values.format ?? "text", formats);
    if (list) {
      if (positionals.length > 0) throw new Error("--list judges nothing: no FILE goes with it");
      if (format === "sarif" || format === "junit") throw new Error("--list goes with --format text or json");
    } else if (positionals.length === 0) throw new Error("FILE must be given");
    const twice = positionals.filter((it, at) => positionals.indexOf(it) < at);
    if (twice.length > 0)
      throw new Error(`each FILE must be given once; more than once: ${[...new Set(twice)].join(" ")}`);
    return {
      files: positionals,
      kind: values.kind === undefined ? undefined : oneOf("kind", values.kind, fileKinds),
      environment:
        values.environment === undefined ? undefined : oneOf("environment", values.environment, environments),
      allowEmpty: values["allow-empty"],
      format,
      list,
      parameters,
      config,
      exceptions,
      output,
    };
  } catch (error) {
    throw argumentErrorOf(error, program);
  }
}

function oneOf<T extends string>(option: string, given: string, all: readonly T[]): T {
  const found = all.find((it) => it === given);
  if (found !== undefined) return found;
  throw new Error(
    `--${option} must be one of ${all.join(", ")}; got ${show(given)}. ${closestHint(given, all, "")}`.trim(),
  );
}
