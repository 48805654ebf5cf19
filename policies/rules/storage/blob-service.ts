import { isUnknown } from "../../../core/property-marks";
import { read, text } from "../../../core/property-tree";
import type { Subject } from "../../engine/rule";

/** Whether properties are those of an account. A name that is not known yet belongs to the only account there is. */
export function isOf({ inputs }: Subject, account: Subject, accounts: readonly Subject[]): boolean {
  const [wanted, given] = [text(inputs, "accountName"), text(account.inputs, "accountName")];
  if (wanted !== undefined && given !== undefined) return wanted === given;
  return accounts.length === 1 && (wanted !== undefined || isUnknown(read(inputs, "accountName")));
}
