import { chmodSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { token } from "./recorded-azure";

/** What `az` says: what it prints, or why it fails. */
export interface AzAnswers {
  /** Of `az account show`. */
  readonly account: object | string;
  /** Of `az account get-access-token`: text is why there is none. @default a token that the recorded Azure takes */
  readonly token?: string;
}

/** Makes a folder with a program `az` that answers so, for PATH. */
export function standInAz({ account, token: refusal }: AzAnswers): string {
  const folder = mkdtempSync(path.join(tmpdir(), "az-"));
  const answer = (it: object | string): string =>
    typeof it === "string" ? `echo '${it}' >&2; exit 1` : `echo '${JSON.stringify(it)}'`;
  const given = { accessToken: token, expires_on: Math.floor(Date.now() / 1000) + 3600, tokenType: "Bearer" };
  const script = [
    "#!/bin/sh",
    `case "$2" in`,
    `  show) ${answer(account)} ;;`,
    `  get-access-token) ${answer(refusal ?? given)} ;;`,
    `  *) echo "az $*: not asked for" >&2; exit 2 ;;`,
    "esac",
    "",
  ].join("\n");
  const file = path.join(folder, "az");
  writeFileSync(file, script);
  chmodSync(file, 0o755);
  return folder;
}

/** The usual account. */
export const account = {
  environmentName: "AzureCloud",
  id: "99999999-9999-4999-8999-999999999999",
  name: "Research",
  tenantId: "31c75423-32d6-4322-88b7-c478bdde4858",
};
