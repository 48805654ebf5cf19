import { isText, violation } from "../../engine/expect";
import { levels, everyType, sameType, type ResourceRule } from "../../engine/rule";
import { settingOf, type Setting } from "../../engine/setting";
import { allowedGroups, unlistedGroup } from "./allowed-groups";
import { isList } from "../../../core/property-value";

/** Resources whose code is in the program itself. A program may give them any type below this. */
const dynamic = /^pulumi-[a-z]+:dynamic[/:]/;

const hatches = [
  "command:local:Command",
  "command:remote:Command",
  "command:remote:CopyFile",
  "command:remote:CopyToRemote",
  "azure-native:resources:Deployment",
  "azure-native:resources:DeploymentAtScope",
  "azure-native:resources:DeploymentAtSubscriptionScope",
  "azure-native:resources:DeploymentAtManagementGroupScope",
  "azure-native:resources:DeploymentAtTenantScope",
  "azure-native:resources:DeploymentStackAtResourceGroup",
  "azure-native:resources:DeploymentStackAtSubscription",
  "azure-native:resources:DeploymentStackAtManagementGroup",
  "azure-native:resources:Resource",
  "azure-native:resources:AzureCliScript",
  "azure-native:resources:AzurePowerShellScript",
  "azure-native:compute:VirtualMachineRunCommandByVirtualMachine",
  "azure-native:compute:VirtualMachineScaleSetVMRunCommand",
];

/** Logical names of resources that may. @default none */
const allowedEscapes: Setting<readonly string[]> = {
  name: "allowedEscapes",
  schema: {
    type: "array",
    items: { type: "string", minLength: 1 },
    description: "Logical names of resources that may run a script or a template.",
  },
  default: [],
  accepts: (given): given is readonly string[] => isList(given) && given.every((it) => isText(it) && it !== ""),
};

export const metaNoEscapeHatch: ResourceRule = {
  id: 219,
  name: "meta-no-escape-hatch",
  area: "meta",
  kind: "resource",
  types: everyType,
  title:
    "No resource runs a script or a template of its own, and no object of Kubernetes is of a group that nobody listed.",
  why: "What it makes is in no plan and no rule sees it, and it runs with the rights of the pipeline or of an operator.",
  remedy:
    "Use the resource type itself. Where there is none, name the resource in allowedEscapes with a reader who looks at it, or its group in allowedGroups.",
  severity: "critical",
  levels: levels.advisoryInDev,
  source: "ours",
  settings: [allowedEscapes, allowedGroups],
  check: ({ type, name, inputs }, { settings }) => {
    if (settingOf(allowedEscapes, settings).includes(name)) return [];
    if (dynamic.test(type) || hatches.some((it) => sameType(it, type)))
      return [violation("type", type, "not run a script or a template")];
    const listed = settingOf(allowedGroups, settings);
    return listed === null ? [] : unlistedGroup(type, inputs, listed);
  },
};
