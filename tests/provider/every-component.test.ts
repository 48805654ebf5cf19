import { readdirSync } from "node:fs";
import path from "node:path";
import { Provider } from "@pulumi/kubernetes/provider";
import { ComponentResource, type ComponentResourceOptions, output, type ProviderResource } from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { record } from "../../preview/record";
import type { RecordedPlan } from "../../preview/recorded-plan";
import { packagedComponents, unpackagedComponents } from "../../provider/components";
import { construct } from "../../provider/construct";
import { root } from "../stack-files";
import { everyComponent } from "./every-component";

/** Records what is made with a provider of Kubernetes, as components in a cluster have one. */
function made(
  make: (opts: ComponentResourceOptions & { providers: ProviderResource[] }) => unknown,
): Promise<RecordedPlan> {
  return record({
    stack: "dev",
    program: async () => {
      await make({ providers: [new Provider("k8s", { kubeconfig: "{}" })] });
    },
  });
}

/** Inputs as a program of another language gives those of resources: each an output of the whole. */
function asOutputs(given: object): object {
  return Object.fromEntries(Object.entries(given).map(([key, it]) => [key, output(it as unknown)]));
}

describe("a component that a program in another language makes", () => {
  it("is each that there is in TypeScript, or says why it is not", async () => {
    const types: string[] = [];
    for (const area of readdirSync(path.join(root, "components"))) {
      if (area.endsWith(".md")) continue;
      const exported = (await import(path.join(root, "components", area, "index.ts"))) as object;
      for (const [name, it] of Object.entries(exported)) {
        const { prototype } = Object(it) as { readonly prototype?: unknown };
        if (prototype instanceof ComponentResource) types.push(`azure-gpu-cluster:${area}:${name}`);
      }
    }
    const told = [...Object.keys(packagedComponents), ...Object.keys(unpackagedComponents)];
    expect(told.sort()).toEqual(types.sort());
  });

  it("is in the table below", () => {
    expect(Object.keys(everyComponent).sort()).toEqual(Object.keys(packagedComponents).sort());
  });

  it.each(Object.entries(everyComponent))(
    "is %s, with all that its class makes",
    async (type, { name, given, make }) => {
      const expected = await made((opts) => make(name, opts));
      const found = await made((opts) => construct(name, type, asOutputs(given), opts));
      expect(expected.resources.some((it) => it.type === type)).toBe(true);
      expect(found.resources).toEqual(expected.resources);
    },
  );

  it.each(Object.entries(everyComponent))(
    "is %s, with the outputs that its row says",
    async (type, { name, given }) => {
      let state: unknown;
      await made(async (opts) => {
        const made = await construct(name, type, given, opts);
        await new Promise<void>((done) => {
          output(made.state).apply((it: unknown) => {
            state = it;
            done();
          });
        });
      });
      const row = packagedComponents[type];
      expect(row?.outputs.strict().safeParse(JSON.parse(JSON.stringify(state))).error?.issues).toBeUndefined();
    },
  );
});
