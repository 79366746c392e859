/**
 * What the page fetched since it was loaded, as the browser's own records tell; requests that the policy blocked
 * are counted among those to other origins.
 */
export class Network {
  ownFiles = $state.raw<readonly string[]>([]);
  nForeign = $state(0);
  readonly policy: readonly string[];

  constructor() {
    const meta = document.querySelector<HTMLMetaElement>('meta[http-equiv="Content-Security-Policy"]');
    this.policy = (meta?.content ?? "")
      .split(";")
      .map((directive) => directive.trim())
      .filter(Boolean);
    new PerformanceObserver((list) => this.receive(list.getEntries())).observe({ type: "resource", buffered: true });
    document.addEventListener("securitypolicyviolation", (event) => {
      if (/^https?:/.test(event.blockedURI) && !event.blockedURI.startsWith(location.origin)) this.nForeign++;
    });
  }

  private receive(entries: readonly PerformanceEntry[]): void {
    const base = new URL(".", document.baseURI).href;
    const own: string[] = [];
    for (const { name } of entries) {
      if (!/^https?:/.test(name)) continue;
      if (new URL(name).origin === location.origin)
        own.push(name.startsWith(base) ? name.slice(base.length) : new URL(name).pathname);
      else this.nForeign++;
    }
    this.ownFiles = [...this.ownFiles, ...own];
  }
}
