import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { parse, stringify } from "yaml";
import { preview } from "../../preview/preview";
import { plainStacks, today } from "../stack-files";

const own = {};
const theirs = {
  resourceId:
    "/subscriptions/5f0c1c3e-8a51-4d0e-9c1c-0d6f3f7a2b11/resourceGroups/s/providers/Microsoft.KeyVault/vaults/kv-theirs",
};

it.each<[string, object, readonly string[], number]>([
  ["a vault that the same up makes", own, ["hub", "artifacts"], 1],
  ["somebody else's vault", theirs, ["hub"], 0],
  ["a vault without secrets of teams", own, [], 0],
])("of %s the preview says whether secrets come first", async (_, keyVault, secrets, count) => {
  const { config } = parse(readFileSync(plainStacks.dev, "utf8")) as { config: Record<string, Record<string, object>> };
  const teams = config["azure-gpu-cluster:trainingTeams"] ?? {};
  const [first = ""] = Object.keys(teams);
  const file = path.join(mkdtempSync(path.join(tmpdir(), "secrets-")), "Pulumi.dev.yaml");
  writeFileSync(
    file,
    stringify({
      config: {
        ...config,
        "azure-gpu-cluster:keyVault": keyVault,
        "azure-gpu-cluster:trainingTeams": { ...teams, [first]: { ...teams[first], secrets } },
      },
    }),
  );
  const { notes } = await preview(file, { today });
  const told = notes.filter((it) => it.startsWith("secrets of teams: "));
  expect(told).toHaveLength(count);
  for (const it of told)
    expect(it).toMatch(
      /^secrets of teams: artifacts, hub must be in the vault (kv-gpu-dev-[0-9a-f]{8}) before .*--vault-name \1 --name artifacts\)/,
    );
});
