import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { MisconfiguredError, type Problem } from "../core/problems";
import { npmPackages } from "../packages/npm-packages";
import { archiveProblems, type PackedFile } from "./archive-problems";
import { readChangelog } from "./changelog";
import type { Manifest } from "./package-manifest";
import { readOptions } from "./read-options";
import { releaseProblems, tagProblems } from "./release-problems";
import { argumentError, runCommand } from "./run-command";

const actions = ["check", "notes", "archives"] as const;
type Action = (typeof actions)[number];

const help = `Decides what the pipeline of a release asks: docs/runbooks/release.md.

  npm run release -- check TAG [--repository OWNER/NAME]      whether this commit may be released under a tag such as v0.2.0
  npm run release -- notes TAG                                what CHANGELOG.md says of it, for the release on GitHub
  npm run release -- archives TAG [--repository OWNER/NAME]   whether what \`npm run package\` made may be published; prints the
                                                              names of the packages as JSON

  --repository OWNER/NAME   the repository that publishes; left out, any repository of GitHub
  --help                    print this text

Exit code: 0 fine, 2 bad input or refused.
`;

/** Runs the command and returns its exit code. */
export function main(args: readonly string[], root = path.join(__dirname, "..")): number {
  const command = readArguments(args);
  if (command === "help") {
    process.stdout.write(help);
    return 0;
  }
  process.stdout.write(`${done[command.action](command, root)}\n`);
  return 0;
}

interface ReleaseCommand {
  readonly action: Action;
  readonly tag: string;
  readonly repository: string | undefined;
}

/** What each action prints. @throws MisconfiguredError for what forbids the release */
const done: Readonly<Record<Action, (command: ReleaseCommand, root: string) => string>> = {
  check: ({ tag, repository }, root) => {
    const manifest = json(root, "package.json") as Manifest;
    const { version: lockedVersion } = json(root, "package-lock.json") as { readonly version?: string };
    const changelog = readChangelog(readFileSync(path.join(root, "CHANGELOG.md"), "utf8"));
    refuse(tag, releaseProblems({ tag, manifest, lockedVersion, changelog, repository, onMain: onMain(root) }));
    return `${tag} may be released.`;
  },
  notes: ({ tag }, root) => {
    refuse(tag, tagProblems(tag));
    const sections = readChangelog(readFileSync(path.join(root, "CHANGELOG.md"), "utf8"));
    const section = sections.find((it) => it.version !== null && `v${it.version}` === tag);
    if (section === undefined)
      refuse(tag, [{ path: "CHANGELOG.md", rule: `must have a release ${tag.replace(/^v/, "")}` }]);
    return section?.text ?? "";
  },
  archives: ({ tag, repository }, root) => {
    refuse(tag, tagProblems(tag));
    const files = packedFiles(path.join(root, "dist/packages"));
    const names = npmPackages.map((it) => (json(root, it.manifest) as { readonly name: string }).name);
    refuse(tag, archiveProblems(files, { version: tag.replace(/^v/, ""), repository, names }));
    return JSON.stringify(files.flatMap(({ manifest }) => (manifest === undefined ? [] : [manifest.name])));
  },
};

function refuse(tag: string, problems: readonly Problem[]): void {
  if (problems.length > 0) throw new MisconfiguredError(`Release ${tag}`, problems);
}

function packedFiles(folder: string): PackedFile[] {
  let names: string[];
  try {
    names = readdirSync(folder).sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
  return names.map((file) => {
    if (file.endsWith(".tgz")) return { file, manifest: packedManifest(folder, file) };
    return file.endsWith(".json") ? { file, ...(json(folder, file) as { readonly bomFormat?: unknown }) } : { file };
  });
}

function packedManifest(folder: string, file: string): Manifest {
  const asked = ["--extract", "--to-stdout", "--file", path.join(folder, file), "package/package.json"];
  const { status, stdout } = spawnSync("tar", asked, { encoding: "utf8" });
  if (status === 0) return JSON.parse(stdout) as Manifest;
  throw new MisconfiguredError(folder, [
    { path: file, rule: "must be an archive of npm with package/package.json", remedy: "npm run package" },
  ]);
}

/** Whether the commit is on the main branch; null where git does not know that branch. */
function onMain(root: string): boolean | null {
  const { status } = spawnSync("git", ["merge-base", "--is-ancestor", "HEAD", "origin/main"], { cwd: root });
  return status === 0 ? true : status === 1 ? false : null;
}

function json(folder: string, file: string): unknown {
  return JSON.parse(readFileSync(path.join(folder, file), "utf8"));
}

function readArguments(args: readonly string[]): "help" | ReleaseCommand {
  try {
    const { values, positionals } = readOptions({
      args: [...args],
      allowPositionals: true,
      options: {
        repository: { type: "string" },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    if (values.help) return "help";
    const [word, tag, ...more] = positionals;
    const action = actions.find((it) => it === word);
    if (action === undefined) throw new Error(`the action must be one of ${actions.join(", ")}; got ${word ?? "none"}`);
    if (tag === undefined) throw new Error("TAG must be given, such as v0.2.0");
    if (more.length > 0) throw new Error(`one TAG at a time; got ${[tag, ...more].join(" ")}`);
    if (values.repository !== undefined && !/^[\w.-]+\/[\w.-]+$/.test(values.repository))
      throw new Error(`--repository must be OWNER/NAME; got ${values.repository}`);
    return { action, tag, repository: values.repository };
  } catch (error) {
    throw argumentError(error, "release");
  }
}

if (require.main === module) runCommand((args) => Promise.resolve(args).then(main));
