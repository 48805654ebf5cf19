import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { findArmType } from "../../azure/arm-types";
import { shippedStackNames, root } from "../stack-files";

function text(...at: readonly string[]): string {
  return readFileSync(path.join(root, ...at), "utf8");
}

it("the first deployment registers the namespaces of all that the shipped stacks make", () => {
  const loop = /for it in ([\w ]+); do\n +az provider register --namespace Microsoft\.\$it/;
  const registered = loop.exec(text("docs/runbooks/first-deployment.md"))?.[1]?.split(" ") ?? [];
  const types = shippedStackNames.flatMap((it) =>
    [...text("tests/golden", `${it}.json`).matchAll(/"type": "(azure-native:[^"]+)"/g)].map((match) => match[1] ?? ""),
  );
  // Every subscription has these two.
  const always = ["Authorization", "Resources"];
  const needed = types.map((it) => (findArmType(it)?.arm.split("/")[0] ?? it).replace("Microsoft.", ""));
  expect([...registered].sort()).toEqual([...new Set(needed)].filter((it) => !always.includes(it)).sort());
});
