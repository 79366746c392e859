// Runs before the first paint: the page starts in the system's theme (src/app/theme.svelte.ts takes over).
document.documentElement.dataset.theme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
