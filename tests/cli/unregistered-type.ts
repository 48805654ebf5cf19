import { Key } from "@pulumi/azure-native/keyvault/key";
import { runCommand } from "../../cli/run-command";
import { record } from "../../preview/record";

/** A command that plans a program with a type that no row describes. */
runCommand(async () => {
  await record({
    stack: "dev",
    program: () => {
      const properties = { kty: "RSA" } as const;
      return Promise.resolve(new Key("k", { resourceGroupName: "rg", vaultName: "v", keyName: "k", properties }));
    },
  });
  return 0;
});
