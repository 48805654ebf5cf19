import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import manifest from "../../package.json";
import { root } from "../stack-files";
import { shippedPipelines } from "./azure-pipelines";
import { shipped } from "./github-files";

const scripts: Readonly<Record<string, string>> = manifest.scripts;
const texts: Readonly<Record<string, string>> = {
  ...shipped,
  ...Object.fromEntries(Object.entries(shippedPipelines).map(([name, text]) => [`azure-devops/${name}`, text])),
  "gitlab/.gitlab-ci.yml": readFileSync(path.join(root, "deploy/gitlab/.gitlab-ci.yml"), "utf8"),
};

/** Commands of npm with the options that stand in their line. */
function commandsOf(text: string): { readonly command: string; readonly options: readonly string[] }[] {
  return [...text.matchAll(/npm run -s ([a-z-]+)([^\n;&|]*)/g)].map(([, command = "", rest = ""]) => ({
    command,
    options: [...rest.matchAll(/(?<=\s)--[a-z][a-z-]*/g)].map(([it]) => it),
  }));
}

/** Options that a script gathers in `words` for the commands after it. */
const gathered = (text: string): string[] =>
  [...text.matchAll(/words\+?=\(([^)]*)\)/g)].flatMap(([, it = ""]) => it.match(/--[a-z-]+/g) ?? []);

const helpOf = (command: string): string => {
  const file = /cli\/[a-z-]+\.ts/.exec(scripts[command] ?? "")?.[0];
  return file === undefined || !existsSync(path.join(root, file)) ? "" : readFileSync(path.join(root, file), "utf8");
};

describe.each(Object.entries(texts))("%s", (_, text) => {
  it("runs commands that there are, with options that their help has", () => {
    const wrong = commandsOf(text).flatMap(({ command, options }) =>
      scripts[command] === undefined
        ? [command]
        : options
            .filter((it) => !helpOf(command).includes(`${it} `) && !helpOf(command).includes(`${it}]`))
            .map((it) => `${command} ${it}`),
    );
    expect(wrong).toEqual([]);
  });

  it("gathers options that the commands of the file have", () => {
    const helps = commandsOf(text)
      .map(({ command }) => helpOf(command))
      .join("");
    expect(gathered(text).filter((it) => !helps.includes(`${it} `))).toEqual([]);
  });
});

it("an option that there is none of is told from one that there is", () => {
  const found = commandsOf(
    'exec deploy/azure-run npm run -s apply -- "$STACK" --plan x --now "${words[@]}"\nnpm run -s lint && npm run -s types',
  );
  expect(found).toEqual([
    { command: "apply", options: ["--plan", "--now"] },
    { command: "lint", options: [] },
    { command: "types", options: [] },
  ]);
  expect(helpOf("apply")).not.toContain("--now ");
  expect(gathered('words=(--a x)\nwords+=(--b "$B" --c)')).toEqual(["--a", "--b", "--c"]);
});

/** Stacks that pipelines bring to Azure: all but the one that stands before them. */
const stacks = readdirSync(path.join(root, "stacks")).flatMap(
  (it) => /^Pulumi\.(?!bootstrap\.)(.+)\.yaml$/.exec(it)?.[1] ?? [],
);

/** Values that a text gives to keys of these names, in lists too. */
const valuesOf = (text: string, key: RegExp): string[] =>
  [...text.matchAll(new RegExp(`\\b(?:${key.source}): \\[?([\\w, -]+)`, "g"))]
    .flatMap(([, it = ""]) => it.split(/, ?/))
    .map((it) => it.trim());

describe.each([
  ["GitHub", Object.values(shipped).join("\n"), /stack|options/],
  ["Azure DevOps", Object.values(shippedPipelines).join("\n"), /stack|values/],
  ["GitLab", texts["gitlab/.gitlab-ci.yml"] ?? "", /STACK/],
])("%s", (_, text, key) => {
  it("delivers every stack that ships", () => {
    const found = valuesOf(text, key);
    expect(stacks.filter((it) => !found.includes(it))).toEqual([]);
  });
});
