import * as rpc from "@pulumi/pulumi/runtime/rpc";
import { describe, expect, it } from "vitest";
import { revealAll, secret } from "../../../core/property-marks";
import type { Props } from "../../../core/property-value";
import { leaves, sealSecrets, unsealSecrets } from "../../../simulator/azure/secrets";

const props: Props = { open: 1, deep: { list: [secret("hunter2")] }, whole: secret({ password: "hunter3" }) };

describe("secrets", () => {
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
});

describe("leaves", () => {
  it("lie at paths in the words of the engine, and are hidden where they lie in a secret", () => {
    const found = [...leaves({ tags: { "vmSize.vcpus": "96" }, keys: secret({ list: ["a"] }) })];
    expect(found).toEqual([
      { path: 'tags["vmSize.vcpus"]', value: "96", hidden: false },
      { path: "keys.list[0]", value: "a", hidden: true },
    ]);
  });
});
