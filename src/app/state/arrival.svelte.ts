import { type ErrorRecord, toErrorRecord } from "../../core/errors.ts";
import { defaultValues } from "../../core/params.ts";
import { locale } from "../i18n/locale.svelte.ts";
import type { KeptTraining } from "./kept-trainings.svelte.ts";
import { decodeLink, type LinkContent, type SampleName } from "./link.ts";
import { SETTINGS } from "./settings.ts";
import type { Workspace } from "./workspace.svelte.ts";

/** What brings somebody here: a link, a sample, or a file of their own. */
export class Arrival {
  /** A link that needs a file from the visitor before it can run. */
  awaiting = $state.raw<LinkContent | null>(null);
  /** Name of the file that an interrupted training waits for. */
  resumedFile = $state<string | null>(null);
  /** A link that could not be read, or a sample that could not be fetched. */
  error = $state.raw<ErrorRecord | null>(null);

  constructor(private readonly workspace: Workspace) {}

  /** Follows the fragment of the address. A damaged link leaves a message and an otherwise working page. */
  async follow(hash: string): Promise<void> {
    this.error = null;
    this.awaiting = null;
    this.resumedFile = null;
    try {
      const link = await decodeLink(hash);
      if (!link) return;
      locale.choose(link.language);
      if (link.source?.kind === "sample") await this.openSample(link.source.name, link);
      else this.awaiting = link;
    } catch (error) {
      this.error = toErrorRecord(error);
    }
  }

  /** Opens a bundled sample; with a link, its settings are taken and its steps are run, else all six are. */
  async openSample(name: SampleName, link: LinkContent | null = null): Promise<void> {
    this.error = null;
    try {
      const response = await fetch(new URL(`samples/${name}.csv`, document.baseURI));
      if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
      // Somebody who only looks should not wait: a sample is run quickly, and says so, unless a link asks for more.
      const settings = link?.settings ?? { ...defaultValues(SETTINGS), quick: true };
      const isOpen = await this.workspace.open(await response.blob(), `${name}.csv`, { kind: "sample", name }, settings);
      if (isOpen) await this.runLinked(link);
    } catch (error) {
      this.error = toErrorRecord(error);
    }
  }

  /** Goes on with a training that was kept on this device: opens its sample, or asks for its file, of which no row was kept. */
  async resume({ link, fileName }: KeptTraining): Promise<void> {
    if (link.source?.kind === "sample") return this.openSample(link.source.name, link);
    this.error = null;
    this.awaiting = link;
    this.resumedFile = fileName;
  }

  /** Opens a visitor's file, and runs what an awaiting link asks for. */
  async openFile(blob: Blob, name: string): Promise<void> {
    this.error = null;
    const link = this.awaiting;
    const isOpen = await this.workspace.open(blob, name, link?.source ?? null, link?.settings);
    if (!isOpen) return;
    this.awaiting = null;
    this.resumedFile = null;
    this.workspace.step = "data";
    if (link) await this.runLinked(link);
  }

  private async runLinked(link: LinkContent | null): Promise<void> {
    this.workspace.step = "data";
    const isDone = await this.workspace.runAll(link?.run);
    if (link && isDone) this.workspace.step = link.step;
  }
}
