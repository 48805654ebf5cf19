import { copyFileSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { type Preview, preview } from "../../preview/preview";
import { previewJson } from "../../preview/preview-json";
import { renderText } from "../../preview/render-text";
import { plainStacks, shippedStacks, today } from "../stack-files";

const teams = `config:
  azure-native:location: eastus
  pulumi:disable-default-providers: [kubernetes]
  azure-gpu-cluster:environment: { kind: prod, owner: a, costCenter: b }
  azure-gpu-cluster:layers: [tenants]
  azure-gpu-cluster:handover: organization/azure-gpu-cluster/`;

/** Writes stacks of tenants that read one from the other, and plans the first. */
function plan(...chain: readonly (readonly [stack: string, reads: string])[]): Promise<unknown> {
  const folder = mkdtempSync(path.join(tmpdir(), "chain-"));
  for (const [stack, reads] of chain) writeFileSync(path.join(folder, `Pulumi.${stack}.yaml`), `${teams}${reads}\n`);
  return preview(path.join(folder, `Pulumi.${chain[0]?.[0] ?? ""}.yaml`), { today });
}

describe("a chain of handovers", () => {
  it.each([
    ["itself", [["a", "a"]], "handover (line 6): must name another stack"],
    [
      "a circle",
      [
        ["a", "b"],
        ["b", "a"],
      ],
      "handover (line 6): must not close a circle: a reads b reads a",
    ],
    [
      "a circle that begins later",
      [
        ["a", "b"],
        ["b", "c"],
        ["c", "b"],
      ],
      "must not close a circle: b reads c reads b",
    ],
    [
      "a long one",
      [
        ["a", "b"],
        ["b", "c"],
        ["c", "d"],
        ["d", "e"],
        ["e", "f"],
      ],
      "must not be the end of a chain of more than 3 stacks: a reads b reads c",
    ],
    ["an end that is not there", [["a", "b"]], "cannot be planned: Pulumi.b.yaml does not stand beside this file"],
  ] as const)("is refused: %s", async (_, chain, said) => {
    await expect(plan(...chain)).rejects.toThrow(said);
  });
});

it("gives one environment one name for its storage, however its subscription is written", async () => {
  const accountOf = async (id: string): Promise<unknown> => {
    const file = path.join(mkdtempSync(path.join(tmpdir(), "subscription-")), "Pulumi.dev.yaml");
    const text = readFileSync(shippedStacks.dev, "utf8");
    writeFileSync(file, text.replace("config:\n", `config:\n  azure-native:subscriptionId: ${id}\n`));
    const { plan } = await preview(file, { today });
    return plan.resources.find((it) => it.type === "azure-native:storage:StorageAccount")?.inputs["accountName"];
  };
  const id = "12345678-abcd-4234-8234-123456789abc";
  expect(await accountOf(id.toUpperCase())).toBe(await accountOf(id));
});

describe("what add-ons fetch", () => {
  /** Plans workloads, which find their cluster in the file beside theirs, with more in the file. */
  const planWith = (more: string): Promise<Preview> => {
    const folder = mkdtempSync(path.join(tmpdir(), "mirrors-"));
    copyFileSync(plainStacks.staging, path.join(folder, "Pulumi.staging.yaml"));
    const file = path.join(folder, "Pulumi.staging-workloads.yaml");
    writeFileSync(file, `${readFileSync(plainStacks["staging-workloads"], "utf8")}${more}`);
    return preview(file, { today });
  };
  const platform = (mirrors: object): string =>
    `  azure-gpu-cluster:platform: ${JSON.stringify({ imageMirrors: mirrors })}\n`;

  it("is told to machines, and to people where it lies in mirrors", async () => {
    const open = await planWith("");
    expect(open.fetches).toContainEqual({
      from: "registry.k8s.io/kueue/kueue:v0.19.2",
      to: "registry.k8s.io/kueue/kueue:v0.19.2",
    });
    expect(previewJson(open, 0).summary.fetches).toEqual(open.fetches);
    expect(renderText(open, (_, it) => it)).not.toContain("To copy before up");

    const hosts = open.fetches.map(({ from }) => from.replace(/^\w+:\/\//, "").replace(/\/.*/, ""));
    const mirrors = Object.fromEntries(hosts.map((host) => [host, `mirror.azurecr.io/${host}`]));
    const text = renderText(await planWith(platform(mirrors)), (_, it) => it);
    const [, copies = ""] = text.split("To copy before up\n");
    const lines = copies
      .trim()
      .split("\n")
      .map((it) => it.trim().split(/  +/));
    expect(lines.map(([from]) => from)).toEqual(open.fetches.map(({ from }) => from));
    expect(lines.filter(([, to = ""]) => !to.replace("oci://", "").startsWith("mirror.azurecr.io/"))).toEqual([]);
  });

  it("fails on a mirror of a host with a slip in it, with its line", async () => {
    await expect(planWith(platform({ "ncvr.io": "mirror.azurecr.io" }))).rejects.toThrow(
      /imageMirrors\."ncvr\.io" \(line \d+\): must be a host that an add-on of this cluster fetches from/,
    );
  });
});
