import { existsSync, readFileSync } from "node:fs";
import { parse, stringify } from "yaml";
import { armId } from "../../azure/arm-id";
import { stableUuid } from "../../core/names";
import { armInvoke } from "../../preview/arm-outputs";
import type { Azure } from "./azure";
import { AzureError } from "./azure-error";
import { record, text } from "../../core/property-tree";
import { type Props, toProps } from "../../core/property-value";
import { revealAll, secret } from "../../core/property-marks";

/**
 * Answers a provider function.
 * @throws AzureError as Azure would answer
 * @throws Error when the function is not simulated
 */
export function invoke(token: string, args: Props, subscriptionId: string, azure: Azure): Props {
  const plain = revealAll(args);
  switch (token) {
    case "azure-native:authorization:getClientConfig":
      return {
        clientId: stableUuid("client"),
        objectId: stableUuid("object"),
        subscriptionId,
        tenantId: stableUuid("tenant"),
      };
    case "azure-native:containerservice:listManagedClusterUserCredentials":
      return userCredentials(token, plain, subscriptionId, azure);
    default:
      throw new Error(`The simulated Azure does not know the function ${token}: add it to simulator/azure/invoke.ts.`);
  }
}

function userCredentials(token: string, args: Props, subscriptionId: string, azure: Azure): Props {
  const id = armId("azure-native:containerservice:ManagedCluster", args, subscriptionId);
  if (azure.peek(id) === undefined) throw new AzureError(404, "ResourceNotFound", `There is no cluster '${id}'.`);

  // The same kubeconfig that a plan shows, with the API server of the rehearsal in it when there is one.
  const answer = toProps(armInvoke(token, args));
  const made = record(answer, "kubeconfigs[0]");
  const config = toProps(parse(Buffer.from(text(made, "value") ?? "", "base64").toString("utf8")));
  const cluster = apiServer(azure.path("kubernetes.json"));
  const named = record(config, "clusters[0]");
  const value = cluster === undefined ? config : { ...config, clusters: [{ ...named, cluster }] };
  return { kubeconfigs: secret([{ ...made, value: Buffer.from(stringify(value)).toString("base64") }]) };
}

function apiServer(path: string): Props | undefined {
  if (!existsSync(path)) return undefined;
  const { server, certificateAuthorityData } = toProps(JSON.parse(readFileSync(path, "utf8")));
  if (typeof server !== "string" || typeof certificateAuthorityData !== "string") {
    throw new Error(`${path} must hold server and certificateAuthorityData.`);
  }
  return { server, "certificate-authority-data": certificateAuthorityData };
}
