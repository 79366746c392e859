import { expect, test } from "vitest";
import { WasmKernel } from "../../../src/core/wasm-kernel.ts";
import kernel from "../../../src/wasm/compiled/gan.ts";

test("a released memory serves the next kernel, zeroed, and never two at once", () => {
  const first = new WasmKernel<object>(kernel);
  const address = first.allocate(400_000);
  first.float32(address, 100_000).fill(7);
  first.release();
  first.release();
  const [second, third] = [new WasmKernel<object>(kernel), new WasmKernel<object>(kernel)];
  expect(second.functions).toBe(first.functions);
  expect(third.functions).not.toBe(first.functions);
  expect(second.allocate(400_000)).toBe(address);
  expect(second.float32(address, 100_000).every((value) => value === 0)).toBe(true);
});
