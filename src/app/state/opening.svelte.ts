import type { SizeEstimate } from "../../table/size-estimate.params.ts";
import type { LinkSource } from "./link.ts";
import type { Settings } from "./settings.ts";

/** A file as it was handed over. */
export interface GivenFile {
  readonly blob: Blob;
  readonly name: string;
  readonly source: LinkSource | null;
  readonly settings: Settings;
}

/** The file that was handed over last, and how large it is thought to be: known before it is read, and where it is refused. */
export class Opening {
  last = $state.raw<GivenFile | null>(null);
  estimate = $state.raw<SizeEstimate | null>(null);

  begin(file: GivenFile): void {
    this.last = file;
    this.estimate = null;
  }

  /** The size of a file, unless another was handed over since. */
  tell(blob: Blob, estimate: SizeEstimate | null): void {
    if (this.last?.blob === blob) this.estimate = estimate;
  }
}
