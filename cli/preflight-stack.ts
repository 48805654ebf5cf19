import { nilSubscription } from "../azure/arm-id";
import { clouds, findCloud, type Cloud } from "../catalog/clouds";
import { text } from "../core/property-tree";
import { ArmClient, type ArmAccess } from "../preflight/arm-client";
import { exitCodeOf, type Line } from "../preflight/line";
import { logIn, type Login } from "../preflight/login";
import { chooseLogin, type LoginChoice, LoginError, type Setting } from "../preflight/login-choice";
import { azureResources, type PreflightFacts } from "../preflight/preflight-facts";
import { runPreflight } from "../preflight/run-preflight";
import { preview } from "../preview/preview";
import { AzureError, runAz } from "../replacement/run-az";
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
    const { login, cloud, subscriptionId } = await signingIn;
    const facts = { ...planned(subscriptionId), identity: login.identity };
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
export async function planFacts(file: string): Promise<(subscriptionId: string) => Omit<PreflightFacts, "identity">> {
  const { values } = readStackFile(file);
  const { plan, environment, summary } = await preview(file, { today: new Date().toISOString().slice(0, 10) });
  const declared = subscriptionOf(values) ?? null;
  return (subscriptionId) => ({
    stack: environment.stack,
    subscriptionId,
    declaredSubscriptionId: declared,
    declaredTenantId: values["azure-native:tenantId"]?.toLowerCase() ?? null,
    location: environment.location,
    quota: summary.quota,
    regionalVcpus: summary.regionalVcpus,
    resources: azureResources(plan.resources, declared ?? nilSubscription, subscriptionId),
  });
}

interface SignedIn {
  readonly login: Login;
  readonly cloud: Cloud;
  readonly subscriptionId: string;
}

/** Logs in as the provider would. @throws LoginError */
async function signIn(file: string, asked: string | null, signal: AbortSignal): Promise<SignedIn> {
  const { values } = readStackFile(file);
  const setting: Setting = (key, ...variables) =>
    [values[`azure-native:${key}`], ...variables.map((it) => process.env[it])].find(
      (it) => it !== undefined && it !== "",
    );
  const declared = chooseLogin((key, ...variables) =>
    key === "subscriptionId" && asked !== null ? asked : setting(key, ...variables),
  );
  const account = declared.way === "az" ? await azAccount(declared) : null;
  const cloud = declared.cloud ?? account?.cloud ?? clouds[0];
  const subscriptionId = declared.subscriptionId ?? account?.subscriptionId ?? null;
  if (cloud === undefined || subscriptionId === null)
    throw new LoginError(
      "Nobody says which subscription is meant: name it with --subscription, or choose one with az account set",
    );
  return { login: await logIn({ ...declared, subscriptionId }, cloud, setting, signal), cloud, subscriptionId };
}

/** What `az` is logged in to. @throws LoginError */
async function azAccount({
  cloud,
}: LoginChoice): Promise<{ readonly cloud: Cloud; readonly subscriptionId: string | null }> {
  const account = await runAz(["account", "show", "--output", "json"]).then(
    (it): unknown => JSON.parse(it),
    (error: unknown) => {
      throw error instanceof AzureError ? new LoginError(error.message) : error;
    },
  );
  const name = text(account, "environmentName") ?? "";
  const found = findCloud(name);
  if (found === undefined)
    throw new LoginError(`az is logged in to the cloud ${name}, which the provider does not know`);
  if (cloud !== null && cloud !== found)
    throw new LoginError(
      `az is logged in to ${found.cliName}, and the environment is in ${cloud.cliName}: az cloud set --name ${cloud.cliName}, then az login`,
    );
  return { cloud: found, subscriptionId: text(account, "id")?.toLowerCase() ?? null };
}
