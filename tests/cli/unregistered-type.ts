import { Vault } from "@pulumi/azure-native/keyvault/vault";
import { runCommand } from "../../cli/run-command";
import { record } from "../../preview/record";

/** A command that plans a program with a type that no row describes. */
runCommand(async () => {
  await record({
    stack: "dev",
    program: () => {
      const properties = { tenantId: "t", sku: { name: "standard", family: "A" } } as const;
      return Promise.resolve(new Vault("v", { resourceGroupName: "rg", vaultName: "v", properties }));
    },
  });
  return 0;
});
