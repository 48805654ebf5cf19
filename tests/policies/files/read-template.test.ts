import { describe, expect, it } from "vitest";
import { MisconfiguredError } from "../../../core/problems";
import { unknownValue } from "../../../core/property-marks";
import type { JudgedFile } from "../../../policies/files/judged-file";
import { parametersOf, readTemplate } from "../../../policies/files/read-template";

const schema = "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#";

function read(template: object, given: object = {}): JudgedFile {
  const content = JSON.stringify({ $schema: schema, ...template }, null, 2);
  return readTemplate("main.json", content, { ...given });
}

function inputsOf(template: object, given: object = {}): readonly (readonly [string, object])[] {
  return read(template, given).resources.map(({ type, name, inputs }) => [`${type} ${name}`, inputs]);
}

function told(run: () => unknown): string {
  try {
    run();
    return "";
  } catch (error) {
    return error instanceof MisconfiguredError ? error.message : `a bug: ${String(error)}`;
  }
}

const account = { type: "Microsoft.Storage/storageAccounts", apiVersion: "2023-05-01", name: "st" };
const group = { resourceGroupName: unknownValue };

describe("a template", () => {
  it("is its resources, with expressions that ask for one plain value replaced, whatever the case of its name", () => {
    const template = {
      parameters: {
        Region: { type: "string", defaultValue: "eastus" },
        owner: { type: "string" },
        owners: { type: "object" },
        key: { type: "secureString", defaultValue: "s3cr3t" },
        none: { type: "bool", defaultValue: "[parameters('later')]" },
        later: { type: "bool", defaultValue: false },
      },
      variables: {
        list: ["a", { tls: "TLS1_0", deep: { key: true } }],
        tls: "TLS1_2",
        same: "[variables('tls')]",
        round: "[variables('round')]",
      },
      resources: [
        {
          ...account,
          location: "[parameters('region')]",
          tags: { owner: "[PARAMETERS('OWNER')]", said: "[[plain]" },
          properties: {
            minimumTlsVersion: "[variables('SAME')]",
            allowBlobPublicAccess: "[parameters('none')]",
            a: "[variables('round')]",
            b: "[parameters('key')]",
            c: "[concat('x', 'y')]",
            d: "[parameters('nobody')]",
            e: ["[ parameters( 'region' ) ]", "[parameters('region')", "parameters('region')]"],
            f: "[not(parameters('none'))]",
            g: "[parameters('region')][parameters('region')]",
            h: [
              "[variables('list')[1].Tls]",
              "[ variables('list')[ 1 ]['deep'].key ]",
              "[variables('list')[2]]",
              "[variables('list').length]",
              "[variables('list')[0].tls]",
              "[parameters('owners').first]",
              "[parameters('key').first]",
              "[variables('list')[1].tls, 'x']",
              "x[variables('list')[0]]",
            ],
          },
        },
      ],
    };
    expect(inputsOf(template, { OWNER: "me", KEY: { first: "another" }, owners: { FIRST: "one" } })).toEqual([
      [
        "azure-native:storage:StorageAccount st",
        {
          ...group,
          accountName: "st",
          location: "eastus",
          tags: { owner: "me", said: "[plain]" },
          minimumTlsVersion: "TLS1_2",
          allowBlobPublicAccess: false,
          a: unknownValue,
          b: unknownValue,
          c: unknownValue,
          d: unknownValue,
          e: ["eastus", "[parameters('region')", "parameters('region')]"],
          f: unknownValue,
          g: unknownValue,
          h: [
            "TLS1_0",
            true,
            unknownValue,
            unknownValue,
            unknownValue,
            "one",
            unknownValue,
            unknownValue,
            "x[variables('list')[0]]",
          ],
        },
      ],
    ]);
  });

  it("has children below their parents, in lists and by names, and loops judged once", () => {
    const child = { type: "blobServices", name: "default", properties: { isVersioningEnabled: true } };
    const template = {
      languageVersion: "2.0",
      resources: {
        listed: { ...account, resources: [child] },
        named: { ...account, name: "[uniqueString('x')]", resources: { one: child } },
        theirs: { ...account, existing: true },
        off: { ...account, condition: false },
        many: {
          ...account,
          name: "many",
          copy: { name: "l", count: 3 },
          properties: { copy: [{ name: "rules", count: 2, input: { value: "[copyIndex('rules')]" } }] },
        },
        odd: { type: "Microsoft.Nowhere/things", name: "x" },
      },
    };
    const { resources, notRead } = read(template);
    expect(resources.map(({ type, name, inputs }) => [type, name, inputs["accountName"], inputs["rules"]])).toEqual([
      ["azure-native:storage:StorageAccount", "st", "st", undefined],
      ["azure-native:storage:BlobServiceProperties", "st/default", "st", undefined],
      ["azure-native:storage:StorageAccount", "resources.named", unknownValue, undefined],
      ["azure-native:storage:BlobServiceProperties", "resources.named.resources.one", unknownValue, undefined],
      ["azure-native:storage:StorageAccount", "many", "many", [{ value: unknownValue }]],
    ]);
    expect(notRead).toEqual([
      "resources.many: a copy loop, of which the body is judged once",
      "resources.odd: Microsoft.Nowhere/things, a type that is not known here",
    ]);
  });

  it("has the resources of templates in it, which ask the outer one unless they have a scope of their own", () => {
    const nested = (scope: object, name: string): object => ({
      type: "Microsoft.Resources/deployments",
      name,
      properties: {
        ...scope,
        parameters: { tls: { value: "[variables('outer')]" } },
        template: {
          $schema: schema,
          parameters: { tls: { type: "string" } },
          variables: { outer: "inner" },
          resources: [
            {
              ...account,
              name,
              properties: { minimumTlsVersion: "[parameters('tls')]", kind: "[variables('outer')]" },
            },
          ],
        },
      },
    });
    const template = {
      parameters: { tls: { type: "string", defaultValue: "TLS1_0" } },
      variables: { outer: "TLS1_2" },
      resources: [
        nested({}, "out"),
        nested({ expressionEvaluationOptions: { scope: "Inner" } }, "in"),
        nested({ expressionEvaluationOptions: { scope: "Outer" } }, "out as well"),
        nested({ parameters: { tls: "no value" } }, "odd"),
        { type: "Microsoft.Resources/deployments", name: "far", properties: { templateLink: { uri: "https://x" } } },
      ],
    };
    expect(
      read(template).resources.map(({ name, inputs }) => [name, inputs["minimumTlsVersion"], inputs["kind"]]),
    ).toEqual([
      ["out", "TLS1_0", "TLS1_2"],
      ["in", "TLS1_2", "inner"],
      ["out as well", "TLS1_0", "TLS1_2"],
      ["odd", "TLS1_0", "TLS1_2"],
    ]);
    const { lineOf, resources } = read(template);
    expect(resources.map(({ urn }) => lineOf(urn, ""))).toEqual([33, 69, 105, 138]);
    expect(resources.map(({ urn }) => lineOf(urn, "minimumTlsVersion"))).toEqual([38, 74, 110, 143]);
    expect(read(template).notRead).toEqual(["resources.4: a linked template, which is in another file"]);
  });

  it("may have comments and texts of several lines, as Azure's tools take them", () => {
    const content = `// a template
{
  "$schema": "${schema}", /* of a group
  */
  "resources": [
    // the only one
    { "type": "Microsoft.Storage/storageAccounts", "name": "st", "tags": { "url": "https://x // no comment", "long": "a
      b" } }
  ]
}`;
    const { resources, lineOf } = readTemplate("main.json", content, {});
    expect(resources.map(({ name, inputs }) => [name, inputs["tags"]])).toEqual([
      ["st", { url: "https://x // no comment", long: "a b" }],
    ]);
    expect(resources.map(({ urn }) => lineOf(urn, ""))).toEqual([7]);
  });

  it("keeps a copy that is no loop", () => {
    const input = { name: "rules", input: 1 };
    const made = (copy: unknown): unknown[] => {
      const inputs = read({ resources: [{ ...account, properties: { copy } }] }).resources[0]?.inputs;
      return [inputs?.["copy"], inputs?.["rules"]];
    };
    expect(made([input])).toEqual([undefined, [1]]);
    for (const odd of ["rules", [input, 5], [input, { name: "more" }], [input, { input: 1 }], [{ ...input, name: 5 }]])
      expect(made(odd)).toEqual([odd, undefined]);
  });

  it("has children by their whole type, and none with a name that is not known", () => {
    const child = { type: "Microsoft.Storage/storageAccounts/blobServices", name: "default" };
    const { resources, notRead } = read({
      resources: [
        { ...account, resources: [child, { ...child, name: "[uniqueString('x')]" }] },
        { ...account, name: 5 },
        { type: "things", name: "x" },
      ],
    });
    expect(resources.map(({ type, name }) => [type, name])).toEqual([
      ["azure-native:storage:StorageAccount", "st"],
      ["azure-native:storage:BlobServiceProperties", "st/default"],
      ["azure-native:storage:BlobServiceProperties", "resources.0.resources.1"],
      ["azure-native:storage:StorageAccount", "resources.1"],
    ]);
    expect(notRead).toEqual(["resources.2: things, a type that is not known here"]);
  });

  it("has the type of a scope where it says one", () => {
    const lock = { type: "Microsoft.Authorization/locks", name: "l", properties: { level: "CanNotDelete" } };
    const setting = { type: "Microsoft.Insights/diagnosticSettings", name: "d", scope: "x" };
    expect(read({ resources: [lock, { ...lock, scope: "x" }, setting] }).resources.map(({ type }) => type)).toEqual([
      "azure-native:authorization:ManagementLockAtResourceGroupLevel",
      "azure-native:authorization:ManagementLockByScope",
      "azure-native:monitor:DiagnosticSetting",
    ]);
  });

  it("has the URN of its file, and the line that it is written on where it stands by an alias", () => {
    const content = `$schema: ${schema}
variables: { some: &some [{ type: Microsoft.Storage/storageAccounts, name: st }, { name: no type }] }
resources: *some
`;
    const [, says] = told(() => readTemplate("main.yaml", content, {})).split("\n");
    expect(says?.trim()).toMatch(/^resources\.1 \(line 2\): must be a resource with a type; got /);
    const { resources, lineOf } = readTemplate("C:\\a:b.yaml", content.replace(", { name: no type }", ""), {});
    expect(resources.map(({ urn }) => urn)).toEqual([
      "urn:pulumi:files::C-\\a-b.yaml::azure-native:storage:StorageAccount::st",
    ]);
    expect(resources.map(({ urn }) => lineOf(urn, ""))).toEqual([2]);
  });

  it("says the line of a property, under properties at whatever depth", () => {
    const subnet = { name: "gpu", properties: { addressPrefix: "10.0.0.0/24" } };
    const network = { type: "Microsoft.Network/virtualNetworks", name: "v", properties: { subnets: [subnet] } };
    const { resources, lineOf } = read({ resources: [network] });
    const urn = resources[0]?.urn ?? "";
    const paths = ["", "subnets", "subnets[0]", "subnets[0].addressPrefix", "subnets[0].natGateway", "flowTimeout"];
    expect(paths.map((it) => lineOf(urn, it))).toEqual([4, 8, 9, 12, 9, 4]);
  });

  it("says the line where a resource begins, and takes a thousand of one name", () => {
    const { resources, lineOf } = read({ resources: Array.from({ length: 1000 }, () => account) });
    expect(new Set(resources.map(({ urn }) => urn)).size).toBe(1000);
    expect([0, 1].map((at) => lineOf(resources[at]?.urn ?? "", ""))).toEqual([4, 9]);
  });

  it("is refused with everything that is wrong at once", () => {
    const wrong = {
      parameters: { location: {} },
      resources: [{ name: "no type" }, "text", { ...account, resources: "none" }],
    };
    const message = told(() => read(wrong, { locaton: "eastus", other: 1 }));
    for (const line of [
      "parameters.locaton: must be a parameter of the template. Closest: location",
      "parameters.other: must be a parameter of the template. It has location",
      "resources.0 (line 7): must be a resource with a type",
      "resources.1 (line 10): must be a resource with a type",
      "resources.2.resources (line 15): must be a list or an object of resources",
    ])
      expect(message).toContain(line);
    const none = read({ resources: [] });
    expect(none.resources).toEqual([]);
    expect(told(() => read({ resources: [] }, { region: 1 }))).toContain(
      "parameters.region: must be a parameter of the template. It has none",
    );
    const two = { parameters: { first: {}, second: {} }, resources: [] };
    expect(told(() => read(two, { zzz: 1 }))).toContain("It has first, second");
  });

  it("never shows what stands in what it refuses", () => {
    const password = { name: "vm", properties: { adminPassword: "s3cr3t" } };
    expect(
      told(() => read({ resources: [password, "s3cr3t"] }))
        .split("\n")
        .slice(1),
    ).toEqual([
      "  resources.0 (line 4): must be a resource with a type; got { name, properties }",
      "  resources.1 (line 10): must be a resource with a type; got a text",
    ]);
    expect(told(() => readTemplate("main.json", JSON.stringify({ kind: "Secret", data: "s3cr3t" }), {}))).toMatch(
      /it has resources; got \{ kind, data \}$/,
    );
  });

  const one = "the file: must be one ARM template as JSON: $schema names one, and it has resources; got";
  const whole = JSON.stringify({ $schema: schema, resources: [] });
  it.each([
    ["", `${one} nothing`],
    ["[]", `${one} a list of 0`],
    ['{ "resources": [] }', `${one} {`],
    [`{ "$schema": "${schema}" }`, `${one} {`],
    ['{ "$schema": "https://json-schema.org/draft-07/schema#", "resources": [] }', `${one} {`],
    [`${whole}\n---\n${whole}`, `${one} {`],
    ["{ a: [", "document 1 (line 1): is broken in column 7: a quote, bracket, comma"],
  ])("is not %j", (content, says) => {
    const [first = "", ...more] = told(() => readTemplate("x.json", content, {})).split("\n");
    expect(first).toBe("x.json is misconfigured:");
    expect(more.map((it) => it.trim().slice(0, says.length))).toContain(says);
  });

  it("takes the values of a file of parameters, and none that lies in a vault", () => {
    expect(parametersOf({ parameters: { a: { value: 1 }, b: { reference: {} } } })).toEqual({ a: 1, b: unknownValue });
    expect(parametersOf({ parameters: { a: 1 } })).toBeUndefined();
    // Those of a template are what it takes, and have no value.
    expect(parametersOf({ parameters: { a: { type: "string", defaultValue: "x" } } })).toBeUndefined();
    expect(parametersOf({ parameters: { a: { value: 1 }, b: 1 } })).toBeUndefined();
    expect(parametersOf({})).toBeUndefined();
  });
});
