/** Keeps a copy of the page's own files, so that it goes on working without a network. No data of the user is in it. */
export function registerOffline(): void {
  if (import.meta.env.DEV || !("serviceWorker" in navigator)) return;
  // A host without a secure context, or a private window, may refuse: the page then needs the network for late files.
  addEventListener("load", () => navigator.serviceWorker.register(new URL("sw.js", document.baseURI)).catch(() => {}));
}
