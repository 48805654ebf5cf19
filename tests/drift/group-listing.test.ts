import { expect, it } from "vitest";
import { publicCloud } from "../../catalog/clouds";
import { text } from "../../core/property-tree";
import { toValue, type Value } from "../../core/property-value";
import { type GroupListing, listGroup } from "../../drift/group-listing";
import { ArmClient } from "../../preflight/arm-client";
import { type RecordedAnswer, RecordedAzure, token } from "../preflight/recorded-azure";

const subscription = "99999999-9999-4999-8999-999999999999";
const group = `/subscriptions/${subscription}/resourceGroups/rg-gpu`;
const at = (type: string, name: string): string => `${group}/providers/${type}/${name}`;
const disk = at("Microsoft.Compute/disks", "extra");
const made = at("Microsoft.Compute/disks", "made");

type Told = Partial<RecordedAnswer>;
const answer = (request: string, told: Told): RecordedAnswer => ({
  name: request,
  request: `GET /subscriptions/{subscription}/resourceGroups/rg-gpu${request}`,
  example: "Resources_ListByResourceGroup",
  ...told,
});

const locksPath = "/providers/Microsoft.Authorization/locks";

/** Lists a group of an Azure that answers so. Form: Azure/azure-rest-api-specs, resources, 2021-04-01 and authorization, 2022-04-01. */
async function listed(
  resources: Told,
  grants: Told = { body: { value: [] } },
  more: readonly RecordedAnswer[] = [],
): Promise<{
  readonly listing: GroupListing;
  readonly asked: readonly string[];
}> {
  const answers = [
    answer("/resources", resources),
    answer("/providers/Microsoft.Authorization/roleAssignments", grants),
  ];
  // Of two answers to the same question the first counts.
  const all = [...answers, ...more, answer(locksPath, { body: { value: [] } })];
  const azure = await RecordedAzure.start({ title: "a group", answers: all });
  try {
    const client = new ArmClient({
      cloud: publicCloud,
      credential: { getToken: () => Promise.resolve({ token, expiresOnTimestamp: Date.now() + 3_600_000 }) },
      httpClient: azure.httpClient,
      signal: new AbortController().signal,
    });
    const listing = await listGroup(group, new Set([made.toLowerCase()]), (question) => client.ask(question));
    expect(azure.faults).toEqual([]);
    return { listing, asked: azure.asked };
  } finally {
    await azure.stop();
  }
}

const value = (...ids: readonly string[]): Told => ({
  body: { value: ids.map((id) => ({ id, name: id.split("/").at(-1) })) },
});
const whole = (id: string, told: Told): RecordedAnswer => answer(id.slice(group.length), told);

it("looks at what nobody knows, and asks for nothing else one by one", async () => {
  const body = { id: disk, properties: { diskSizeGB: 64 } };
  const { listing, asked } = await listed(value(disk, made.toUpperCase()), undefined, [whole(disk, { body })]);
  expect(listing.strangers).toEqual([toValue({ name: "extra", ...body })]);
  expect([...listing.listed]).toEqual([disk.toLowerCase(), made.toLowerCase()]);
  expect(asked.filter((it) => it.includes("/disks/"))).toHaveLength(1);
});

it("takes what it cannot look at as the list has it", async () => {
  const unknown = at("Microsoft.Quantum/workspaces", "q");
  const denied = { status: 403, body: { error: { code: "AuthorizationFailed", message: "no" } } };
  const { listing } = await listed(value(disk, unknown), undefined, [whole(disk, denied)]);
  expect(listing.strangers).toEqual<Value[]>([
    { id: disk, name: "extra" },
    { id: unknown, name: "q" },
  ]);
  expect(listing.unlisted).toEqual([]);
});

it("turns the pages of a list", async () => {
  const nextLink = `https://management.azure.com${group}/resources/page-2?api-version=2021-04-01`;
  const first = { body: { value: [{ id: made }], nextLink } };
  const { listing } = await listed(first, undefined, [
    answer("/resources/page-2", value(at("Microsoft.Quantum/workspaces", "q"))),
  ]);
  expect(listing.listed.size).toBe(2);
});

it.each(["roleAssignments", "locks"])(
  "leaves out %s that are above the group, or in a group whose name begins like it",
  async (kind) => {
    const scopes = [`/subscriptions/${subscription}`, `${group}-2`, group.toUpperCase(), disk];
    const ids = scopes.map((scope) => `${scope}/providers/Microsoft.Authorization/${kind}/x`);
    const path = `/providers/Microsoft.Authorization/${kind}`;
    const { listing } = await listed(value(), kind === "locks" ? undefined : value(...ids), [
      answer(path, value(...ids)),
    ]);
    expect(listing.extensions.map((it) => text(it, "id"))).toEqual(ids.slice(2));
  },
);

it("says which right is missing to ask for locks, and tells the rest", async () => {
  const denied = { status: 403, body: { error: { code: "AuthorizationFailed", message: "no" } } };
  const { listing } = await listed(value(made), undefined, [answer(locksPath, denied)]);
  expect(listing.unlisted).toEqual([
    {
      ...{ group, what: "locks", because: "no right to Microsoft.Authorization/locks/read" },
      remedy: "Ask for a role that has it: Reader on the subscription",
    },
  ]);
  expect(listing.listed.size).toBe(1);
});

it.each<[title: string, told: Told, because: RegExp, remedy: RegExp]>([
  [
    "a right is missing",
    {
      status: 403,
      body: {
        error: {
          code: "AuthorizationFailed",
          message:
            "The client does not have authorization to perform action 'Microsoft.Resources/subscriptions/resourceGroups/resources/read' over scope 'x'.",
        },
      },
    },
    /^no right to Microsoft\.Resources\/subscriptions\/resourceGroups\/resources\/read$/,
    /Reader on the subscription/,
  ],
  [
    "the group went in between",
    { status: 404, body: { error: { code: "ResourceGroupNotFound", message: "gone" } } },
    /Azure has nothing at that address/,
    /Run it again/,
  ],
  [
    "Azure throttles for good",
    { status: 429, headers: { "Retry-After": "0" }, body: { error: { code: "TooManyRequests", message: "slow" } } },
    /Azure throttles: TooManyRequests/,
    /Run it again in 0 s/,
  ],
  [
    "an entry of the list has no ID",
    { body: { value: [{ name: "x" }, 1] } },
    /the answer has another form than the one that is published/,
    /Run it again/,
  ],
])("says so where %s, and tells the roles all the same", async (_, told, because, remedy) => {
  const scope = { id: `${group}/providers/Microsoft.Authorization/roleAssignments/x`, properties: { scope: group } };
  const { listing } = await listed(told, { body: { value: [scope] } });
  expect(listing.unlisted).toEqual([
    {
      ...{ group, what: "resources" },
      because: expect.stringMatching(because) as string,
      remedy: expect.stringMatching(remedy) as string,
    },
  ]);
  expect(listing.extensions).toHaveLength(1);
});

it("goes on after Azure throttled once", async () => {
  const busy = { status: 429, headers: { "Retry-After": "0" }, body: { error: { code: "TooManyRequests" } }, times: 1 };
  const { listing } = await listed({ ...busy }, undefined, [answer("/resources", value(made))]);
  expect(listing).toMatchObject({ unlisted: [], strangers: [] });
  expect(listing.listed.size).toBe(1);
});
