import { describe } from "vitest";
import { findPackageSdks, howToGetPackageSdks } from "../../../simulator/engine/package-sdks";

/** Tests that need Pulumi's generators of SDKs. On a machine without them they are counted as skipped, and say how to get them. */
export function describeWithPackageSdks(name: string, tests: (packageSdks: string) => void): void {
  const program = findPackageSdks();
  if (program !== undefined) {
    describe(name, () => tests(program));
    return;
  }
  process.stderr.write(`Skipped: ${name}. It needs Pulumi's generators of SDKs. ${howToGetPackageSdks}\n`);
  describe.skip(`${name} (needs Pulumi's generators of SDKs: npm run engine)`, () => tests(""));
}
