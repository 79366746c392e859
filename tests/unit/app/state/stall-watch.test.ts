import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { watchForStall } from "../../../../src/app/state/stall-watch.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("watchForStall", () => {
  it("tells once of a silence of more than a minute, after a first sign of life", () => {
    const onStall = vi.fn();
    const watch = watchForStall(() => false, onStall);
    vi.advanceTimersByTime(600_000);
    expect(onStall).not.toHaveBeenCalled();
    watch.heard();
    vi.advanceTimersByTime(60_000);
    expect(onStall).not.toHaveBeenCalled();
    vi.advanceTimersByTime(600_000);
    expect(onStall).toHaveBeenCalledTimes(1);
  });

  it("waits longer for work whose steps take long, and for ever while it is paused or stopped", () => {
    const onStall = vi.fn();
    let isPaused = false;
    const watch = watchForStall(() => isPaused, onStall);
    watch.heard();
    vi.advanceTimersByTime(30_000);
    watch.heard();
    vi.advanceTimersByTime(300_000);
    expect(onStall).not.toHaveBeenCalled();
    isPaused = true;
    vi.advanceTimersByTime(3_600_000);
    expect(onStall).not.toHaveBeenCalled();
    watch.stop();
    isPaused = false;
    vi.advanceTimersByTime(3_600_000);
    expect(onStall).not.toHaveBeenCalled();
  });
});
