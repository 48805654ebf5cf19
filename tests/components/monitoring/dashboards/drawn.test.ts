import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { onPath } from "../../../../simulator/engine/search-path";
import { describeWithPromql } from "../../../simulator/engine/with-promql";
import { dashboardPage } from "./page";
import { fillDashboards, type FilledDashboard, sampleDashboards } from "./sample-dashboards";

const browser = ["chromium", "chromium-browser", "google-chrome"]
  .map((it) => onPath(it))
  .find((it) => it !== undefined);
const howToGetBrowser =
  "There is no browser here: the dashboards were not drawn. On Debian, apt-get install chromium brings one.";

/** Looks at the page from within: what is drawn of each panel, and what is cut off. Its answer is the title of the page. */
const look = `<script>
addEventListener("load", () => {
  const panels = [...document.querySelectorAll(".panel")].map((it) => ({
    title: it.dataset.title,
    live: it.querySelector(".live") !== null,
    drawn: [...it.querySelectorAll(".drawn")].filter((on) => { const r = on.getBoundingClientRect(); return r.width > 0 || r.height > 0; }).length,
    cut: it.scrollHeight > it.clientHeight + 1 || it.scrollWidth > it.clientWidth + 1 ||
      [...it.querySelectorAll(".title, .name")].some((on) => on.scrollWidth > on.clientWidth + 1),
  }));
  const height = Math.ceil(Math.max(...[...document.querySelectorAll(".panel")].map((it) => it.getBoundingClientRect().bottom))) + 16;
  document.title = JSON.stringify({ panels, height });
});
</script>`;

describeWithPromql("the dashboards, drawn in a browser", (ask) => {
  let filled: readonly FilledDashboard[] = [];
  const folder = mkdtempSync(path.join(tmpdir(), "dashboards-"));
  // Pictures are kept where somebody wants to look at them.
  const pictures = process.env["DASHBOARD_PICTURES"] ?? folder;
  beforeAll(() => {
    if (browser !== undefined) filled = fillDashboards(ask);
    mkdirSync(pictures, { recursive: true });
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  function run(...args: readonly string[]): string {
    const common = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--hide-scrollbars"];
    const quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-quic"];
    const home = `--user-data-dir=${path.join(folder, "profile")}`;
    return execFileSync(browser ?? "", [...common, ...quiet, home, ...args], { encoding: "utf8", stdio: "pipe" });
  }

  it.for(sampleDashboards.map(({ key }) => key))(
    "%s has something in every panel, and nothing is cut off",
    (key, { skip }) => {
      if (browser === undefined) return skip(howToGetBrowser);
      const dashboard = filled.find((it) => it.key === key);
      if (dashboard === undefined) throw new Error(`no dashboard ${key}`);
      const page = path.join(folder, `${key}.html`);
      writeFileSync(page, dashboardPage(dashboard).replace("</head>", `${look}</head>`));
      const seen =
        /<title>(.*?)<\/title>/s.exec(run("--dump-dom", "--window-size=1280,1500", `file://${page}`))?.[1] ?? "{}";
      const { panels, height } = JSON.parse(seen.replaceAll("&quot;", '"').replaceAll("&amp;", "&")) as {
        readonly panels: readonly {
          readonly title: string;
          readonly drawn: number;
          readonly live: boolean;
          readonly cut: boolean;
        }[];
        readonly height: number;
      };
      expect(panels.map(({ title }) => title)).toEqual(
        dashboard.rows.flatMap(({ panels: its }) => its.map(({ title }) => title)),
      );
      // What only Azure has is drawn by nobody here, and the picture says so.
      expect(panels.map(({ live }) => live)).toEqual(
        dashboard.rows.flatMap(({ panels: its }) => its.map((it) => "store" in it)),
      );
      expect(panels.filter(({ drawn, cut }) => drawn === 0 || cut)).toEqual([]);
      const picture = path.join(pictures, `${key}.png`);
      run(`--screenshot=${picture}`, `--window-size=1280,${height}`, `file://${page}`);
      // A page without panels is a tenth of this.
      expect(readFileSync(picture).length).toBeGreaterThan(20_000);
    },
  );
});
