import { expectAt, matches, oneOf } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { types } from "../../engine/types";

export const stSasPolicy: ResourceRule = {
  id: 235,
  name: "st-sas-policy",
  area: "storage",
  kind: "resource",
  types: [types.storageAccount],
  title: "A storage account says how long a shared access signature may live.",
  why: "A signature is a password in a link. Without a bound a leaked one works for as long as whoever made it liked.",
  remedy: "Set sasPolicy.sasExpirationPeriod to at most 7.00:00:00 and sasPolicy.expirationAction to Block.",
  severity: "medium",
  levels: levels.advised,
  source: "CKV2_AZURE_41; https://learn.microsoft.com/azure/storage/common/sas-expiration-policy",
  check: ({ inputs }) => [
    ...expectAt(
      inputs,
      "sasPolicy.sasExpirationPeriod",
      matches(/^(0*[0-6]\.\d{2}:\d{2}:\d{2}|0*7\.00:00:00|\d{2}:\d{2}:\d{2})$/),
      "be days.hours:minutes:seconds, at most 7.00:00:00",
    ),
    ...expectAt(inputs, "sasPolicy.expirationAction", oneOf("Block"), "be Block"),
  ],
};
