import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { readConfiguration } from "../../policies/engine/configuration";
import { environments } from "../../policies/engine/rule";

it.each(environments)("the configuration of %s says that it is for stacks of that kind", (environment) => {
  const file = `policies/config/${environment}.json`;
  const { settings } = readConfiguration(file, readFileSync(join(__dirname, "../..", file), "utf8"), "2026-09-01");
  expect(settings["meta-env-matches"]).toMatchObject({ environment });
});
