import { Secret } from "@pulumi/azure-native/keyvault/secret";
import { runCommand } from "../../cli/run-command";
import { record } from "../../preview/record";

/** A command that plans a program with a type that no row describes. */
runCommand(async () => {
  await record({
    stack: "dev",
    program: () => {
      const properties = {};
      return Promise.resolve(new Secret("k", { resourceGroupName: "rg", vaultName: "v", secretName: "k", properties }));
    },
  });
  return 0;
});
