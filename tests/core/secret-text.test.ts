import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { show, showKey } from "../../core/problems";
import { secretLook } from "../../core/secret-text";
import { vmSizes } from "../../catalog/vm-sizes";

const random = "Zk3vQ9xT7bLm2RwYc8NdPq4s";

describe("secretLook", () => {
  it.each([
    ["a private key", "-----BEGIN OPENSSH PRIVATE KEY----- b3Blbn"],
    ["a private key", "-----begin rsa private key-----\nMIIE"],
    ["a connection string", "DefaultEndpointsProtocol=https;AccountName=a;AccountKey=abc=="],
    ["a connection string", "Server=tcp:a.database.windows.net;Password = hunter2;"],
    ["an address with a password", "postgres://me:hunter2@db:5432/x"],
    ["a shared access signature", "https://a.blob.core.windows.net/c?sv=2024-11-04&sig=abcDEF123%2Bxyz%3D"],
    ["an encrypted secret", "v1:abcdefgh12:ijkl"],
    ["an encrypted secret", "AAABAO2+xyz"],
    ["a web token", "eyJhbGciOiJub25lIn0.e30."],
    ["a bearer token", "Authorization: Bearer abcdefghijkl"],
    ["a token", "ghp_abcdefghijkl"],
    ["a token", "pul-0123456789abcdef"],
    // Glued to something: what is not shown may be too much, never too little.
    ["a token", "tokenghp_abcdefghijkl"],
    ["a client secret", "abc8Q~defghijklmnop"],
    ["a key or a token", random],
    ["a key or a token", "9f86d081884c7d659a2feaa0c55ad015"],
  ])("sees %s in %s", (what, text) => {
    expect(secretLook(text)).toBe(what);
    expect(secretLook([{ a: `x ${text} y` }])).toBe(what);
    expect(secretLook({ [text]: 1 })).toBeDefined();
  });

  it("takes a value for a secret by the name of its key", () => {
    expect(secretLook({ owner: { clientSecret: "hunter2" } })).toBe("a secret by its name");
    expect(secretLook({ password: null })).toBeUndefined();
  });

  it.each([
    "203.0.113.0/28",
    "11111111-1111-4111-8111-111111111111",
    "/subscriptions/12345678-1234-4234-8234-123456789012/resourceGroups/rg-network/providers/Microsoft.Network/virtualNetworks/hub",
    "24.04.2026072901",
    "AMLFS-Durable-Premium-250",
    "organization/azure-gpu-cluster/prod-tenants",
    "a team of people who train large models with 1024 GPUs",
    "x".repeat(500),
    "internationalizationdepartment",
    "unknownKeyNumber1013",
    ...vmSizes.keys(),
  ])("lets %s be seen", (text) => {
    expect(secretLook(text)).toBeUndefined();
  });
});

describe("show", () => {
  it("says what a secret looks like, and shows no part of it wherever it stands", () => {
    const keys = fc.string().map((it) => createHash("sha512").update(it).digest("base64"));
    fc.assert(
      fc.property(keys, (key) => {
        for (const value of [key, [key], { a: [key] }, { [key]: 1 }, `key ${key}`]) {
          expect(show(value)).toBe("what looks like a key or a token, not shown");
        }
        expect(showKey(key)).not.toContain(key.slice(0, 8));
      }),
      { numRuns: 100, seed: 7 },
    );
  });
});
