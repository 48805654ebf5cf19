import { expect, it } from "vitest";
import { type Deployment, expectSameAsTypeScript } from "./same-as-typescript";
import type { Ended, SimulatedPackage } from "./simulated-package";

/** What a program prints that acts on a stack inline: how many resources came to what, and the state. */
interface InlineResult {
  readonly changes: object;
  readonly deployment: Deployment;
}

/** Reads what such a program printed, which has to have gone well. */
export function inlineResult({ status, text }: Ended): InlineResult {
  expect({ status, text }).toMatchObject({ status: 0 });
  return JSON.parse(text) as InlineResult;
}

/**
 * Tests of the life of the example that the CLI runs: planned, made, found as it is, destroyed.
 * @param takeExample Makes it the program of the stack.
 */
export function itLives(
  cli: (...args: string[]) => Promise<Ended>,
  simulated: () => SimulatedPackage,
  takeExample: () => void,
): void {
  it("plans all resources before any is there", async () => {
    takeExample();
    const { status, text } = await cli("preview");
    expect({ status, text }).toMatchObject({ status: 0 });
    expect(text).toContain("+ 26 to create");
  });

  it("makes what the program in TypeScript makes that has the components among its packages", async () => {
    expect(await cli("up", "--yes", "--skip-preview")).toMatchObject({ status: 0 });
    const { text } = await cli("stack", "export");
    await expectSameAsTypeScript((JSON.parse(text) as { readonly deployment: Deployment }).deployment);
  });

  it("has nothing to do again, and destroys all that it made", async () => {
    const again = await cli("up", "--yes", "--skip-preview");
    expect(again.text).toContain("26 unchanged");
    expect(await cli("destroy", "--yes", "--skip-preview")).toMatchObject({ status: 0 });
    expect(simulated().world.resources()).toEqual([]);
  });
}
