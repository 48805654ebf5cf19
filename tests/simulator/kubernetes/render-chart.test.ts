import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Props } from "../../../core/property-value";
import { howToGetHelm } from "../../../simulator/engine/helm";
import { renderChart } from "../../../simulator/kubernetes/render-chart";

// With a Helm of our own, which prints and ends as a test wants it.
let folder: string;
let helm: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "helm-rendering-test-"));
  helm = join(folder, "helm");
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

function fakeHelm(script: string): void {
  writeFileSync(helm, `#!/bin/sh\n${script}\n`);
  chmodSync(helm, 0o755);
}

/** A Helm that prints this manifest. */
function printing(manifest: string): void {
  writeFileSync(join(folder, "manifest"), manifest);
  fakeHelm(`exec /bin/cat ${folder}/manifest`);
}

const render = (more: { values?: Props; seconds?: number } = {}): Promise<Props[]> =>
  renderChart({
    helm,
    chart: "/charts/x",
    name: "rel",
    namespace: "ns",
    values: {},
    kubernetesVersion: "1.36.3",
    ...more,
  });

/** What every message begins with. */
const subject = "The chart /charts/x cannot be rendered as release 'rel' in namespace 'ns': ";

/** An object of a kind, as YAML in one line. */
const yaml = (kind: string, name: string): string => `{ apiVersion: v1, kind: ${kind}, metadata: { name: ${name} } }`;
const object = (kind: string, name: string): Props => ({ apiVersion: "v1", kind, metadata: { name } });

test("Helm is asked with values in a file and with nothing of the caller's settings", async () => {
  for (const name of ["HELM_NAMESPACE", "HELM_PLUGINS", "HELM_DEBUG", "KUBECONFIG"]) vi.stubEnv(name, "/somebody/else");
  fakeHelm(
    `/usr/bin/env > ${folder}/env; echo "$*" > ${folder}/asked; /bin/pwd > ${folder}/where; /bin/cat "$9" > ${folder}/values
    /usr/bin/stat -c %a . > ${folder}/mode`,
  );
  expect(await render({ values: { replicas: 2, secret: "$(x)" } })).toEqual([]);
  const noted = (file: string): string => readFileSync(join(folder, file), "utf8").trim();
  const where = noted("where");
  expect(where).toMatch(/\/azure-gpu-cluster-helm-\w+$/);
  expect(noted("asked")).toBe(
    `template --include-crds --skip-tests --kube-version 1.36.3 --namespace ns --values ${where}/values.yaml -- rel /charts/x`,
  );
  expect(JSON.parse(noted("values"))).toEqual({ replicas: 2, secret: "$(x)" });
  // PWD, SHLVL and _ are the shell's own.
  const own = noted("env")
    .split("\n")
    .filter((line) => !/^(PWD|OLDPWD|SHLVL|_)=/.test(line));
  expect(own.sort()).toEqual([
    `HELM_CACHE_HOME=${where}/cache`,
    `HELM_CONFIG_HOME=${where}/config`,
    `HELM_DATA_HOME=${where}/data`,
    `HOME=${where}`,
    `KUBECONFIG=${where}/no-kubeconfig`,
  ]);
  expect(noted("mode")).toBe("700");
  expect(existsSync(where)).toBe(false);
});

test.each<[string, string, readonly Props[]]>([
  ["nothing", "", []],
  ["empty documents", "---\n# Source: x/templates/none.yaml\n---\n\n---\n{}\n--- ~\n", []],
  ["objects", `---\n${yaml("A", "a")}\n---\n# B\n${yaml("B", "b")}\n`, [object("A", "a"), object("B", "b")]],
  [
    "a List",
    `apiVersion: v1\nkind: List\nitems: [${yaml("A", "a")}, { apiVersion: v1, kind: List, items: [${yaml("B", "b")}] }]`,
    [object("A", "a"), object("B", "b")],
  ],
  [
    "a list of one kind, whose items do not repeat it",
    "apiVersion: v1\nkind: ConfigMapList\nitems: [{ metadata: { name: a } }]",
    [object("ConfigMap", "a")],
  ],
  ["a kind that ends like one", yaml("AllowList", "a"), [object("AllowList", "a")]],
  [
    "what YAML 1.1 means",
    "{ apiVersion: v1, kind: A, mode: 0444, new: 0o444, on: yes, time: 2026-01-01, ports: 22:22, twice: 1, twice: 2 }",
    // `on` as a key is true: JSON has texts only.
    [{ apiVersion: "v1", kind: "A", mode: 292, new: 292, true: true, time: "2026-01-01", ports: "22:22", twice: 2 }],
  ],
  [
    "a merge key",
    "{ apiVersion: v1, kind: A, a: &a { p: 1, q: 1 }, b: { <<: *a, q: 2 } }",
    [{ apiVersion: "v1", kind: "A", a: { p: 1, q: 1 }, b: { p: 1, q: 2 } }],
  ],
])("reads %s", async (_, manifest, objects) => {
  printing(manifest);
  expect(await render()).toEqual(objects);
});

test("reads more than Node buffers of itself", async () => {
  printing(`apiVersion: v1\nkind: A\nmetadata: { name: a }\ndata: "${"x".repeat(3_000_000)}"\n`);
  expect(await render()).toHaveLength(1);
});

test.each([
  ["a text", "just words", 'it holds a document without apiVersion and kind: "just words"'],
  ["no kind", "apiVersion: v1", 'it holds a document without apiVersion and kind: {"apiVersion":"v1"}'],
  ["a list item that is none", "{ apiVersion: v1, kind: List, items: [3] }", "without apiVersion and kind: 3"],
  ["broken YAML", "a: [", "what Helm printed is not YAML: "],
])("fails for %s, and names chart and release", async (_, manifest, why) => {
  printing(manifest);
  const failed = expect(render()).rejects;
  await failed.toThrow(subject);
  await expect(render()).rejects.toThrow(why);
});

test.each<[string, string, string, number?]>([
  [
    "with Helm's words",
    "echo \"Error: values do not meet the schema: - at '/crds': additional properties 'enabledd' not allowed\" >&2; exit 1",
    "Helm says: values do not meet the schema: - at '/crds': additional properties 'enabledd' not allowed",
  ],
  ["when it says nothing", "exit 7", "Helm ended with 7 and said nothing."],
  ["when it is killed", "kill -9 $$", "Command failed: "],
  ["when it does not end", "exec /bin/sleep 60", "Helm did not end within 3 seconds, so it was ended.", 3],
])("a bad end fails %s, and leaves no folder", async (_, script, why, seconds) => {
  fakeHelm(`/bin/pwd > ${folder}/where; ${script}`);
  const message = await render(seconds === undefined ? {} : { seconds }).then(String, (error: unknown) =>
    String(error),
  );
  expect(message.startsWith(`Error: ${subject}${why}`)).toBe(true);
  expect(existsSync(readFileSync(join(folder, "where"), "utf8").trim())).toBe(false);
});

test("without Helm fails and says how to get it", async () => {
  await expect(render()).rejects.toThrow(`${subject}there is no Helm at ${helm}. ${howToGetHelm}`);
});
