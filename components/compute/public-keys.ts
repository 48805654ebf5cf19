import type { Problems } from "../../core/problems";

/** Notes a problem for whatever is no public key. Azure makes no Linux machine without one, whoever logs in by Entra ID. */
export function checkPublicKeys(keys: readonly string[], problems: Problems): void {
  problems.require(keys.length > 0, "sshPublicKeys", "must hold at least one public key: passwords are off");
  keys.forEach((key, at) => {
    // The value is not shown: somebody may have pasted the private half.
    problems.require(
      /^(ssh-ed25519|ssh-rsa) [A-Za-z0-9+/]{60,}={0,3}( \S.*)?$/.test(key),
      `sshPublicKeys[${at}]`,
      "must be one line of a public key file: ssh-ed25519 or ssh-rsa, then the key",
    );
  });
}
