import { output, secret, unknown } from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { Problems } from "../../core/problems";
import { settle, type Settled } from "../../provider/settle";
import { type Wire, wiredObject } from "../../provider/wires";

/** What is settled, and the paths and rules of what is wrong. */
async function settled(given: object, wires: readonly Wire[] = []): Promise<Settled & { readonly wrong: string[] }> {
  const problems = new Problems();
  const it = await settle(given, wires, problems);
  return { ...it, wrong: problems.list.map(({ path, rule }) => `${path} ${rule.split(":")[0] ?? ""}`) };
}

/** What a program in another language gives for an output that no preview knows. */
const later = output(unknown as unknown);

describe("inputs of another language", () => {
  it("leaves plain values as they are, down to nothing and lists", async () => {
    const given = { a: 1, b: [true, null, { c: "d" }], e: {} };
    expect(await settled(given)).toEqual({ plain: given, wired: given, wrong: [] });
  });

  it("takes the plain parts out of an output of a whole object, and lets wires stay outputs", async () => {
    const { plain, wired, wrong } = await settled({ scope: output({ location: "eastus", group: "rg" }) }, [
      "scope.group",
    ]);
    expect(wrong).toEqual([]);
    expect(plain).toEqual({ scope: { location: "eastus", group: "rg" } });
    expect(wired).toMatchObject({ scope: { location: "eastus" } });
    const { group } = (wired as { scope: { group: { promise: () => Promise<string> } } }).scope;
    expect(await group.promise()).toBe("rg");
  });

  it("takes a wire that nobody knows for an empty text, and keeps the output", async () => {
    const { plain, wired, wrong } = await settled({ subnet: later }, ["subnet"]);
    expect({ plain, wrong }).toEqual({ plain: { subnet: "" }, wrong: [] });
    expect(wired).toEqual({ subnet: later });
  });

  it("takes * for any one key, and no deeper", async () => {
    expect((await settled({ ids: { a: later, b: later } }, ["ids.*"])).wrong).toEqual([]);
    expect((await settled({ ids: { a: { b: later } } }, ["ids.*.*"])).wrong).toEqual([]);
    expect((await settled({ ids: { a: later }, other: later }, ["ids.*"])).wrong).toEqual([
      "other must be known before anything is made",
    ]);
  });

  it("takes a mapping of nothing but wires that nobody knows for one with all of its keys", async () => {
    const store = wiredObject("*.store", z.strictObject({ name: z.string(), id: z.string() }));
    const { plain, wired, wrong } = await settled({ a: { store: later } }, [store]);
    expect({ plain, wrong }).toEqual({ plain: { a: { store: { name: "", id: "" } } }, wrong: [] });
    expect(Object.keys((wired as { a: { store: object } }).a.store)).toEqual(["name", "id"]);
    const known = await settled({ a: { store: output({ name: "n", id: later }) } }, [store]);
    expect([known.wrong, Object.keys((known.plain as { a: { store: object } }).a.store)]).toEqual([[], ["name", "id"]]);
  });

  it("tells all that decides and is not known or is a secret, each by its path", async () => {
    const { plain, wrong } = await settled({
      nodes: later,
      pools: [{ size: "a" }, { size: secret("b") }],
      names: secret({ workload: "gpu" }),
    });
    expect(wrong.sort()).toEqual([
      "names.workload must not be a secret",
      "nodes must be known before anything is made",
      "pools[1].size must not be a secret",
    ]);
    expect(JSON.stringify(plain)).not.toContain('"b"');
  });

  it("lets a secret through where it only connects", async () => {
    expect((await settled({ key: secret("hidden") }, ["key"])).wrong).toEqual([]);
  });
});
