import { stringify } from "yaml";
import { armId, findArmType } from "../azure/arm-id";
import { stableUuid } from "../core/names";

type Props = Readonly<Record<string, unknown>>;

/** Where made-up resources live: the nil subscription, unless the stack file names one. */
export const nilSubscription = "00000000-0000-0000-0000-000000000000";

/** ID and outputs that Azure would answer with: real in form, made up in content. */
export function armOutputs(
  type: string,
  name: string,
  inputs: Props,
  subscriptionId: string,
): { id: string; outputs: Props } {
  const known = findArmType(type);
  if (known === undefined) throw new Error(`No ARM type is known for ${type}: add it to azure/arm-id.ts.`);
  const id = armId(type, inputs, subscriptionId);
  const physical = id.split("/").at(-1) ?? name;
  return { id, outputs: { ...inputs, name: physical, type: known.arm, ...computed[type]?.(inputs, id) } };
}

/** Answers of provider functions that the program calls. */
export function armInvoke(token: string, inputs: Props): Props {
  const invoke = invokes[token];
  if (invoke === undefined) throw new Error(`The program called ${token}, for which no answer is known.`);
  return invoke(inputs);
}

/** Properties that only Azure knows, for the types whose outputs the program reads. */
const computed: Readonly<Record<string, (inputs: Props, id: string) => Props>> = {
  "azure-native:containerservice:ManagedCluster": ({ resourceName, location }, id) => ({
    oidcIssuerProfile: {
      enabled: true,
      issuerURL: `https://${String(location)}.oic.prod-aks.azure.com/${stableUuid("tenant")}/${stableUuid(id)}/`,
    },
    fqdn: `${String(resourceName)}.hcp.${String(location)}.azmk8s.io`,
    provisioningState: "Succeeded",
  }),
  "azure-native:managedidentity:UserAssignedIdentity": (_, id) => ({
    clientId: stableUuid(`${id}/client`),
    principalId: stableUuid(`${id}/principal`),
    tenantId: stableUuid("tenant"),
  }),
  "azure-native:storagecache:AmlFilesystem": ({ amlFilesystemName }) => ({
    clientInfo: {
      mgsAddress: "10.0.0.4",
      mountCommand: `mount -t lustre 10.0.0.4@tcp:/lustrefs ${String(amlFilesystemName)}`,
      lustreVersion: "2.15",
      containerStorageInterface: {},
    },
  }),
};

const invokes: Readonly<Record<string, (inputs: Props) => Props>> = {
  "azure-native:containerservice:listManagedClusterUserCredentials": ({ resourceName }) => ({
    kubeconfigs: [
      {
        name: "clusterUser",
        value: Buffer.from(
          stringify({
            apiVersion: "v1",
            kind: "Config",
            clusters: [
              {
                name: resourceName,
                cluster: {
                  server: `https://${String(resourceName)}.hcp.azmk8s.io:443`,
                  "certificate-authority-data": Buffer.from("certificate authority of the plan").toString("base64"),
                },
              },
            ],
          }),
        ).toString("base64"),
      },
    ],
  }),
};
