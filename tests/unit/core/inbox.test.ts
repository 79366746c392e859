import { expect, test } from "vitest";
import { Inbox } from "../../../src/core/inbox.ts";

test("values are taken in the order in which they came, also by one who waits", async () => {
  const inbox = new Inbox<number>();
  inbox.put(1);
  inbox.put(2);
  expect([await inbox.next(), await inbox.next()]).toEqual([1, 2]);
  const waiting = inbox.next();
  inbox.put(3);
  inbox.put(4);
  expect([await waiting, await inbox.next()]).toEqual([3, 4]);
});
