import { generateKeyPairSync } from "node:crypto";
import { expect, it } from "vitest";
import { checkPublicKeys } from "../../../components/compute/public-keys";
import { describeProblem, Problems } from "../../../core/problems";

function told(...keys: string[]): string[] {
  const problems = new Problems();
  checkPublicKeys(keys, problems);
  return problems.list.map((it) => describeProblem(it).replace("sshPublicKeys", "keys"));
}

/** A field of a key: its length in four bytes, then itself. */
function field(bytes: string | Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, Buffer.from(bytes)]);
}

function key(type: string, ...fields: (string | Buffer)[]): string {
  return `${type} ${Buffer.concat(fields.map(field)).toString("base64")}`;
}

/** A key as `ssh-keygen -t rsa` writes it. */
function rsa(bits: number): string {
  const { n = "", e = "" } = generateKeyPairSync("rsa", { modulusLength: bits }).publicKey.export({ format: "jwk" });
  const number = (text: string): Buffer => Buffer.concat([Buffer.alloc(1), Buffer.from(text, "base64url")]);
  return key("ssh-rsa", "ssh-rsa", Buffer.from(e, "base64url"), number(n));
}

const bytes = (length: number): Buffer => Buffer.from(Array.from({ length }, (_, at) => at + 1));
const modulus = (bits: number): Buffer => Buffer.concat([Buffer.alloc(1), Buffer.alloc(bits / 8, 255)]);
const exponent = Buffer.from([1, 0, 1]);
const ed25519 = key("ssh-ed25519", "ssh-ed25519", bytes(32));
const body = ed25519.split(" ")[1] ?? "";

it("takes what ssh-keygen writes, with and without a comment", () => {
  expect(
    told(ed25519, `${rsa(2048)} me@example.com`, `${key("ssh-ed25519", "ssh-ed25519", bytes(32).reverse())} a b`),
  ).toEqual([]);
  expect(told(key("ssh-rsa", "ssh-rsa", exponent, modulus(16_384)))).toEqual([]);
});

const line = "must be one line of a public key file";
const whole = "must be a whole key";

it.each([
  ["nothing", "", line],
  ["a type that Azure does not know", `ecdsa-sha2-nistp256 ${body}`, line],
  ["a certificate", `ssh-ed25519-cert-v01@openssh.com ${body}`, line],
  ["the name of a signature", `rsa-sha2-512 ${body}`, line],
  ["a type in capitals", `SSH-ED25519 ${body}`, line],
  ["options before it", `from="*" ${ed25519}`, line],
  ["a space before it", ` ${ed25519}`, line],
  ["a space after it", `${ed25519} `, line],
  ["two spaces", ed25519.replace(" ", "  "), line],
  ["two lines", `${ed25519}\n${ed25519}`, line],
  ["base64 for addresses", key("ssh-ed25519", "ssh-ed25519", Buffer.alloc(32, 255)).replaceAll("/", "_"), line],
  ["a path", "~/.ssh/id_ed25519.pub", line],
  ["a key that was cut", ed25519.slice(0, -8), whole],
  ["a key that was cut between bytes", ed25519.slice(0, -1), whole],
  ["one character too many", `${ed25519}=`, whole],
  [
    "bytes behind it",
    `ssh-ed25519 ${Buffer.concat([Buffer.from(body, "base64"), Buffer.from("x")]).toString("base64")}`,
    whole,
  ],
  ["zeros", `ssh-ed25519 ${"A".repeat(68)}`, whole],
  ["an Ed25519 key that says RSA", `ssh-rsa ${body}`, "must be a key of the type that it begins with: ssh-rsa"],
  ["an RSA key that says Ed25519", rsa(2048).replace("ssh-rsa ", "ssh-ed25519 "), "that it begins with: ssh-ed25519"],
  ["31 bytes", key("ssh-ed25519", "ssh-ed25519", bytes(31)), "must hold the 32 bytes of an Ed25519 key"],
  ["33 bytes", key("ssh-ed25519", "ssh-ed25519", bytes(33)), "must hold the 32 bytes of an Ed25519 key"],
  ["two keys in one", key("ssh-ed25519", "ssh-ed25519", bytes(32), bytes(32)), "must hold the 32 bytes"],
  ["an RSA key that is short", rsa(1024), "must be an RSA key of 2048 to 16384 bits; it has 1024"],
  ["an RSA key that sshd does not read", key("ssh-rsa", "ssh-rsa", exponent, modulus(16_392)), "it has 16392"],
  [
    "an RSA key with leading zeros",
    key("ssh-rsa", "ssh-rsa", exponent, Buffer.concat([Buffer.alloc(200), modulus(1024)])),
    "it has 1024",
  ],
  ["a negative number", key("ssh-rsa", "ssh-rsa", exponent, modulus(2048).subarray(1)), "it has 0"],
  ["no number", key("ssh-rsa", "ssh-rsa", exponent), "must hold an RSA key"],
  ["an exponent of 1", key("ssh-rsa", "ssh-rsa", Buffer.from([1]), modulus(2048)), "must hold an RSA key"],
  ["an even exponent", key("ssh-rsa", "ssh-rsa", Buffer.from([2]), modulus(2048)), "must hold an RSA key"],
])("fails on %s, with a remedy and without the key", (_, given, rule) => {
  const [said = "", ...more] = told(given);
  expect(more).toEqual([]);
  expect(said).toContain(rule);
  expect(said).toContain("Make one with ssh-keygen -t ed25519");
  expect(said).not.toContain("AAAA");
});

it("fails on none, and on one that stands twice under two comments", () => {
  expect(told()).toEqual([expect.stringContaining("must hold at least one public key")]);
  expect(told(`${ed25519} a`, `${ed25519} b`)).toEqual([
    "keys[1]: must not be the key of keys[0]. Remove one of the two".replace("keys[0]", "sshPublicKeys[0]"),
  ]);
});
