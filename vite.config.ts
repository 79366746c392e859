import { fileURLToPath } from "node:url";
import { paraglideVitePlugin } from "@inlang/paraglide-js";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";
import { messageOptions } from "./scripts/message-options.mjs";
import { createLicenceList } from "./scripts/vite/licence-list.ts";
import { offline } from "./scripts/vite/offline.ts";
import { securityPolicy } from "./scripts/vite/security-policy.ts";
import { wasmKernels } from "./scripts/vite/wasm-kernels.ts";

const page = (name: string) => fileURLToPath(new URL(name, import.meta.url));

export default defineConfig(() => {
  const licences = createLicenceList();
  return {
    // Relative, so that the built folder runs from any path of any static host.
    base: "./",
    plugins: [
      wasmKernels(),
      paraglideVitePlugin(messageOptions),
      svelte(),
      securityPolicy(),
      licences.collect(),
      licences.write(),
      offline(),
    ],
    worker: { format: "es" as const, plugins: () => [licences.collect()] },
    build: {
      target: "es2023",
      // The policy forbids data: URLs for scripts and WASM, so nothing is inlined.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: { input: { index: page("index.html"), gallery: page("gallery.html") } },
    },
  };
});
