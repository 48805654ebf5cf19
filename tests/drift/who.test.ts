import { expect, it } from "vitest";
import { publicCloud } from "../../catalog/clouds";
import { judgeChange } from "../../drift/judge-change";
import { askWho, type WhoDid } from "../../drift/who";
import { ArmClient } from "../../preflight/arm-client";
import { type RecordedAnswer, RecordedAzure, token } from "../preflight/recorded-azure";
import { changed } from "./observed";

const subscriptionId = "99999999-9999-4999-8999-999999999999";
const id = `/subscriptions/${subscriptionId}/resourceGroups/rg-gpu/providers/Microsoft.Storage/storageAccounts/stgpu`;
const drifts = judgeChange(
  changed(
    "azure-native:storage:StorageAccount",
    { allowBlobPublicAccess: false },
    { allowBlobPublicAccess: true },
    { id },
  ),
  new Set(),
);

/** An event of the log. Form: Azure/azure-rest-api-specs, monitor, 2015-04-01, GetActivityLogsSubscriptionFiltered. */
const event = (more: object): object => ({
  caller: "mona@example.com",
  eventTimestamp: "2026-12-01T10:00:00.0000000Z",
  operationName: { value: "Microsoft.Storage/storageAccounts/write", localizedValue: "Create/Update Storage Account" },
  status: { value: "Succeeded", localizedValue: "Succeeded" },
  resourceId: id,
  ...more,
});

/** Asks a log with these events in it, or one that answers otherwise. */
async function who(answer: Partial<RecordedAnswer>, names = false, asked = drifts): Promise<WhoDid> {
  const log = {
    name: "activity log",
    request: "GET /subscriptions/{subscription}/providers/Microsoft.Insights/eventtypes/management/values",
    example: "ActivityLogs_List",
    ...answer,
  };
  const azure = await RecordedAzure.start({ title: "a log", answers: [log] });
  try {
    const client = new ArmClient({
      cloud: publicCloud,
      credential: { getToken: () => Promise.resolve({ token, expiresOnTimestamp: Date.now() + 3_600_000 }) },
      httpClient: azure.httpClient,
      signal: new AbortController().signal,
    });
    const at = { since: "2026-11-30T00:00:00Z", now: new Date("2026-12-02T00:00:00Z"), names };
    const told = await askWho(
      asked.map((it) => it.id),
      at,
      (question) => client.ask(question),
    );
    expect(azure.faults).toEqual([]);
    return told;
  } finally {
    await azure.stop();
  }
}

const actsOf = ({ acts }: WhoDid): readonly string[] =>
  (acts.get(id.toLowerCase()) ?? []).map(({ when, operation, caller }) => `${when} ${operation} ${String(caller)}`);

it("names who wrote it, a person in part", async () => {
  const told = await who({ body: { value: [event({})] } });
  expect(told.asked).toEqual({ answered: true });
  expect(actsOf(told)).toEqual([
    "2026-12-01T10:00:00.0000000Z Microsoft.Storage/storageAccounts/write m***@example.com",
  ]);
});

it("names a person whole where that is asked for, and an application always", async () => {
  expect(actsOf(await who({ body: { value: [event({})] } }, true))[0]).toContain(" mona@example.com");
  const application = "5f0c2d2e-1111-4222-8333-944444444444";
  expect(actsOf(await who({ body: { value: [event({ caller: application })] } }))[0]).toContain(application);
  expect(actsOf(await who({ body: { value: [event({ caller: "" })] } }))[0]).toMatch(/ null$/);
});

it("takes what came to an end and changed something, newest first, each once, and no more than three", async () => {
  const at = (hour: number, more: object = {}): object =>
    event({ eventTimestamp: `2026-12-01T${String(hour).padStart(2, "0")}:00:00Z`, ...more });
  const value = [
    at(1, { caller: "a@example.com" }),
    at(2, { status: { value: "Failed" } }),
    at(3, { status: { value: "Started" } }),
    at(4, { operationName: { value: "Microsoft.Storage/storageAccounts/read" } }),
    at(5, { caller: "b@example.com" }),
    at(6, { caller: "b@example.com" }),
    at(7, { caller: "c@example.com" }),
    at(8, { operationName: { value: "Microsoft.Storage/storageAccounts/delete" } }),
  ];
  expect(actsOf(await who({ body: { value } })).map((it) => it.slice(11, 13))).toEqual(["08", "07", "06"]);
});

it("goes on without the right, and says which it takes", async () => {
  const body = { error: { code: "AuthorizationFailed", message: "The client does not have authorization." } };
  const { acts, asked } = await who({ status: 403, body });
  expect(acts.get(id.toLowerCase())).toEqual([]);
  expect(asked).toMatchObject({
    answered: false,
    because: expect.stringMatching(/AuthorizationFailed|right/) as string,
  });
});

it("asks only of things in Azure, and of each once", async () => {
  const inCluster = judgeChange(changed("kubernetes:core/v1:Secret", { type: "a" }, { type: "b" }), new Set());
  expect((await who({ body: { value: [] } }, false, inCluster)).acts.size).toBe(0);
  expect((await who({ body: { value: [] } }, false, [...drifts, ...drifts])).acts.size).toBe(1);
});

it("asks about the first of very many, and says so", async () => {
  const asked: string[] = [];
  const ids = Array.from({ length: 41 }, (_, at) => `${id}${at}`);
  const told = await askWho(ids, { since: null, now: new Date(), names: false }, ({ path }) => {
    asked.push(path);
    return Promise.resolve({ kind: "found", body: { value: [] } });
  });
  expect(asked).toHaveLength(40);
  expect(told.asked).toEqual({ answered: false, because: "of 41 resources the first 40 were asked about" });
});
