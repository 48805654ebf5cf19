import { written } from "../catalog/drift";
import { stableUuid } from "../core/names";
import type { ArmRow } from "./arm-row";
import { nameRules } from "./name-rules";

/** Credentials of one identity exclude each other, and the provider does not retry. */
const writtenAtOnce = {
  status: 409,
  code: "ConcurrentFederatedIdentityCredentialsWritesForSingleManagedIdentity",
  sentence: "Too many federated credentials are written at the same time for one identity.",
} as const;

/** Types of `azure-native:managedidentity`. */
export const managedidentity = {
  UserAssignedIdentity: {
    nameRule: nameRules.identity,
    worldName: null,
    unique: null,
    fixed: null,
    inUse: null,
    mustBeEmpty: null,
    comesWithParent: false,
    inlineChildren: null,
    disjointRange: null,
    oneAtATime: null,
    throttle: null,
    seconds: null,
    answers: (_, id) => ({
      clientId: stableUuid(`${id}/client`),
      principalId: stableUuid(`${id}/principal`),
      tenantId: stableUuid("tenant"),
    }),
    functions: null,
    taggable: true,
    bills: null,
    stores: null,
    computes: null,
    limits: null,
    privateEndpoints: null,
    hostsKubernetes: false,
    drift: {
      gone: {
        harm: "capacity",
        means: "Whatever acts as it fails, and one of the same name is another one, without its rights",
      },
      paths: [],
    },
  },
  FederatedIdentityCredential: {
    nameRule: null,
    worldName: null,
    unique: null,
    fixed: null,
    inUse: null,
    mustBeEmpty: null,
    comesWithParent: false,
    inlineChildren: null,
    disjointRange: null,
    oneAtATime: { refusal: writtenAtOnce },
    throttle: null,
    seconds: null,
    answers: null,
    functions: null,
    taggable: false,
    bills: null,
    stores: null,
    computes: null,
    limits: null,
    privateEndpoints: null,
    hostsKubernetes: false,
    drift: {
      gone: { harm: "security", means: "Whatever logs in by it fails" },
      paths: [...written("security", "Somebody else can log in as its identity", "subject", "issuer", "audiences")],
    },
  },
} as const satisfies Readonly<Record<string, ArmRow>>;
