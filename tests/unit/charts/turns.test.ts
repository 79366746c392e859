import { expect, test } from "vitest";
import { Turns } from "../../../src/charts/turns.svelte.ts";

/** A clock that is wound by hand: every part takes 5 ms to draw. */
function wound(isHidden = false) {
  const tasks: (() => void)[] = [];
  let now = 0;
  const turns = new Turns({
    now: () => now,
    later: (task) => tasks.push(task),
    isHidden: () => isHidden,
    flush: (draw) => {
      now += 5;
      draw();
    },
  });
  const drawn: string[] = [];
  const take = (name: string) => turns.take(() => drawn.push(name));
  return { turns, tasks, drawn, take, next: () => tasks.shift()?.() };
}

test("parts are drawn in the order in which they were asked for, a few in each task", () => {
  const { turns, tasks, drawn, take, next } = wound();
  for (const name of ["a", "b", "c", "d", "e"]) take(name);
  expect(drawn).toEqual([]);
  expect(tasks).toHaveLength(1);
  next();
  expect(drawn).toEqual(["a", "b", "c"]);
  expect(turns.isWaiting).toBe(true);
  next();
  expect(drawn).toEqual(["a", "b", "c", "d", "e"]);
  expect([turns.isWaiting, tasks.length]).toEqual([false, 0]);
});

test("what a part asks for while it is drawn waits behind the others", () => {
  const { turns, drawn, take, next } = wound();
  turns.take(() => {
    drawn.push("outer");
    take("inner");
  });
  take("next");
  next();
  expect(drawn).toEqual(["outer", "next", "inner"]);
});

test("a part that is taken out is not drawn", () => {
  const { turns, drawn, take, next } = wound();
  take("a")();
  take("b");
  next();
  expect(drawn).toEqual(["b"]);
  expect(turns.isWaiting).toBe(false);
});

test("a page that nobody sees is drawn at once", () => {
  const { drawn, take, next } = wound(true);
  for (let i = 0; i < 40; i++) take(String(i));
  next();
  expect(drawn).toHaveLength(40);
});

test("a part that cannot be drawn keeps no other from its turn", () => {
  const { turns, drawn, take, next } = wound();
  turns.take(() => {
    throw new Error("cannot be drawn");
  });
  take("next");
  expect(next).toThrow("cannot be drawn");
  next();
  expect(drawn).toEqual(["next"]);
  expect(turns.isWaiting).toBe(false);
});
