import { nilSubscription } from "../azure/arm-id";
import { cloudOfRegion, findCloud, type Cloud } from "../catalog/clouds";
import { normaliseRegion } from "../catalog/regions";
import { subnetSlots } from "../components/network/subnet-ref";
import { text } from "../core/property-tree";
import { keysOf } from "../core/records";
import { ArmClient, type ArmAccess } from "../preflight/arm-client";
import { exitCodeOf, type Line } from "../preflight/line";
import { logIn, type Login } from "../preflight/login";
import { chooseLogin, type LoginChoice, LoginError, type Setting } from "../preflight/login-choice";
import { azureResources, type DeclaredSubnet, inSubscription, type PreflightFacts } from "../preflight/preflight-facts";
import { runPreflight } from "../preflight/run-preflight";
import { preview } from "../preview/preview";
import { AzureError, runAz } from "../replacement/run-az";
import type { InfraPlan } from "../stacks/plan-infra";
import { subscriptionOf } from "../stacks/provider-keys";
import { readStackFile } from "../stacks/stack-file";
import { preflightJUnit } from "./preflight-junit";
import { RehearsalProgress } from "./rehearsal-progress";
import { renderPreflight } from "./render-preflight";
import { stopOnSignal } from "./stop-on-signal";
import { paintFor } from "./terminal";

/** What `npm run preflight` is asked for. */
export interface PreflightCommand {
  readonly environment: string;
  /** Subscription to ask, null for the one that `up` would use. */
  readonly subscription: string | null;
  readonly form: "text" | "json" | "junit";
}

/** What a run found out. */
export interface PreflightReport extends Pick<PreflightFacts, "subscriptionId" | "location"> {
  readonly environment: string;
  readonly lines: readonly Line[];
}

/** Seconds that a run may take: what has not answered by then is told as not asked. */
const longestSeconds = 60;

/**
 * Asks a subscription about an environment and prints what is there and what is not.
 * @returns The exit code.
 */
export async function preflightStack(file: string, command: PreflightCommand): Promise<number> {
  const progress = new RehearsalProgress(process.stderr, command.form !== "text");
  const stop = stopOnSignal(() => progress.note("stopping"));
  const ending = new AbortController();
  const { signal } = ending;
  const timer = setTimeout(() => ending.abort(new Error(`${longestSeconds} s are over`)), longestSeconds * 1000);
  stop.signal.addEventListener("abort", () => ending.abort(new Error("it was stopped")));
  try {
    progress.note("planning, and logging in");
    // az takes a second or two, in which the environment is planned.
    const signingIn = signIn(file, command.subscription, signal);
    signingIn.catch(() => undefined);
    const planned = await planFacts(file);
    const { login, cloud, subscriptionId, otherwise } = await signingIn;
    const facts = { ...planned(subscriptionId), otherwise, identity: login.identity };
    progress.note(`asking ${cloud.resourceManager} about subscription ${subscriptionId}`);
    const lines = await askAll(facts, { cloud, credential: login.credential, signal }, progress);
    progress.done();
    const report = { environment: command.environment, subscriptionId, location: facts.location, lines };
    process.stdout.write(formOf(report, command.form));
    return stop.exitCode() ?? exitCodeOf(lines);
  } catch (error) {
    // Who stopped it knows why it failed.
    const code = stop.exitCode();
    if (code === undefined || !(error instanceof LoginError)) throw error;
    return code;
  } finally {
    clearTimeout(timer);
    progress.done();
  }
}

function askAll(facts: PreflightFacts, access: ArmAccess, progress: RehearsalProgress): Promise<readonly Line[]> {
  const client = new ArmClient(access);
  return runPreflight(
    facts,
    (question) => client.ask(question),
    (check, lines) => progress.note(`${check}: ${summaryOf(lines)}`),
  );
}

function formOf(report: PreflightReport, form: PreflightCommand["form"]): string {
  if (form === "json") return `${JSON.stringify(report, null, 2)}\n`;
  return form === "junit" ? preflightJUnit(report) : renderPreflight(report, paintFor(process.stdout));
}

function summaryOf(lines: readonly Line[]): string {
  const bad = lines.filter((it) => it.verdict !== "ok");
  return bad.length === 0 ? "ok" : [...new Set(bad.map((it) => it.verdict))].join(", ");
}

/**
 * Plans an environment.
 * @returns the facts for a subscription, once that is known
 * @throws MisconfiguredError when the stack file does not plan
 */
export async function planFacts(
  file: string,
): Promise<(subscriptionId: string) => Omit<PreflightFacts, "identity" | "otherwise">> {
  const { values } = readStackFile(file);
  const { plan, environment, summary } = await preview(file, { today: new Date().toISOString().slice(0, 10) });
  const declared = subscriptionOf(values) ?? null;
  const planned = declared ?? nilSubscription;
  const existing = environment.infra === null ? [] : declaredSubnets(environment.infra.network);
  return (subscriptionId) => ({
    stack: environment.stack,
    subscriptionId,
    declaredSubscriptionId: declared,
    declaredTenantId: values["azure-native:tenantId"]?.toLowerCase() ?? null,
    location: environment.location,
    quota: summary.quota,
    regionalVcpus: summary.regionalVcpus,
    resources: azureResources(plan.resources, planned, subscriptionId),
    existingSubnets: inSubscription(existing, planned, subscriptionId),
  });
}

/** What a stack file says of a network that is there, none of one that it makes. */
function declaredSubnets(network: InfraPlan["network"]): DeclaredSubnet[] {
  if (!("virtualNetworkResourceId" in network)) return [];
  const { subnetResourceIds, subnetRanges } = network;
  return keysOf(subnetSlots).flatMap((role) => {
    const [id, range] = [subnetResourceIds[role], subnetRanges[role]];
    return id === undefined || range === undefined ? [] : { id, range, delegatedTo: subnetSlots[role].delegation };
  });
}

/** A login, and what it leads to. */
export interface SignedIn extends Pick<PreflightFacts, "subscriptionId" | "otherwise"> {
  readonly login: Login;
  readonly cloud: Cloud;
}

/** Logs in as the provider would. @throws LoginError */
export async function signIn(file: string, asked: string | null, signal: AbortSignal): Promise<SignedIn> {
  const { values } = readStackFile(file);
  const setting: Setting = (key, ...variables) =>
    [values[`azure-native:${key}`], ...variables.map((it) => process.env[it])].find(
      (it) => it !== undefined && it !== "",
    );
  const declared = chooseLogin(setting, asked);
  const cloud = cloudFor(values["azure-native:location"] ?? "", declared);
  const account = declared.way === "az" ? await azAccount(cloud) : null;
  const subscriptionId = declared.subscriptionId ?? account?.subscriptionId ?? null;
  if (subscriptionId === null)
    throw new LoginError(
      "Nobody says which subscription is meant: name it with --subscription, or choose one with az account set",
    );
  const used = declared.ownSubscriptionId ?? account?.subscriptionId ?? null;
  const saidBy = declared.ownSubscriptionId === null ? "the login" : "ARM_SUBSCRIPTION_ID";
  return {
    login: await logIn({ ...declared, subscriptionId }, cloud, setting, signal),
    cloud,
    subscriptionId,
    otherwise: used === null ? null : { subscriptionId: used, saidBy },
  };
}

/** The cloud of the region: no other has it. @throws LoginError */
function cloudFor(location: string, { cloud }: LoginChoice): Cloud {
  const own = cloudOfRegion(normaliseRegion(location));
  if (cloud !== null && cloud !== own)
    throw new LoginError(
      `The region ${location} is of the cloud ${own.name}, and ARM_ENVIRONMENT or AZURE_ENVIRONMENT says ${cloud.name}: unset it`,
    );
  return own;
}

/** What `az` is logged in to. @throws LoginError */
async function azAccount(cloud: Cloud): Promise<{ readonly subscriptionId: string | null }> {
  const account = await runAz(["account", "show", "--output", "json"])
    .then((it): unknown => JSON.parse(it))
    .catch((error: unknown) => {
      if (error instanceof SyntaxError)
        throw new LoginError("az account show answers in another form than JSON: run it to see what it prints");
      throw error instanceof AzureError ? new LoginError(error.message) : error;
    });
  const name = text(account, "environmentName") ?? "";
  const found = findCloud(name);
  if (found === undefined)
    throw new LoginError(`az is logged in to the cloud ${name}, which the provider does not know`);
  if (cloud !== found)
    throw new LoginError(
      `az is logged in to ${found.cliName}, and the environment is in ${cloud.cliName}: az cloud set --name ${cloud.cliName}, then az login`,
    );
  return { subscriptionId: text(account, "id")?.toLowerCase() ?? null };
}
