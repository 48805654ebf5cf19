import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { MisconfiguredError } from "../../core/problems";
import type { NameRule } from "../name-rule";
import { sdkType } from "../sdk-type";
import { matchType } from "./match-type";
import { readPublishedTypes, type PublishedType } from "./published-types";
import { wanted } from "./wanted-types";

/**
 * Text of `azure/types.json`: the path, names and name rule of every wanted type, in the API version that the installed
 * SDK uses.
 * @param folder a checkout of https://github.com/Azure/bicep-types-az
 * @throws MisconfiguredError when the folder is none
 * @throws Error for a class that the SDK lacks or whose ARM type is not found
 */
export function azureTypes(folder: string): string {
  if (!existsSync(join(folder, "generated"))) {
    const rule = "must be a checkout of https://github.com/Azure/bicep-types-az";
    throw new MisconfiguredError("The command", [{ path: "FOLDER", rule, got: folder }]);
  }
  const versions = new Map<string, readonly PublishedType[]>();
  const published = (provider: string, version: string): readonly PublishedType[] => {
    const key = `${provider} ${version}`;
    const types = versions.get(key) ?? readPublishedTypes(folder, provider, version);
    versions.set(key, types);
    return types;
  };
  const rows = Object.entries(wanted).flatMap(([namespace, { providers, classes }]) =>
    classes
      .trim()
      .split(/\s+/)
      .map((name): readonly [string, { path: string; name?: NameRule }] => {
        const sdk = sdkType(`azure-native:${namespace}:${name}`);
        if (sdk === undefined) throw new Error(`The installed SDK has no azure-native:${namespace}:${name}.`);
        const match = matchType(
          name,
          sdk,
          providers.flatMap((it) => published(it, sdk.apiVersion)),
        );
        if (match === undefined) {
          throw new Error(
            `No ARM type of ${sdk.apiVersion} fits azure-native:${namespace}:${name}: name it in azure/generate/match-type.ts.`,
          );
        }
        const rule = match.published.name;
        return [`${namespace}:${name}`, { path: match.path, ...(rule !== null && { name: rule }) }];
      }),
  );
  // One line a type, so that a newer provider shows as a diff of what it changed.
  const lines = rows.map(([token, row]) => `    ${JSON.stringify(token)}: ${JSON.stringify(row)}`);
  return `{\n  "source": ${JSON.stringify(sourceOf(folder))},\n  "types": {\n${lines.join(",\n")}\n  }\n}\n`;
}

function sourceOf(folder: string): Readonly<Record<string, string>> {
  const git = (...args: readonly string[]): string =>
    execFileSync("git", ["-C", folder, ...args])
      .toString()
      .trim();
  const [commit = "", date = ""] = git("log", "-1", "--format=%H %cs").split(" ");
  const repository = "https://github.com/Azure/bicep-types-az";
  return { repository, commit, date, licence: "MIT, Copyright (c) Microsoft Corporation" };
}
