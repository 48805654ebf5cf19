import { expect, it } from "vitest";
import { describeProblem, Problems } from "../../core/problems";
import { readRawSections } from "../../stacks/raw-sections";

function read(text: string): { readonly value: unknown; readonly told: string[] } {
  const problems = new Problems();
  const { network: value } = readRawSections({ "azure-gpu-cluster:network": text }, problems);
  return { value, told: problems.list.map(describeProblem) };
}

it("writes IDs in one form", () => {
  expect(read('{"a":["12345678-ABCD-4234-8234-123456789ABC"]}')).toEqual({
    value: { a: ["12345678-abcd-4234-8234-123456789abc"] },
    told: [],
  });
});

it("shows nothing of text that does not parse", () => {
  expect(read('{"a": hunter2').told).toEqual([
    expect.stringContaining("network: must be a mapping or a list; got 13 characters that begin like one and are none"),
  ]);
});

it.each([
  [
    "very many entries",
    JSON.stringify({ a: Array(1001).fill(1) }),
    "network.a: must have at most 1000 entries; it has 1001",
  ],
  ["very deep values", `${"[".repeat(50)}${"]".repeat(50)}`, "must not be nested more than 20 deep"],
  ["a reserved key", '{"__proto__": 1}', "network.__proto__: is a reserved word"],
  ["a secret", '{"a": {"secure": "v1:x"}}', "network.a: must not be a secret"],
  [
    "a key that looks like one",
    '{"ghp_abcdefghijkl": "a\\u200b"}',
    "network.what looks like a token, not shown: must not hold",
  ],
])("refuses %s", (_, text, said) => {
  expect(read(text).told).toEqual([expect.stringContaining(said)]);
});

it.each([
  ["a token", "git clone https://example.com/a ghp_abcdefghijklmnopqrst0123"],
  ["an address with a password", "git clone https://user:hunter22@example.com/a/b"],
  ["a client secret", "export AZURE_CLIENT_SECRET=abc8Q~defghijklmnop"],
  ["a private key", "echo '-----BEGIN OPENSSH PRIVATE KEY-----'"],
  ["a connection string", "az storage blob list --connection-string 'AccountName=a;AccountKey=Zk3vQ9xT7bLm=='"],
  ["a shared access signature", "curl 'https://a.blob.core.windows.net/c?sv=2024-11-04&sig=abcDEF123%2Bxyz%3D'"],
  ["a bearer token", "curl --header 'Authorization: Bearer abcdefghijkl'"],
  ["a web token", "--token eyJhbGciOiJub25lIn0.e30."],
])("refuses %s wherever somebody wrote it, and shows nothing of it", (what, text) => {
  const { told } = read(JSON.stringify({ build: { steps: [{ commands: ["true", text] }] } }));
  expect(told).toEqual([expect.stringContaining(`network.build.steps[0].commands[1]: must not hold ${what}`)]);
  for (const word of text.split(/[\s'/:;]+/).filter((it) => it.length > 12)) expect(told.join()).not.toContain(word);
});

it.each([
  "PASSWORD=$(cat /run/secrets/password) ./login --password=$PASSWORD",
  "docker run image:v1:latest",
  "disk-encryption-set and task-scheduling-rules",
  "https://example.com:8443/a@b",
  "apt-get install --yes libpulp-dev npm_config_cache",
])("takes %s, which is none", (text) => {
  expect(read(JSON.stringify({ a: text })).told).toEqual([]);
});
