import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "../stack-files";
import { type GithubFile, type Job, readFiles } from "./github-files";

const name = "release.yml";
const shipped = readFileSync(path.join(root, ".github/workflows", name), "utf8");

const entries = ({ jobs }: GithubFile): (readonly [string, Job])[] => Object.entries(jobs);
const scripts = ({ steps = [] }: Job): string[] => steps.flatMap(({ run }) => run ?? []);
const uses = ({ steps = [] }: Job): string[] => steps.flatMap((it) => it.uses ?? []);
/** What must have ended well before a job starts, however far back. */
function before({ jobs }: GithubFile, job: string): string[] {
  const direct = [jobs[job]?.needs ?? []].flat();
  return direct.flatMap((it) => [it, ...before({ jobs } as GithubFile, it)]);
}
const publishes = (job: Job): boolean => scripts(job).some((it) => it.includes("npm publish"));
const shows = (job: Job): boolean => scripts(job).some((it) => it.includes("gh release create"));
const packs = (job: Job): boolean => scripts(job).some((it) => it.includes("npm run package"));

/** A requirement: the jobs that break it, and a change that has to be found. */
interface Check {
  readonly name: string;
  readonly faults: (file: GithubFile) => readonly string[];
  readonly broken: readonly [from: string, to: string];
}

const at = (found: readonly (readonly [string, Job])[]): string[] => found.map(([it]) => it);
const checks: readonly Check[] = [
  {
    name: "only a tag of a version starts it",
    faults: ({ on }) => (JSON.stringify(on) === JSON.stringify({ push: { tags: ["v*"] } }) ? [] : Object.keys(on)),
    broken: ['    tags: ["v*"]', '    tags: ["v*"]\n  workflow_dispatch:'],
  },
  {
    name: "no job holds a secret",
    faults: ({ text }) => (/\bsecrets\b|NODE_AUTH_TOKEN|NPM_TOKEN/.test(text) ? [name] : []),
    broken: ["${{ github.token }}", "${{ secrets.NPM_TOKEN }}"],
  },
  {
    name: "nothing is allowed that a job does not name, and each names what it does with it",
    faults: (file) => {
      const wanted = (job: Job): Readonly<Record<string, string>> => ({
        ...(uses(job).some((it) => it.startsWith("actions/checkout@")) && { contents: "read" }),
        ...(shows(job) && { contents: "write" }),
        ...((publishes(job) || uses(job).some((it) => it.startsWith("actions/attest@"))) && { "id-token": "write" }),
        ...(uses(job).some((it) => it.startsWith("actions/attest@")) && { attestations: "write" }),
      });
      const sorted = (it: object = {}): string => JSON.stringify(Object.entries(it).sort());
      return [
        ...(sorted(file.permissions as object) === "[]" ? [] : ["all"]),
        ...at(entries(file).filter(([, job]) => sorted(job.permissions) !== sorted(wanted(job)))),
      ];
    },
    broken: ["      contents: write\n", "      contents: write\n      id-token: write\n"],
  },
  {
    name: "a job that signs, publishes or writes runs nothing of the repository and of no other package",
    faults: (file) =>
      at(
        entries(file)
          .filter(([, { permissions = {} }]) => Object.values(permissions).includes("write"))
          .filter(
            ([, job]) =>
              uses(job).some((it) => /^actions\/checkout@|^\.\//.test(it)) ||
              scripts(job).some((it) => /npm (run|ci|install|exec)|npx|\.ci\//.test(it)),
          ),
      ),
    broken: [
      '        run: npm publish "./$ARCHIVE"',
      '        run: npx npm@latest publish && npm publish "./$ARCHIVE"',
    ],
  },
  {
    name: "what is published was checked, packed in a job of its own, and attested",
    faults: (file) =>
      at(
        entries(file)
          .filter(([, job]) => publishes(job))
          .filter(([job, { steps }]) => {
            const jobs = before(file, job).flatMap((it) => file.jobs[it] ?? []);
            const has = (test: (job: Job) => boolean): boolean => jobs.some(test);
            return !(
              has((it) => scripts(it).includes(".ci/run")) &&
              has((it) => scripts(it).some((script) => script.includes("npm run -s release -- check "))) &&
              has(
                (it) => packs(it) && scripts(it).some((script) => script.includes("npm run -s release -- archives ")),
              ) &&
              has((it) => uses(it).some((action) => action.startsWith("actions/attest@"))) &&
              steps?.some((it) => it.uses?.startsWith("actions/download-artifact@") === true) === true
            );
          }),
      ),
    broken: ["    needs: [build, attest]", "    needs: build"],
  },
  {
    name: "a person lets npm take it, and it takes it with provenance",
    faults: (file) =>
      at(
        entries(file)
          .filter(([, job]) => publishes(job))
          .filter(([, job]) => job.environment !== "npm" || !scripts(job).every((it) => it.includes("--provenance"))),
      ),
    broken: ["    environment: npm\n", ""],
  },
  {
    name: "GitHub shows what npm has, and not the other way round",
    faults: (file) => {
      const last = entries(file).filter(([, job]) => shows(job));
      const late = last.filter(([job]) => before(file, job).some((it) => publishes(file.jobs[it] ?? {})));
      return last.length === 1 && late.length === 1 ? [] : ["release"];
    },
    broken: ["    needs: publish", "    needs: build"],
  },
  {
    name: "each package is attested with its own bill of materials and published by itself",
    faults: (file) => {
      const each = "${{ fromJSON(needs.build.outputs.packages) }}";
      const many = entries(file).filter(
        ([, job]) => publishes(job) || uses(job).some((it) => it.startsWith("actions/attest@")),
      );
      return at(many.filter(([, { strategy }]) => (strategy?.matrix["package"] as unknown) !== each));
    },
    broken: [
      "        package: ${{ fromJSON(needs.build.outputs.packages) }}\n    steps:\n      #",
      "        package: [a]\n    steps:\n      #",
    ],
  },
  {
    name: "no cache of another run is a part of it",
    faults: ({ text }) => {
      const nodes = text.split("actions/setup-node@").slice(1);
      return /\n +cache:/.test(text) || nodes.some((it) => !it.split("- ")[0]?.includes("package-manager-cache: false"))
        ? [name]
        : [];
    },
    broken: ["          package-manager-cache: false\n", "          cache: npm\n"],
  },
  {
    name: "every job ends, and every action is one that was looked at",
    faults: (file) =>
      at(
        entries(file).filter(
          ([, job]) => job["timeout-minutes"] === undefined || !uses(job).every((it) => /@[0-9a-f]{40}$/.test(it)),
        ),
      ),
    broken: ["actions/attest@1e69f48acb82d1966a394da916b4c1698aa569d6 # v4.2.2", "actions/attest@v4"],
  },
];

describe("the pipeline of a release", () => {
  const faults = (check: Check, text: string): readonly string[] => {
    const [file] = readFiles({ [name]: text });
    return file === undefined ? ["none"] : check.faults(file);
  };

  it.each(checks.map((it) => [it.name, it] as const))("%s", (_, check) => {
    const [from, to] = check.broken;
    expect(shipped).toContain(from);
    expect(faults(check, shipped)).toEqual([]);
    expect(faults(check, shipped.replace(from, to))).not.toEqual([]);
  });
});
