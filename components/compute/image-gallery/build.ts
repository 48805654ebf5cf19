import type { UserAssignedIdentityArgs } from "@pulumi/azure-native/managedidentity/userAssignedIdentity";
import type { virtualmachineimages } from "@pulumi/azure-native/types/input";
import type { VirtualMachineImageTemplateArgs } from "@pulumi/azure-native/virtualmachineimages/virtualMachineImageTemplate";
import { checkId } from "../../../azure/check-id";
import { checkName } from "../../../azure/check-name";
import { imageVersionFits } from "../../../catalog/hpc-images";
import type { Place } from "../../../catalog/place";
import { sizeHint } from "../../../catalog/size-hint";
import type { VmSize } from "../../../catalog/vm-size";
import { physicalName } from "../../../core/names";
import type { Problems } from "../../../core/problems";
import type { ReadImage, Step } from "./shape";
import { checkVersionNumber } from "./version-number";

/** What a build is of. */
interface Built {
  /** Of the image. */
  readonly name: string;
  readonly build: NonNullable<ReadImage["build"]>;
  readonly size: VmSize;
  readonly regions: readonly Copies[];
}

/** Copies of a version in one region. */
export interface Copies {
  readonly name: string;
  readonly replicas: number;
  /** Zone-redundant where the region has zones: a copy outlives one. */
  readonly storageAccountType: "Standard_ZRS" | "Standard_LRS";
}

/** A template, decided. */
export interface BuildPlan {
  readonly version: string;
  /** The whole identity but for the group and the tags. */
  readonly identity: Omit<UserAssignedIdentityArgs, "resourceGroupName" | "tags"> & { readonly resourceName: string };
  /** Subnets that the identity has to join, and their network, which it has to read; `null` for a network that Azure makes. */
  readonly subnets: {
    readonly machines: string;
    readonly containers: string;
    readonly networkResourceId: string;
  } | null;
  /** Where the version lies. */
  readonly regions: readonly Copies[];
  /** The whole template but for the group, the tags, the identity and the gallery. */
  readonly template: Omit<VirtualMachineImageTemplateArgs, "resourceGroupName" | "tags" | "identity" | "distribute"> & {
    readonly imageTemplateName: string;
  };
}

/** General size that builds where nobody names one: x64, of 8 vCPUs, with a disk controller that every base image has. */
const usualBuilder = "Standard_D8ds_v5";

/** All decisions about a template. `undefined` where the image has no base. */
export function planBuild(
  path: string,
  { name, build, size, regions }: Built,
  place: Place,
  problems: Problems,
): BuildPlan | undefined {
  const { location, names, sizes } = place;
  const imageTemplateName = physicalName("it", names, name);
  const resourceName = physicalName("id", names, `it-${name}`);
  checkName("virtualmachineimages:VirtualMachineImageTemplate", imageTemplateName, problems);
  checkName("managedidentity:UserAssignedIdentity", resourceName, problems);
  checkVersionNumber(build.version, `${path}.version`, problems);
  const builderName = build.builderSize ?? (size.architecture === "x64" ? usualBuilder : size.name);
  const builder = sizes.get(builderName);
  const fits = (it: VmSize): boolean => it.architecture === size.architecture && it.lifecycle.state !== "retired";
  problems.require(
    builder !== undefined && fits(builder),
    `${path}.builderSize`,
    `must be a size of the catalogue for ${size.architecture}, as ${size.name} is`,
    { got: builderName, remedy: sizeHint(builderName, sizes, fits) },
  );
  const steps = build.steps.map((it, at) => planStep(it, `${path}.steps[${at}]`, problems));
  const checks = build.checks.map((it, at) => planStep(it, `${path}.checks[${at}]`, problems));
  if (builder?.gpu === null) checkGpuTools(build, builder, path, problems);
  const { subnets } = build;
  const network = subnets && checkSubnets(subnets, `${path}.subnets`, problems);
  const { hpcImage } = size;
  if ("because" in hpcImage) {
    problems.require(false, path, `has no HPC marketplace image to start from: ${hpcImage.because}`, {
      got: size.name,
      remedy: "Make the image elsewhere and name it under versions, or choose another size",
    });
    return undefined;
  }
  const { publisher, offer, sku, release } = hpcImage;
  const { baseVersion } = build;
  problems.require(
    /^\d+\.\d+\.\d+$/.test(baseVersion) && imageVersionFits(sku, baseVersion),
    `${path}.baseVersion`,
    `must be an exact version of image ${sku}, from which images of ${size.name} start: ${release} and a date`,
    { got: baseVersion, remedy: `az vm image list --all --publisher ${publisher} --offer ${offer} --sku ${sku}` },
  );
  return {
    version: build.version,
    identity: { location, resourceName },
    subnets: subnets === undefined || network === undefined ? null : { ...subnets, networkResourceId: network },
    regions,
    template: {
      location,
      imageTemplateName,
      source: { type: "PlatformImage", publisher, offer, sku, version: baseVersion },
      customize: steps,
      ...(checks.length > 0 && { validate: { continueDistributeOnFailure: false, inVMValidations: checks } }),
      // Whoever wants the machine of a build that failed asks for it by hand: it bills until somebody deletes it.
      errorHandling: { onCustomizerError: "cleanup", onValidationError: "cleanup" },
      buildTimeoutInMinutes: build.timeoutMinutes,
      vmProfile: {
        vmSize: builderName,
        ...(build.osDiskGiB !== undefined && { osDiskSizeGB: build.osDiskGiB }),
        ...(subnets !== undefined && {
          vnetConfig: { subnetId: subnets.machines, containerInstanceSubnetId: subnets.containers },
        }),
      },
    },
  };
}

function planStep(step: Step, path: string, problems: Problems): virtualmachineimages.ImageTemplateShellCustomizerArgs {
  const { name, commands, script, sha256 } = step;
  problems.require((commands === undefined) !== (script === undefined), path, "must have commands or script, and one", {
    remedy: "Write commands for a few lines, script for a file that lies at an address",
  });
  problems.require((script === undefined) === (sha256 === undefined), `${path}.sha256`, "must be there with script", {
    remedy: "sha256sum <file> prints it",
  });
  problems.require(
    sha256 === undefined || /^[0-9a-f]{64}$/.test(sha256),
    `${path}.sha256`,
    "must be 64 hexadecimal digits in lower case",
    { got: sha256, remedy: "sha256sum <file> prints it" },
  );
  if (script !== undefined) checkScript(script, `${path}.script`, problems);
  return {
    type: "Shell",
    name,
    ...(commands !== undefined && { inline: commands }),
    ...(script !== undefined && { scriptUri: script }),
    ...(sha256 !== undefined && { sha256Checksum: sha256 }),
  };
}

/** Everybody who reads the template reads the address, so what it must not have is never shown. */
function checkScript(script: string, path: string, problems: Problems): void {
  const url = URL.canParse(script) ? new URL(script) : undefined;
  problems.require(
    url?.protocol === "https:" && url.username === "" && url.password === "" && url.search === "" && url.hash === "",
    path,
    "must be an https address without a user, a token or anything else behind its path",
    { remedy: "Lay the script where a build reads it without a token, or write its lines as commands" },
  );
}

/** What asks for a GPU on a machine that has none fails after an hour of building. */
function checkGpuTools({ steps, checks }: Built["build"], builder: VmSize, path: string, problems: Problems): void {
  for (const [key, list] of Object.entries({ steps, checks })) {
    list.forEach(({ commands = [] }, at) => {
      commands.forEach((command, line) => {
        const tool = /(?:^|[\s;&|(])(nvidia-smi|dcgmi|rocm-smi|amd-smi)(?=$|[\s;&|)])/.exec(command)?.[1];
        problems.require(
          tool === undefined,
          `${path}.${key}[${at}].commands[${line}]`,
          `must not ask for a GPU by ${tool ?? ""}: ${builder.name}, on which it is built, has none`,
          { got: command, remedy: "Look for the file instead (test -x), or name a builderSize with a GPU" },
        );
      });
    });
  }
}

/** ARM ID of the network of both subnets. `undefined` where a problem was noted. */
function checkSubnets(
  { machines, containers }: NonNullable<Built["build"]["subnets"]>,
  path: string,
  problems: Problems,
): string | undefined {
  const subnet = { token: "network:Subnet", what: "subnet" };
  checkId(subnet, machines, `${path}.machines`, problems);
  checkId(subnet, containers, `${path}.containers`, problems);
  const [network, other] = [machines, containers].map((it) => it.replace(/\/subnets\/[^/]+$/i, ""));
  // Source: MicrosoftDocs/azure-compute-docs:articles/virtual-machines/linux/image-builder-json.md (2023-10-03)
  problems.require(
    network?.toLowerCase() === other?.toLowerCase() && machines.toLowerCase() !== containers.toLowerCase(),
    `${path}.containers`,
    "must be another subnet of the same network as machines",
    { got: containers, remedy: "Make one there, delegated to Microsoft.ContainerInstance/containerGroups" },
  );
  return network;
}
