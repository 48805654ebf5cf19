import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { renderHtml } from "../../preview/html/page";
import { needsNoDigest } from "../../policies/rules/kubernetes/images";
import { renderText } from "../../preview/render-text";
import type { PlannedResource } from "../../core/planned-resource";
import { stackFilesOf } from "../../stacks/find-stack-file";
import { shippedPreview } from "../shipped-previews";
import { root, shippedStackNames, shippedStacks } from "../stack-files";

/** What a reviewer must see of a resource: everything but the order in which it happened to be registered. */
function reviewed({ type, name, parent, inputs, dependencies, provider, options }: PlannedResource): object {
  const short = (urn: string): string => urn.split("::").slice(2).join("::");
  return {
    type,
    name,
    parent: short(parent),
    inputs,
    ...(dependencies.length > 0 && { dependencies: dependencies.map(short) }),
    ...(provider !== "" && { provider: short(provider.split("::").slice(0, 4).join("::")) }),
    ...options,
  };
}

it("knows every stack file that ships", () => {
  expect(stackFilesOf(root).sort()).toEqual(Object.values(shippedStacks).sort());
});

describe.each(shippedStackNames)("%s", (stack) => {
  it("makes what its golden says (npm run goldens after an intended change)", async () => {
    const { plan } = await shippedPreview(stack);
    const resources = plan.resources
      .map((it) => ({ urn: it.urn, reviewed: reviewed(it) }))
      .sort((a, b) => (a.urn < b.urn ? -1 : 1))
      .map((it) => it.reviewed);
    const text = JSON.stringify({ outputs: plan.outputs, resources }, readable, 2);
    await expect(`${text}\n`).toMatchFileSnapshot(`${stack}.json`);
  });

  it("pulls every image by its digest, but those that have none to name", () => {
    const golden = readFileSync(path.join(__dirname, `${stack}.json`), "utf8");
    // Through a registry of the environment's own an image has its public name behind the host of that.
    const images = [...golden.matchAll(/"image": "(?:cr[a-z0-9]+\.azurecr\.io\/)?([^"]*)"/g)].map(([, it = ""]) => it);
    expect(images.filter((it) => !/@sha256:[0-9a-f]{64}$/.test(it) && !mayLackDigest(it))).toEqual([]);
  });

  it("prints what its golden says", async () => {
    const result = await shippedPreview(stack);
    const text = renderText({ ...result, file: `Pulumi.${stack}.yaml` }, (_, it) => it);
    await expect(text).toMatchFileSnapshot(`${stack}.txt`);
  });
});

// Two that have between them all that is drawn: nodes on demand, spares, teams, models, and nodes of another stack.
it.each(["dev", "prod-workloads"] as const)("draws %s as its golden says", async (stack) => {
  await expect(renderHtml(await shippedPreview(stack))).toMatchFileSnapshot(`${stack}.html`);
});

/** An image that the rules excuse, at an exact version; of two the operator puts the tag together by the OS of the node. */
function mayLackDigest(image: string): boolean {
  if (/^(doca-driver|sriov-network-device-plugin)$/.test(image)) return true;
  return needsNoDigest(image) && /:v?\d+\.\d+\.\d+(-[a-z0-9.-]+)?$/.test(image);
}

/**
 * First boot of a node is code, so it is reviewed as text. The schema of a kind is somebody else's, thousands of lines that come with a
 * version and are compared with it elsewhere: that it is the same is enough.
 */
function readable(key: string, value: unknown): unknown {
  if (key === "openAPIV3Schema") return `sha256 ${createHash("sha256").update(JSON.stringify(value)).digest("hex")}`;
  if (key === "customData" && typeof value === "string") return Buffer.from(value, "base64").toString().split("\n");
  return sortedKeys(key, value);
}

/** Keys in order, since the order in which a program sets them says nothing. */
function sortedKeys(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
