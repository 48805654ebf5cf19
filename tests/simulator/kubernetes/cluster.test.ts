import { afterEach, describe, expect, test, vi } from "vitest";
import { ApiClient } from "../../../simulator/kubernetes/api-client";
import { ApiError } from "../../../simulator/kubernetes/api-errors";
import { Cluster } from "../../../simulator/kubernetes/cluster";

const client = ApiClient.of({ server: "https://127.0.0.1:1", certificateAuthorityData: "", token: "" });
afterEach(() => vi.restoreAllMocks());

describe("a kind", () => {
  const kind = { apiVersion: "kueue.x-k8s.io/v1beta2", kind: "ClusterQueue" };
  const answer = (status: number, body: unknown): void => {
    vi.spyOn(ApiClient.prototype, "request").mockResolvedValue({ status, body });
  };

  test("is not there when the server knows no such group", async () => {
    answer(404, "404 page not found");
    expect(await new Cluster(client).kind(kind)).toBeUndefined();
  });

  test.each([
    [429, "Too many requests, please try again later."],
    [503, "service unavailable"],
    [200, "<html>a proxy</html>"],
  ])("fails to be looked up when the server answers %i in plain text: that says nothing", async (status, body) => {
    answer(status, body);
    const error: unknown = await new Cluster(client).kind(kind).catch((it: unknown) => it);
    expect(error).toBeInstanceOf(ApiError);
    expect(String(error)).toContain(body);
  });
});
