import * as rpc from "@pulumi/pulumi/runtime/rpc";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  hasUnknown,
  type Props,
  revealAll,
  same,
  sealSecrets,
  secret,
  unknownValue,
  unsealSecrets,
} from "../../../simulator/azure/values";

const props: Props = { open: 1, deep: { list: [secret("hunter2")] }, whole: secret({ password: "hunter3" }) };

describe("values", () => {
  it("uses the engine's own marks", () => {
    expect(unknownValue).toBe(rpc.unknownValue);
    expect(secret(1)).toEqual({ [rpc.specialSigKey]: rpc.specialSecretSig, value: 1 });
  });

  it("leaves no secret in what is stored", () => {
    const text = JSON.stringify(sealSecrets(props, "salt"));
    expect(text).not.toContain("hunter");
    expect(text).toContain('"open":1');
  });

  it("gives secrets back to who knows them, still secret", () => {
    expect(unsealSecrets(sealSecrets(props, "salt"), props, "salt")).toEqual(props);
    const unmarked = revealAll(props);
    expect(unsealSecrets(sealSecrets(props, "salt"), unmarked, "salt")).toEqual(props);
  });

  it("fails to give back a secret that was changed, and stays secret", () => {
    const [sealed, other] = [sealSecrets({ key: secret("new") }, "salt"), { key: secret("old") }];
    const back = unsealSecrets(sealed, other, "salt");
    expect(revealAll(back)["key"]).toMatch(/^changed:/);
    expect(JSON.stringify(back)).toContain(rpc.specialSecretSig);
  });

  it("tells the same secret under two salts apart", () => {
    expect(sealSecrets(props, "a")).not.toEqual(sealSecrets(props, "b"));
  });

  it("compares without regard to the order of keys", () => {
    const json = fc.dictionary(fc.string(), fc.jsonValue());
    fc.assert(
      fc.property(json, (it) => {
        const one = JSON.parse(JSON.stringify(it)) as Props;
        expect(same(one, Object.fromEntries(Object.entries(one).reverse()))).toBe(true);
      }),
    );
  });

  it("finds unknowns at any depth", () => {
    expect(hasUnknown({ a: [{ b: unknownValue }] })).toBe(true);
    expect(hasUnknown({ a: [{ b: "known" }] })).toBe(false);
  });
});
