export type Theme = "light" | "dark";
export type ThemeChoice = Theme | "system";

const darkQuery = typeof matchMedia === "undefined" ? null : matchMedia("(prefers-color-scheme: dark)");

/** Light or dark. Follows the system until the user asks for the other one; lives in memory alone. */
class ThemeState {
  choice: ThemeChoice = $state("system");
  system: Theme = $state(darkQuery?.matches ? "dark" : "light");

  get shown(): Theme {
    return this.choice === "system" ? this.system : this.choice;
  }

  get other(): Theme {
    return this.shown === "dark" ? "light" : "dark";
  }

  choose(choice: ThemeChoice): void {
    this.choice = choice;
    this.apply();
  }

  /** To the other one; back on the system's own, it is followed again. */
  toggle(): void {
    this.choose(this.other === this.system ? "system" : this.other);
  }

  apply(): void {
    if (typeof document !== "undefined") document.documentElement.dataset.theme = this.shown;
  }
}

export const theme = new ThemeState();
theme.apply();
darkQuery?.addEventListener("change", (event) => {
  theme.system = event.matches ? "dark" : "light";
  theme.apply();
});
