import { written } from "../catalog/drift";
import type { ArmRow } from "./arm-row";
import { refused } from "./fixed-property";
import { nameRules } from "./name-rules";
import { privateZoneCharges } from "./charges/network";

/** Types of `azure-native:privatedns`. */
export const privatedns = {
  PrivateZone: {
    nameRule: nameRules.privateDnsZone,
    worldName: null,
    unique: null,
    fixed: null,
    inUse: null,
    mustBeEmpty: "virtualNetworkLinks",
    comesWithParent: false,
    inlineChildren: null,
    disjointRange: null,
    oneAtATime: null,
    throttle: null,
    seconds: { create: 40, update: 10, delete: 40 },
    answers: null,
    functions: null,
    taggable: true,
    bills: privateZoneCharges,
    stores: null,
    computes: null,
    limits: null,
    privateEndpoints: null,
    hostsKubernetes: false,
    drift: { gone: { harm: "capacity", means: "Private endpoints are not found by their names" }, paths: [] },
  },
  VirtualNetworkLink: {
    nameRule: nameRules.network(1, 80),
    worldName: null,
    unique: null,
    fixed: refused("assumption", "virtualNetwork"),
    inUse: null,
    mustBeEmpty: null,
    comesWithParent: false,
    inlineChildren: null,
    disjointRange: null,
    oneAtATime: null,
    throttle: null,
    seconds: { create: 40, update: 10, delete: 40 },
    answers: null,
    functions: null,
    taggable: true,
    bills: null,
    stores: null,
    computes: null,
    limits: null,
    privateEndpoints: null,
    hostsKubernetes: false,
    drift: {
      gone: { harm: "capacity", means: "Names in the zone are not answered in the network" },
      paths: [
        ...written("security", "Machines write names into the zone by themselves", "registrationEnabled"),
        ...written("capacity", "Names are answered in another way", "resolutionPolicy", "virtualNetwork"),
      ],
    },
  },
} as const satisfies Readonly<Record<string, ArmRow>>;
