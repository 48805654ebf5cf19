import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { beforeAll, describe, expect, it } from "vitest";
import { findRow } from "../azure/rows";
import type { RecordedPlan } from "../preview/recorded-plan";
import { shippedPreview } from "./shipped-previews";
import { root, shippedStackNames } from "./stack-files";

/** TypeScript files below a folder, as paths from the root. */
function sources(folder: string): string[] {
  if (!existsSync(path.join(root, folder))) return [];
  return readdirSync(path.join(root, folder), { withFileTypes: true, recursive: true })
    .filter((it) => it.isFile() && it.name.endsWith(".ts"))
    .map((it) => path.relative(root, path.join(it.parentPath, it.name)))
    .sort();
}

const rooms = [
  "core",
  "catalog",
  "azure",
  "components",
  "stacks",
  "preview",
  "policies",
  "verification",
  "replacement",
  "upgrades",
  "preflight",
  "delivery",
  "drift",
  "cli",
  "provider",
  "simulator",
  "site",
  "packages",
];
const product = rooms.flatMap(sources);

const parsed = new Map(
  product.map((file) => [
    file,
    ts.createSourceFile(file, readFileSync(path.join(root, file), "utf8"), ts.ScriptTarget.ES2022, true),
  ]),
);

/** What a file imports: our own files as paths from the root, packages by name. Types-only imports are marked. */
function importsOf(file: string): { readonly target: string; readonly typeOnly: boolean }[] {
  return (parsed.get(file)?.statements ?? []).flatMap((statement) => {
    if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) return [];
    if (statement.moduleSpecifier === undefined || !ts.isStringLiteral(statement.moduleSpecifier)) return [];
    const { text } = statement.moduleSpecifier;
    const typeOnly = /^(import|export) type /.test(statement.getText());
    return [{ target: text.startsWith(".") ? path.join(path.dirname(file), text) : text, typeOnly }];
  });
}

/** What a file declares for others. */
function exportsOf(file: string): ts.Statement[] {
  return (parsed.get(file)?.statements ?? []).filter(
    (it) =>
      ts.canHaveModifiers(it) &&
      ts.getModifiers(it)?.some((word) => word.kind === ts.SyntaxKind.ExportKeyword) === true,
  );
}

/** `components/network`, `stacks`, ... */
function roomOf(file: string): string {
  const [room = "", area = ""] = file.split(path.sep);
  return room === "components" ? `${room}/${area}` : room;
}

/** Who may import whom. A room may always import itself. */
const allowed: readonly (readonly [room: RegExp, imports: RegExp])[] = [
  [/^core$/, /^$/],
  [/^catalog$/, /^core$/],
  [/^azure$/, /^(catalog|core)$/],
  // What jobs are made of is also what the platform makes runtimes of.
  [/^components\/platform$/, /^(components\/training|azure|catalog|core)$/],
  [/^components\/\w+$/, /^(azure|catalog|core)$/],
  [/^policies$/, /^(azure|catalog|core)$/],
  [/^stacks$/, /^(components\/\w+|azure|catalog|core)$/],
  [/^preview$/, /^(stacks|policies|azure|catalog|core)$/],
  [/^simulator$/, /^(stacks|azure|catalog|core)$/],
  [/^verification$/, /^(components\/\w+|catalog|core)$/],
  // It reaches the cluster as a verification does.
  [/^replacement$/, /^(verification|components\/\w+|catalog|core)$/],
  [/^preflight$/, /^(azure|catalog|core)$/],
  // What pipelines, laptops and clusters do with a stack.
  [/^delivery$/, /^(preview|policies|verification|stacks|components\/\w+|azure|catalog|core)$/],
  // It plans each of its steps, to see what becomes of what runs.
  [/^upgrades$/, /^(preview|stacks|components\/\w+|verification|azure|catalog|core)$/],
  // What was seen is priced and judged as a plan is, and Azure asked as a preflight asks it.
  [/^drift$/, /^(preview|policies|preflight|delivery|stacks|azure|catalog|core)$/],
  [/^site$/, /^core$/],
  [/^packages$/, /^(policies|core)$/],
  [/^provider$/, /^(components\/\w+|azure|catalog|core)$/],
  [
    /^cli$/,
    /^(preview|policies|stacks|verification|replacement|preflight|delivery|upgrades|drift|provider|site|packages|components\/\w+|simulator|azure|catalog|core)$/,
  ],
];

describe("imports", () => {
  it.each(product)("%s imports only what its room may", (file) => {
    const room = roomOf(file);
    const may = allowed.find(([pattern]) => pattern.test(room))?.[1];
    const wrong = importsOf(file)
      .map((it) => it.target)
      .filter((target) => rooms.includes(target.split(path.sep)[0] ?? "") || target.startsWith("tests"))
      .filter((target) => roomOf(target) !== room && may?.test(roomOf(target)) !== true)
      // What another area says of itself, so that a thing of somebody else's can stand in for ours.
      .filter((target) => !(room.startsWith("components/") && /^components\/.*-ref$/.test(target)));
    expect(wrong).toEqual([]);
  });

  it("never load a whole provider SDK: a third of the start-up time hangs on it", () => {
    const wrong = product.flatMap((file) =>
      importsOf(file)
        .filter(({ target, typeOnly }) => !typeOnly && /^@pulumi\/(azure-native|kubernetes)(\/[a-z]+)?$/.test(target))
        .filter(({ target }) => target !== "@pulumi/kubernetes/provider")
        .map(({ target }) => `${file}: ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  it("name files: an area's entry is for users of the package, and would load the whole area", () => {
    const wrong = product.flatMap((file) =>
      importsOf(file)
        .filter(({ target }) => /^components\/\w+(\/index)?$|^azure-gpu-cluster/.test(target))
        .map(({ target }) => `${file}: ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  it("load no provider SDK from policies, which run in a process of their own", () => {
    const wrong = sources("policies").flatMap((file) =>
      importsOf(file).filter(({ target, typeOnly }) => !typeOnly && /^@pulumi\/(azure-native|kubernetes)/.test(target)),
    );
    expect(wrong).toEqual([]);
  });

  it("reach nothing outside the project", () => {
    const wrong = product.filter((file) => readFileSync(path.join(root, file), "utf8").includes("../shared/"));
    expect(wrong).toEqual([]);
  });
});

it("keeps what is known of an ARM type in its row: simulator and preview name no type", () => {
  const tokensIn = (node: ts.Node): string[] => {
    const own = ts.isStringLiteralLike(node) || ts.isTemplateHead(node) ? node.text : "";
    const below: string[] = [];
    ts.forEachChild(node, (it) => void below.push(...tokensIn(it)));
    return /\b(azure-native|containerservice|network|storage|storagecache|compute|privatedns):([a-z]\w*:)?[A-Z]/.test(
      own,
    )
      ? [own, ...below]
      : below;
  };
  const wrong = [...parsed]
    .filter(([file]) => /^(preview|simulator)/.test(file))
    .flatMap(([file, source]) => tokensIn(source).map((token) => `${file}: ${token}`));
  expect(wrong).toEqual([]);
});

it("has no file that nothing imports: only what a command starts, plugins, programs and entries of the package stand alone", () => {
  const alone =
    /^(components\/(\w+\/index|platform\/node-health\/controller\/main)|policies\/engine\/(pack|gates)|simulator\/\w+\/main|provider\/main|stacks\/index|cli\/azure-gpu-policies)\.ts$/;
  const { scripts } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")) as {
    scripts: Record<string, string>;
  };
  const started = new Set(Object.values(scripts).flatMap((script) => script.match(/\bcli\/[a-z-]+\.ts/g) ?? []));
  const imported = new Set(product.flatMap((file) => importsOf(file).map(({ target }) => target)));
  const folders = (file: string): string => file.replace(/(\/index)?\.ts$/, "");
  expect(
    product.filter(
      (file) =>
        !alone.test(file) && !started.has(file) && !imported.has(file.slice(0, -3)) && !imported.has(folders(file)),
    ),
  ).toEqual([]);
});

it("names every file in kebab-case", () => {
  expect(product.filter((file) => !/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)?\.ts$/.test(path.basename(file)))).toEqual([]);
});

it("reads configuration and environment in the programs only, never in a component", () => {
  const reads = /process\.env|new (pulumi\.)?Config\(|new StackReference\(|getStack\(\)/;
  expect(sources("components").filter((file) => reads.test(readFileSync(path.join(root, file), "utf8")))).toEqual([]);
});

describe("nothing that was written is left out", () => {
  /** A kind of row: how a file says that it holds one, and the list that makes it count. */
  const lists: readonly (readonly [what: string, folder: string, says: RegExp, list: string])[] = [
    ["ARM types", "azure", /satisfies Readonly<Record<string, ArmRow>>/, "azure/rows.ts"],
    ["add-ons", "components/platform", /: AddOn<|satisfies AddOn\b/, "components/platform/add-ons.ts"],
    ["kinds of teams", "components/tenancy/kinds", /: TeamKind = /, "components/tenancy/kinds/team-kinds.ts"],
    ["kinds of volumes", "components/tenancy/volumes", /: VolumeKind</, "components/tenancy/volumes/volume-kinds.ts"],
    [
      "training runtimes",
      "components/training/runtimes",
      /: Runtime = \{|= fineTune\(/,
      "components/training/runtimes/runtimes.ts",
    ],
  ];

  it.each(lists)("of the %s", (_, folder, says, list) => {
    const listed = importsOf(list).map(({ target }) => `${target}.ts`);
    const rows = sources(folder).filter(
      (file) => file !== list && exportsOf(file).some((it) => ts.isVariableStatement(it) && says.test(it.getText())),
    );
    expect(rows).not.toEqual([]);
    expect(rows.filter((file) => !listed.includes(file))).toEqual([]);
  });

  it("of the components: each area hands all of its own out", () => {
    const missing = sources("components").flatMap((file) => {
      const [, area = ""] = file.split(path.sep);
      const handedOut = readFileSync(path.join(root, "components", area, "index.ts"), "utf8");
      return exportsOf(file)
        .flatMap((it) => (ts.isClassDeclaration(it) && it.name !== undefined ? [it.name.text] : []))
        .filter((name) => !new RegExp(`\\b${name}\\b`).test(handedOut));
    });
    // Made by `installPlatform` alone, which hands out what they say together.
    // And by `GpuScaleSet` alone, whose plan holds that of the head.
    expect(missing.sort()).toEqual(["InstalledAddOn", "SlurmHead"]);
  });
});

it("documents every exported thing", () => {
  // A rule documents itself: its title and reason are data, and their own test demands them.
  const bare = product
    .filter((file) => !file.startsWith("policies/rules/"))
    .flatMap((file) =>
      exportsOf(file)
        // Arguments of a component are documented with the component; a type beside its schema with the schema.
        .filter(
          (it) => !(ts.isInterfaceDeclaration(it) && it.name.text.endsWith("Args")) && !ts.isTypeAliasDeclaration(it),
        )
        // Overloads are one function: the comment stands on the first.
        .filter((it, at, all) => ts.getJSDocCommentsAndTags(it).length === 0 && !isOverload(it, all[at - 1]))
        .map((it) => `${file}: ${it.getText().slice(0, 60)}`),
    );
  expect(bare).toEqual([]);
});

function isOverload(one: ts.Statement, before: ts.Statement | undefined): boolean {
  if (before === undefined || !ts.isFunctionDeclaration(one) || !ts.isFunctionDeclaration(before)) return false;
  return before.body === undefined && before.name?.text === one.name?.text;
}

it("knows every room: no folder has sources beside them, and assistants are told of each", () => {
  const sourced = readdirSync(root, { withFileTypes: true })
    .filter((it) => it.isDirectory() && !/^\.|^(node_modules|dist|tests|examples|templates)$/.test(it.name))
    .map((it) => it.name)
    .filter((it) => sources(it).length > 0);
  expect(sourced.sort()).toEqual([...rooms].sort());
  const told = readFileSync(path.join(root, "AGENTS.md"), "utf8");
  expect(rooms.filter((it) => !told.includes(`(${it}/README.md)`))).toEqual([]);
});

it("has a README in every room and area", () => {
  const areas = readdirSync(path.join(root, "components"), { withFileTypes: true })
    .filter((it) => it.isDirectory())
    .map((it) => `components/${it.name}`);
  const folders = [...rooms, "examples", "tests", ...areas].filter((it) => existsSync(path.join(root, it)));
  expect(folders.filter((it) => !existsSync(path.join(root, it, "README.md")))).toEqual([]);
});

describe.each(shippedStackNames)("every resource of %s", (stack) => {
  let plan: RecordedPlan;
  beforeAll(async () => {
    ({ plan } = await shippedPreview(stack));
  });

  it("has a component for a parent, a name of its own and tags where Azure takes them", () => {
    const byUrn = new Map(plan.resources.map((it) => [it.urn, it]));
    const orphans = plan.resources.filter(
      (it) =>
        it.custom &&
        it.type !== "pulumi:pulumi:StackReference" &&
        byUrn.get(it.parent)?.type.startsWith("azure-gpu-cluster:") !== true,
    );
    expect(orphans.map((it) => it.urn)).toEqual([]);
    expect(byUrn.size).toBe(plan.resources.length);
    const untagged = plan.resources.filter(
      (it) => findRow(it.type)?.taggable === true && Reflect.get(Object(it.inputs["tags"]), "owner") === undefined,
    );
    expect(untagged.map((it) => it.urn)).toEqual([]);
    const azure = plan.resources.filter((it) => it.type.startsWith("azure-native:"));
    expect(azure.filter((it) => findRow(it.type) === undefined).map((it) => it.type)).toEqual([]);
  });

  it("has a component type of the form project:area:Class", () => {
    const components = plan.resources.filter((it) => !it.custom && it.type !== "pulumi:pulumi:Stack");
    expect(components.filter((it) => !/^azure-gpu-cluster:[a-z]+:[A-Z][A-Za-z]+$/.test(it.type))).toEqual([]);
  });
});
