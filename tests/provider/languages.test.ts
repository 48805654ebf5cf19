import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { pythonEnvironment } from "../python-environment";
import { describeWithPackageSdks } from "../simulator/engine/with-package-sdks";
import { root } from "../stack-files";
import { type Classes, type Finished, GeneratedSdks, run } from "./generated-sdks";
import { goPackage, snippet, typescriptModule } from "./snippets";
import { compileTypeScript } from "./typescript-classes";

interface Schema {
  readonly resources: Record<string, Record<"properties" | "inputProperties", Record<string, object>>>;
}

const file = path.join(root, "provider/schema.json");
const read = (): Schema => JSON.parse(readFileSync(file, "utf8")) as Schema;
/** What every SDK has to have. */
const components: Classes = Object.fromEntries(
  Object.entries(read().resources).map(([type, { properties, inputProperties }]) => [
    type.slice(type.indexOf(":") + 1),
    { inputs: Object.keys(inputProperties).sort(), outputs: Object.keys(properties).sort() },
  ]),
);
const types = Object.keys(components);

describeWithPackageSdks("SDKs that Pulumi generates of our schema", (packageSdks) => {
  let sdks: GeneratedSdks;
  let finished: Finished;

  beforeAll(async () => {
    sdks = new GeneratedSdks(packageSdks);
    finished = await sdks.generate(file);
    writeFileSync(sdks.at("nodejs/snippet.ts"), typescriptModule());
    copyFileSync(path.join(root, "examples/infiniband-cluster-typescript/index.ts"), sdks.at("nodejs/example.ts"));
    writeFileSync(sdks.at("python/snippet.py"), snippet("python"));
    mkdirSync(sdks.at("go/snippet"));
    writeFileSync(sdks.at("go/snippet/pool.go"), goPackage());
    mkdirSync(sdks.at("go/example"));
    copyFileSync(path.join(root, "examples/infiniband-cluster-go/main.go"), sdks.at("go/example/main.go"));
  });

  afterAll(() => sdks.remove());

  it("need a schema that binds, without an error and without a warning", () => {
    expect(finished).toEqual({ status: 0, text: "" });
    expect(types).toContain("cluster:GpuPool");
  });

  it("compile in TypeScript, with a class for each component, the lines of the page and the whole example", () => {
    const { complaints, classes } = compileTypeScript(sdks.at("nodejs"), types, ["snippet.ts", "example.ts"]);
    expect(complaints).toEqual([]);
    expect(classes).toEqual(components);
  });

  it(
    "load in Python, with a class for each component and the lines of the page",
    { timeout: 300_000 },
    async ({ skip }) => {
      const environment = await pythonEnvironment({
        name: "pulumi",
        what: "Pulumi's SDK of Python is",
        megabytes: 14,
        requirements: path.join(__dirname, "python/requirements.txt"),
      });
      if ("missing" in environment) return skip(environment.missing);
      const python = path.join(environment.bin, "python");
      expect(await run(python, ["-m", "compileall", "-q", sdks.at("python")])).toEqual({ status: 0, text: "" });
      const args = [path.join(__dirname, "python/classes.py"), "pulumi_azure_gpu_cluster", ...types];
      const { status, text } = await run(python, args, { env: { PYTHONPATH: sdks.at("python") } });
      expect({ status, text }).toMatchObject({ status: 0 });
      expect(JSON.parse(text)).toEqual(components);
      const lines = [path.join(__dirname, "python/snippet.py"), sdks.at("python/snippet.py")];
      const made = await run(python, lines, { env: { PYTHONPATH: sdks.at("python") } });
      expect(made).toMatchObject({
        status: 0,
        text: expect.stringContaining("azure-gpu-cluster:cluster:GpuPool [") as string,
      });
    },
  );

  it(
    "compile in Go, with a struct for each component, the lines of the page and the whole example",
    { timeout: 300_000 },
    async ({ skip }) => {
      const vetted = await sdks.go("vet", "./...");
      if ("missing" in vetted) return skip(vetted.missing);
      expect(vetted).toEqual({ status: 0, text: "" });
      expect(Object.fromEntries(types.map((it) => [it, structsOf(sdks.at("go/azuregpucluster"), it)]))).toEqual(
        components,
      );
    },
  );
});

/** Names of the schema stand in Go in the tags of fields. */
function structsOf(sdk: string, type: string): Classes[string] {
  const [module = "", name = ""] = type.split(":");
  const camel = `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
  const source = readFileSync(path.join(sdk, module, `${camel}.go`), "utf8");
  const fields = (struct: string): string[] => {
    const body = new RegExp(`^type ${struct} struct {\n([\\s\\S]*?)^}`, "m").exec(source)?.[1] ?? "";
    return [...body.matchAll(/`pulumi:"([^"]+)"`/g)].map(([, tag = ""]) => tag).sort();
  };
  return { inputs: fields(`${camel}Args`), outputs: fields(name) };
}

describeWithPackageSdks("a schema that is broken", (packageSdks) => {
  const pool = "azure-gpu-cluster:cluster:GpuPool";
  const at = `#/resources/${pool}`;

  /** What comes of our schema after a change. */
  async function generate(change: (schema: Schema) => void): Promise<Finished> {
    const schema = read();
    change(schema);
    const folder = mkdtempSync(path.join(tmpdir(), "schema-"));
    const broken = path.join(folder, "schema.json");
    writeFileSync(broken, JSON.stringify(schema));
    const sdks = new GeneratedSdks(packageSdks);
    const finished = await sdks.generate(broken);
    sdks.remove();
    return { ...finished, text: finished.text.replace(folder, "") };
  }

  function input(spec: object): (schema: Schema) => void {
    return ({ resources }) => {
      const inputs = resources[pool]?.inputProperties;
      if (inputs?.["size"] === undefined) throw new Error("The schema has no pool with a size.");
      inputs["size"] = spec;
    };
  }

  it.each([
    {
      what: "a type that it does not have",
      change: input({ $ref: "#/types/azure-gpu-cluster:cluster:Nothing" }),
      says: `${at}/inputProperties/size/$ref: type azure-gpu-cluster:cluster:Nothing not found in package azure-gpu-cluster`,
    },
    {
      what: "a kind of value that no language has",
      change: input({ type: "text" }),
      says: `${at}/inputProperties/size/type: unknown type kind text`,
    },
    {
      what: "a required input that it does not have",
      change: ({ resources }: Schema) => Object.assign(resources[pool] ?? {}, { requiredInputs: ["colour"] }),
      says: `${at}/requiredInputs/0: unknown required property "colour"`,
    },
    {
      what: "a type of another package",
      change: input({ $ref: "/random/v4.0.0/schema.json#/types/random:index:Pet" }),
      says: "it refers to the package random, and only its own types are known here",
    },
  ])("is refused for $what", async ({ change, says }) => {
    const { status, text } = await generate(change);
    expect(status).toBe(1);
    expect(text).toContain("/schema.json does not bind:\n");
    expect(text).toContain(says);
    expect(text).not.toContain("<nil>");
  });

  it("is refused with every problem at once", async () => {
    const { text } = await generate((schema) => {
      input({ type: "text" })(schema);
      Object.assign(schema.resources[pool] ?? {}, { requiredInputs: ["colour"] });
    });
    expect(text).toContain("unknown type kind text");
    expect(text).toContain('unknown required property "colour"');
  });
});
