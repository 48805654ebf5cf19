import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { findArmType } from "../../azure/arm-types";
import { namespacesBehind } from "../../azure/namespaces-behind";
import { shippedPreview } from "../shipped-previews";
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
  const own = types.map((it) => findArmType(it)?.arm.split("/")[0] ?? it);
  const needed = own.flatMap((it) => [it, ...(namespacesBehind[it] ?? [])]).map((it) => it.replace("Microsoft.", ""));
  expect([...registered].sort()).toEqual([...new Set(needed)].filter((it) => !always.includes(it)).sort());
});

it("the split of a stack moves every component of the layers that move, and none of those that stay", async () => {
  const pattern = new RegExp(/grep -E '([^']+)'/.exec(text("docs/runbooks/split-a-stack.md"))?.[1] ?? "no pattern");
  const componentsOf = async (stack: "prod" | "prod-workloads"): Promise<string[]> => {
    const { plan } = await shippedPreview(stack);
    return plan.resources.filter((it) => !it.custom && it.type.startsWith("azure-gpu-cluster:")).map(({ urn }) => urn);
  };
  const [stay, move] = [await componentsOf("prod"), await componentsOf("prod-workloads")];
  expect(stay.filter((it) => pattern.test(it))).toEqual([]);
  expect(move.filter((it) => !pattern.test(it)).map((it) => it.split("::").at(-2))).toEqual([
    "azure-gpu-cluster:cluster:KubernetesAccess",
  ]);
});

it("bootstrap names every variable that jobs are told, and no other", async () => {
  const step = /## 4\. Tell the pipelines\n([^#]+)/.exec(text("docs/runbooks/bootstrap.md"))?.[1] ?? "";
  const said = [...(step.split("```")[0] ?? "").matchAll(/`([A-Z_]+)`/g)].map(([, name]) => name);
  const { pipelines } = (await shippedPreview("bootstrap")).plan.outputs;
  const variables = Object.values(pipelines as Readonly<Record<string, object>>).map((it) => Object.keys(it).sort());
  expect(variables).toEqual(variables.map(() => [...said].sort()));
  expect(said.length).toBeGreaterThan(0);
});

/** Files in which what a pipeline says is written. */
const speakers = ["delivery", "cli", "deploy", "preflight"].flatMap((room) =>
  readdirSync(path.join(root, room), { recursive: true, encoding: "utf8", withFileTypes: true })
    .filter((it) => it.isFile() && /^[^.]+(\.ts)?$/.test(it.name))
    .map((it) => readFileSync(path.join(it.parentPath, it.name), "utf8")),
);

it.each(["failed-run", "refused-plan"])("%s quotes what the commands say", (page) => {
  const quoted = [...text("docs/runbooks", `${page}.md`).matchAll(/^\| ([^|]+) \|/gm)]
    .flatMap(([, cell = ""]) => [...cell.matchAll(/`([^`]+)`/g)])
    .flatMap(([, words = ""]) => /\b(must .*|Azure throttles|no token)/.exec(words)?.[1] ?? []);
  expect(quoted.length).toBeGreaterThan(3);
  expect(quoted.filter((words) => !speakers.some((it) => it.includes(words)))).toEqual([]);
});

it("a message that sends somebody to a page names one that is there, and every runbook is found from another page", () => {
  const named = speakers.flatMap((it) => [...it.matchAll(/docs\/runbooks\/([\w-]+)\.md/g)].map(([, page]) => page));
  const there = readdirSync(path.join(root, "docs/runbooks")).map((it) => it.replace(/\.md$/, ""));
  expect(named.length).toBeGreaterThan(0);
  expect(named.filter((it) => !there.includes(it ?? ""))).toEqual([]);
  const pages = ["README.md", "CONTRIBUTING.md", "docs/README.md", "deploy/README.md", "delivery/README.md"];
  const linking = [
    ...pages,
    ...["docs/paths", "docs/runbooks"].flatMap((it) => readdirSync(path.join(root, it)).map((page) => `${it}/${page}`)),
  ].map((page) => [page, text(page)] as const);
  const lost = there.filter(
    (it) => !linking.some(([page, said]) => page !== `docs/runbooks/${it}.md` && said.includes(`${it}.md`)),
  );
  expect(lost).toEqual([]);
});
