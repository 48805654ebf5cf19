import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, it, test } from "vitest";
import manifest from "../../../package.json";
import { tools } from "../../../components/compute/runner/tools";
import { root } from "../../stack-files";

/** Instructions of the file, each as one line, without comments. */
const instructions = readFileSync(path.join(root, "deploy/operator/Dockerfile"), "utf8")
  .replace(/^\s*#.*\n/gm, "")
  .replace(/\\\n\s*/g, "")
  .split("\n")
  .filter((it) => it !== "");
const of = (word: string): string[] =>
  instructions.filter((it) => it.startsWith(`${word} `)).map((it) => it.slice(word.length + 1));

it("builds on images by their digest alone", () => {
  expect(of("FROM").length).toBeGreaterThan(1);
  expect(of("FROM").filter((it) => !/^[a-z0-9./-]+:[a-z0-9.-]+@sha256:[0-9a-f]{64}( AS [a-z]+)?$/.test(it))).toEqual(
    [],
  );
});

it("ends as the user of the restricted profile, and never goes back to root", () => {
  expect(of("USER")).toEqual(["1000:1000"]);
  expect(instructions.slice(instructions.indexOf("USER 1000:1000") + 1)).toEqual(["WORKDIR /home/node"]);
});

test.each([
  ["azure-native", "AZURE_NATIVE_VERSION", manifest.dependencies["@pulumi/azure-native"]],
  ["kubernetes", "KUBERNETES_VERSION", manifest.dependencies["@pulumi/kubernetes"]],
])("has %s at the version of package.json", (_, name, version) => {
  expect(of("ARG")).toContain(`${name}=${version}`);
});

it("has the CLI of the SDK and kubelogin as the runner has them", () => {
  const [pulumi] = tools;
  expect(of("ADD")).toEqual([`--checksum=sha256:${pulumi?.sha256 ?? ""} ${pulumi?.archive ?? ""} /tmp/pulumi.tar.gz`]);
  expect(pulumi?.archive).toContain(`/v${manifest.dependencies["@pulumi/pulumi"]}/`);
  const kubelogin = tools.find(({ archive }) => archive.includes("kubelogin"))?.archive;
  const [version] = of("ARG").flatMap((it) => /^KUBELOGIN_VERSION=(.+)$/.exec(it)?.[1] ?? []);
  expect(kubelogin).toContain(`/${version ?? "none"}/`);
});

it("fetches nothing without a sum, and has no sum of a plugin that nobody gave", () => {
  const fetches = of("RUN").filter((it) => /curl|wget|plugin install/.test(it));
  expect(fetches).toHaveLength(1);
  for (const it of fetches) expect(it).toMatch(/^: "\$\{AZURE_NATIVE_SHA256:\?[^"]+" "\$\{KUBERNETES_SHA256:\?/);
  const sums = of("ARG").filter((it) => it.includes("SHA256"));
  expect(sums).toEqual(["AZURE_NATIVE_SHA256", "KUBERNETES_SHA256"]);
  const installs = fetches.join(" ").match(/plugin install .*?(?= && )/g) ?? [];
  expect(installs).toHaveLength(2);
  for (const it of installs) expect(it).toMatch(/--exact --checksum "\$\{[A-Z_]+SHA256\}"/);
});

it("takes nothing from the tree but what names packages: no stack file, no credential, no history", () => {
  expect(of("COPY").filter((it) => !it.startsWith("--from="))).toEqual(["package.json package-lock.json .npmrc ./"]);
});

it("stops at the first step that fails", () => {
  for (const stage of instructions
    .join("\n")
    .split(/^FROM /m)
    .slice(1))
    if (/^RUN .*(\||&&)/m.test(stage))
      expect(stage).toMatch(/SHELL \["\/bin\/bash", "-o", "errexit", "-o", "nounset", "-o", "pipefail", "-c"\]/);
});
