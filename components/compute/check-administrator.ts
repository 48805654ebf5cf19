import { refusedAdministrators, ubuntuAccounts } from "../../catalog/linux-users";
import type { Problems } from "../../core/problems";

/** Notes a problem unless Azure and Ubuntu make an administrator of the name. */
export function checkAdministrator(name: string, problems: Problems): void {
  const rule = ruleBroken(name);
  const remedy = "Leave it out for azureuser, or take a name of your own";
  if (rule !== undefined) problems.require(false, "adminUsername", rule, { got: name, remedy });
}

function ruleBroken(name: string): string | undefined {
  if (!/^[a-z][a-z0-9-]{0,31}$/.test(name)) {
    return "must be 1 to 32 lowercase letters, digits or hyphens, and start with a letter";
  }
  if (refusedAdministrators.includes(name)) return "must not be a name that Azure refuses, since everybody guesses it";
  return ubuntuAccounts.includes(name) ? "must not be a user or a group that Ubuntu has already" : undefined;
}
