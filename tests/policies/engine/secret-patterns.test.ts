import { expect, it } from "vitest";
import { secretsIn } from "../../../policies/engine/secret-patterns";

const random = "aB3dE5fG7hJ9kL2mN4pQ6rS8tU1vW3xY5zA7bC9d";

it.each([
  ["a private key", "-----BEGIN OPENSSH PRIVATE KEY-----"],
  ["a shared access signature", `https://data.blob.core.windows.net/c?sv=2026&sig=${random}`],
  ["a storage account key", `AccountName=data;AccountKey=${random}==`],
  ["a shared access key", `Endpoint=sb://bus/;SharedAccessKey=${random}`],
  ["a bearer token", `eyJhbGciOiJIUzI1NiJ9.${random}.${random}`],
  ["a GitHub token", `ghp_${random}`],
  ["a GitHub token", `ghu_${random}`],
  ["a GitHub token", `github_pat_${random}`],
  ["a GitLab token", `glpat-${random}`],
  ["a Hugging Face token", `HF_TOKEN=hf_${random}`],
  ["an NGC API key", `nvapi-${random}`],
  ["a token of a package registry", `//registry.npmjs.org/:_authToken=npm_${random}`],
  ["a token of a package registry", `pypi-${random}`],
  ["a token of a package registry", `dckr_pat_${random}`],
  ["a Pulumi token", `PULUMI_ACCESS_TOKEN=pul-0123456789abcdef0123456789abcdef01234567`],
  ["a client secret of Entra ID", `AZURE_CLIENT_SECRET=abc8Q~${random}`],
  ["an access key of AWS", "aws_access_key_id = AKIAIOSFODNN7EXAMPLE"],
  ["a registry password", "docker login example.azurecr.io -u me -p hunter2"],
])("finds %s", (name, text) => {
  expect(secretsIn(`#!/bin/sh\n${text}\n`)).toContain(name);
});

it("finds one at the start of a text, and tells all that are there", () => {
  expect(secretsIn(`abc8Q~${random} hf_${random}`)).toEqual(["a client secret of Entra ID", "a Hugging Face token"]);
});

it.each([
  "apt-get install --yes docker.io && docker login --help",
  "curl https://pypi.org/simple/ | pip install pul-fiction==1.0",
  "npm_config_cache=/tmp/cache npm ci",
  "a form to fill in: ?sig=x&y AccountKey=x SharedAccessKey=x ghp_x glpat-x npm_x hf_x nvapi-x",
  "eyJhbGciOiJIUzI1NiJ9.aB3dE5fG7hJ9.x, and abc8Q~short, which are too short",
  "echo sha256:249a797558718caa62f69e7259ba6a8af0d6da3be2caec31daca17cfbbb6c04f",
])("finds none in %j", (text) => {
  expect(secretsIn(text)).toEqual([]);
});
