import { TrendloomError } from "./errors.ts";

const PAGE_BYTES = 65_536;
/** Every allocation begins at a multiple: two 64-bit floats. */
const ALIGNMENT = 16;
/** Constants that a kernel brings along stand below. */
const FIRST_FREE = 1024;

/** Larger memories are not kept for the next kernel. */
const MOST_KEPT_BYTES = 1 << 28;

const modules = new Map<string, WebAssembly.Module>();
/** Instances that nobody uses, by their kernel. */
const idle = new Map<string, WebAssembly.Instance[]>();

function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  const characters = atob(text);
  const bytes = new Uint8Array(characters.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = characters.charCodeAt(i);
  return bytes;
}

/** Whether this browser can run a kernel: one for newer instructions may be refused. */
export function canRunKernel(base64: string): boolean {
  return typeof WebAssembly !== "undefined" && WebAssembly.validate(decodeBase64(base64));
}

/**
 * A running copy of one of the kernels of src/wasm with a memory of its own. Addresses are in bytes; views are only
 * good until the next `allocate`, which may move the memory. A browser grants a page about a hundred memories, over all of
 * its workers, and counts those that wait for the garbage collector: whoever makes kernels again and again releases them.
 */
export class WasmKernel<Functions> {
  readonly functions: Functions;
  private readonly memory: WebAssembly.Memory;
  private readonly instance: WebAssembly.Instance;
  private nextFree = FIRST_FREE;
  private isReleased = false;

  /**
   * Compiled at once: kernels are a few kilobytes.
   * @throws TrendloomError engine-unavailable where WebAssembly with SIMD is
   */
  constructor(private readonly base64: string) {
    try {
      const module = modules.get(base64) ?? new WebAssembly.Module(decodeBase64(base64));
      modules.set(base64, module);
      this.instance = idle.get(base64)?.pop() ?? new WebAssembly.Instance(module);
      const { exports } = this.instance;
      this.functions = exports as Functions;
      this.memory = exports.memory as WebAssembly.Memory;
    } catch (error) {
      throw new TrendloomError("engine-unavailable", { engine: "WebAssembly SIMD" }, String(error));
    }
  }

  /** Sets bytes aside for good, zeroed; gives their address. */
  allocate(nBytes: number): number {
    const address = this.nextFree;
    this.nextFree = Math.ceil((address + nBytes) / ALIGNMENT) * ALIGNMENT;
    const missing = this.nextFree - this.memory.buffer.byteLength;
    if (missing > 0) this.memory.grow(Math.ceil(missing / PAGE_BYTES));
    return address;
  }

  /** Hands the memory on to the next kernel of its kind: nothing in it may be used any more. */
  release(): void {
    if (this.isReleased || this.memory.buffer.byteLength > MOST_KEPT_BYTES) return;
    this.isReleased = true;
    this.bytes(FIRST_FREE, this.nextFree - FIRST_FREE).fill(0);
    idle.set(this.base64, [...(idle.get(this.base64) ?? []), this.instance]);
  }

  bytes(address: number, length: number): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.memory.buffer, address, length);
  }
  uint16(address: number, length: number): Uint16Array<ArrayBuffer> {
    return new Uint16Array(this.memory.buffer, address, length);
  }
  int32(address: number, length: number): Int32Array<ArrayBuffer> {
    return new Int32Array(this.memory.buffer, address, length);
  }
  float32(address: number, length: number): Float32Array<ArrayBuffer> {
    return new Float32Array(this.memory.buffer, address, length);
  }
  float64(address: number, length: number): Float64Array<ArrayBuffer> {
    return new Float64Array(this.memory.buffer, address, length);
  }
}
