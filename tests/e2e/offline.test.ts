import { expect, test } from "vitest";
import { STEPS } from "../../src/app/state/settings.ts";
import { linkWith, TINY, waitForAll } from "../browser/support/app-page.ts";
import { openPage } from "../browser/support/open-page.ts";

test("after the first load every step works without a network", async () => {
  await using opened = await openPage({ basePath: "/some/folder/" });
  const { page, context } = opened;
  await page.waitForFunction(
    async () =>
      (await navigator.serviceWorker.ready).active?.state === "activated" && navigator.serviceWorker.controller !== null,
  );
  await context.setOffline(true);
  const link = await linkWith({ run: STEPS, step: "verdict", settings: TINY });
  await page.evaluate((hash) => {
    location.hash = hash;
  }, link);
  await waitForAll(page);
  await page.reload();
  await page.locator("nav [data-step=data]").waitFor();
  expect(opened.errors).toEqual([]);
});
