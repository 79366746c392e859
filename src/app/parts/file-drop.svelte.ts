/** A place that files can be dropped on; spread `handlers` over its element. */
export class FileDrop {
  /** Entered minus left elements: moving over a child leaves its parent. */
  private depth = $state(0);
  readonly isOver = $derived(this.depth > 0);

  constructor(private readonly take: (file: File) => void) {}

  readonly handlers = {
    ondragenter: (event: DragEvent) => {
      if (holdsFile(event)) this.depth++;
    },
    ondragleave: (event: DragEvent) => {
      if (holdsFile(event)) this.depth--;
    },
    ondragover: (event: DragEvent) => {
      if (holdsFile(event)) event.preventDefault();
    },
    ondrop: (event: DragEvent) => {
      event.preventDefault();
      this.depth = 0;
      const file = event.dataTransfer?.files[0];
      if (file) this.take(file);
    },
  };
}

const holdsFile = (event: DragEvent): boolean => event.dataTransfer?.types.includes("Files") ?? false;
