import type { Plugin } from "vite";

/** What a page of Trendloom may do. Workers start from blob: URLs, so they inherit it (docs/adr/0003). */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self' blob:",
  "connect-src 'self'",
  "img-src 'self' data: blob:",
  "style-src 'self'",
  "font-src 'self'",
  "form-action 'none'",
  "base-uri 'none'",
].join("; ");

/** For hosts that read `_headers` (Netlify, Cloudflare Pages): the same policy, and what only a header can say. */
const HEADERS = [
  "/*",
  `  Content-Security-Policy: ${CONTENT_SECURITY_POLICY}; frame-ancestors 'none'`,
  "  Cross-Origin-Opener-Policy: same-origin",
  "  Referrer-Policy: no-referrer",
  "  X-Content-Type-Options: nosniff",
  "",
].join("\n");

/** Puts the policy first into the head of every built page and beside them as `_headers`. The development server goes without. */
export function securityPolicy(): Plugin {
  return {
    name: "trendloom:security-policy",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      handler: () => [
        {
          tag: "meta",
          attrs: { "http-equiv": "Content-Security-Policy", content: CONTENT_SECURITY_POLICY },
          injectTo: "head-prepend",
        },
      ],
    },
    generateBundle() {
      this.emitFile({ type: "asset", fileName: "_headers", source: HEADERS });
    },
  };
}
