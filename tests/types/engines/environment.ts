/** An engine has no page, no clock of the browser and no network. Compiled without the DOM library, not run. */
export function enginesHaveNoBrowser(): unknown[] {
  return [
    // @ts-expect-error No page.
    document,
    // @ts-expect-error No page.
    window,
    // @ts-expect-error No clock.
    performance,
    // @ts-expect-error No timers.
    setTimeout,
    // @ts-expect-error No network.
    fetch,
    // @ts-expect-error No workers.
    postMessage,
    // @ts-expect-error No output.
    console,
  ];
}
