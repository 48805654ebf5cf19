import type { Problems } from "../../core/problems";

/** What `ssh-keygen` writes: the type, the key in base64, and a comment if there is one. */
const oneLine = /^(ssh-ed25519|ssh-rsa) ([A-Za-z0-9+/]+={0,2})( \S.*)?$/;
const makeOne = "Make one with ssh-keygen -t ed25519, and take the line of its .pub file";

/**
 * Bits of an RSA key. Azure refuses shorter ones, and sshd reads no longer ones.
 * Source: MicrosoftDocs/azure-compute-docs:articles/virtual-machines/linux/mac-create-ssh-keys.md;
 * openssh/openssh-portable:sshbuf.h (SSHBUF_MAX_BIGNUM)
 */
const rsaBits = { least: 2048, most: 16_384 };

/**
 * Notes a problem for whatever is no public key, inside and out, and for one that stands twice. Azure makes no Linux machine
 * without one, whoever logs in by Entra ID. No value is shown: somebody may have pasted the private half.
 */
export function checkPublicKeys(keys: readonly string[], problems: Problems): void {
  problems.require(keys.length > 0, "sshPublicKeys", "must hold at least one public key: passwords are off", {
    remedy: makeOne,
  });
  const first = new Map<string, number>();
  keys.forEach((key, at) => {
    const path = `sshPublicKeys[${at}]`;
    const [, type = "", body = ""] = oneLine.exec(key) ?? [];
    const rule =
      type === "" ? "must be one line of a public key file: ssh-ed25519 or ssh-rsa, then the key" : faultOf(type, body);
    if (rule !== undefined) problems.require(false, path, rule, { remedy: makeOne });
    const before = first.get(body);
    if (before === undefined) first.set(body, at);
    else if (rule === undefined) {
      problems.require(false, path, `must not be the key of sshPublicKeys[${before}]`, {
        remedy: "Remove one of the two",
      });
    }
  });
}

/** What is wrong inside a key. Source: RFC 4253, section 6.6, and RFC 8709, section 4 */
function faultOf(type: string, body: string): string | undefined {
  const bytes = Buffer.from(body, "base64");
  if (bytes.toString("base64") !== body) return "must be a whole key: its base64 ends in the middle";
  const fields = fieldsOf(bytes);
  if (fields === undefined) return "must be a whole key: some of it is missing, or too much is there";
  const [name, ...rest] = fields;
  const said = name?.toString("latin1");
  if (said !== type) return `must be a key of the type that it begins with: ${type}`;
  const [exponent, modulus] = rest;
  if (type === "ssh-ed25519") {
    return rest.length === 1 && exponent?.length === 32 ? undefined : "must hold the 32 bytes of an Ed25519 key";
  }
  if (rest.length !== 2 || exponent === undefined || modulus === undefined) return "must hold an RSA key";
  const bits = bitsOf(modulus);
  const { least, most } = rsaBits;
  if (bits < least || bits > most) return `must be an RSA key of ${least} to ${most} bits; it has ${bits}`;
  // An even number is no exponent, and 1 encrypts nothing.
  const odd = (exponent.at(-1) ?? 0) % 2 === 1 && (modulus.at(-1) ?? 0) % 2 === 1;
  return odd && bitsOf(exponent) > 1 ? undefined : "must hold an RSA key";
}

/** The fields of a key, each with its length before it; `undefined` unless they fill it. */
function fieldsOf(bytes: Buffer): Buffer[] | undefined {
  const fields: Buffer[] = [];
  let at = 0;
  while (at + 4 <= bytes.length) {
    const end = at + 4 + bytes.readUInt32BE(at);
    if (end > bytes.length) return undefined;
    fields.push(bytes.subarray(at + 4, end));
    at = end;
  }
  return at === bytes.length ? fields : undefined;
}

/** Bits of a positive number; 0 for a negative one, which begins with a one. */
function bitsOf(number: Buffer): number {
  if ((number[0] ?? 0) >= 128) return 0;
  const from = number.findIndex((byte) => byte > 0);
  return from < 0 ? 0 : (number.length - from - 1) * 8 + 32 - Math.clz32(number[from] ?? 0);
}
