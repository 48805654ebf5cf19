import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import Ajv from "ajv";
import { expect } from "vitest";
import type { BuiltPackage } from "../../packages/build-package";
import { root } from "../stack-files";

const schemas = path.join(root, "node_modules/@cyclonedx/cyclonedx-library/res/schema");

function json(file: string): unknown {
  return JSON.parse(readFileSync(file, "utf8"));
}

/** What the published schema of CycloneDX 1.6 finds wrong with a bill of materials. */
export function wrongBy16(bill: unknown): unknown {
  const ajv = new Ajv({ allErrors: true, logger: false });
  // Addresses and names in other alphabets, of which Ajv knows no form.
  for (const it of ["iri-reference", "idn-email"]) ajv.addFormat(it, () => true);
  // Found under the names by which that of the bill refers to them.
  for (const it of ["spdx", "jsf-0.82"])
    ajv.addSchema(
      json(path.join(schemas, `${it}.SNAPSHOT.schema.json`)) as object,
      `http://cyclonedx.org/schema/${it}.SNAPSHOT.schema.json`,
    );
  const holds = ajv.validate(json(path.join(schemas, "bom-1.6.SNAPSHOT.schema.json")) as object, bill);
  return holds === true ? [] : ajv.errors;
}

/** Packages that a bundle says it holds code of: `esbuild` writes above each piece of code which file it is from. */
export function bundledIn(code: string): readonly string[] {
  const comments = code.matchAll(/^ *\/\/ (?:.*\/)?node_modules\/((?:@[^/]+\/)?[^/]+)\//gm);
  return [...new Set([...comments].map(([, name = ""]) => name))];
}

/** Whether the bill of a package fits its archive and names these packages, as they are installed here, and no other. */
export function expectBillOf({ manifest, archive, bill }: BuiltPackage, names: readonly string[]): void {
  const read = json(bill) as {
    readonly metadata: { readonly component: object };
    readonly components: readonly { readonly name: string }[];
  };
  expect(wrongBy16(read)).toEqual([]);
  const sha512 = createHash("sha512").update(readFileSync(archive)).digest("hex");
  const { name, version } = manifest;
  expect(read.metadata.component).toMatchObject({ name, version, hashes: [{ alg: "SHA-512", content: sha512 }] });
  const lock = json(path.join(root, "package-lock.json")) as {
    readonly packages: Readonly<Record<string, { readonly integrity: string }>>;
  };
  expect(read.components.map((it) => it.name).sort()).toEqual([...names].sort());
  for (const it of names) {
    const own = json(path.join(root, "node_modules", it, "package.json")) as { version: string; license: string };
    const integrity = lock.packages[`node_modules/${it}`]?.integrity.replace("sha512-", "") ?? "";
    expect(read.components.find((component) => component.name === it)).toMatchObject({
      version: own.version.replace(/^v/, ""),
      licenses: [{ license: { id: own.license } }],
      purl: `pkg:npm/${it.replace("@", "%40")}@${own.version.replace(/^v/, "")}`,
      hashes: [{ alg: "SHA-512", content: Buffer.from(integrity, "base64").toString("hex") }],
    });
  }
}
