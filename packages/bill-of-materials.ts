import type { LockedPackage } from "./locked-packages";

/** What a bill of materials is of. */
interface Subject {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly license: string;
  /** SHA-512 of its archive, as hexadecimal digits. */
  readonly sha512: string;
}

/** A package of somebody else in it. */
export interface BillPart extends LockedPackage {
  readonly name: string;
  /** Whether its code lies in the archive; else npm installs it. */
  readonly bundled: boolean;
}

/**
 * A bill of materials in CycloneDX 1.6. It is the same for the same archive: neither a time nor a serial number stands in it.
 * @see https://cyclonedx.org/docs/1.6/json
 */
export function billOfMaterials(subject: Subject, parts: readonly BillPart[]): string {
  const bill = {
    $schema: "http://cyclonedx.org/schema/bom-1.6.schema.json",
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    version: 1,
    metadata: {
      lifecycles: [{ phase: "build" }],
      component: {
        ...componentOf(subject),
        description: subject.description,
        hashes: [{ alg: "SHA-512", content: subject.sha512 }],
      },
    },
    components: parts.map((it) => ({
      ...componentOf(it),
      scope: "required",
      ...(it.integrity !== undefined && { hashes: [hashOf(it.integrity)] }),
      // As npm itself says it.
      ...(it.bundled && { properties: [{ name: "cdx:npm:package:bundled", value: "true" }] }),
    })),
    dependencies: [{ ref: refOf(subject), dependsOn: parts.map(refOf) }, ...parts.map((it) => ({ ref: refOf(it) }))],
  };
  return `${JSON.stringify(bill, null, 2)}\n`;
}

function componentOf(it: { readonly name: string; readonly version: string; readonly license?: string }): object {
  const { name, version, license } = it;
  const isExpression = license !== undefined && / (AND|OR|WITH) /.test(license);
  return {
    type: "library",
    "bom-ref": refOf(it),
    name,
    version,
    ...(license !== undefined && { licenses: [isExpression ? { expression: license } : { license: { id: license } }] }),
    purl: refOf(it),
  };
}

/** Its address among all packages, which names it here as well. */
function refOf({ name, version }: { readonly name: string; readonly version: string }): string {
  return `pkg:npm/${name.replace("@", "%40")}@${version}`;
}

/** What the lock file holds of the registry's archive, as CycloneDX writes it. */
function hashOf(integrity: string): object {
  return { alg: "SHA-512", content: Buffer.from(integrity.replace(/^sha512-/, ""), "base64").toString("hex") };
}
