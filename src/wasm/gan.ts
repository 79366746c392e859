// The kernels of the generative network's own engine: see src/gan/engine-wasm.ts. All numbers are 32-bit floats.
export { adam, addColumnProducts, addColumnSums, addRow, addTo, blend, dot, excess, product, scaledSum } from "./gan/elementwise";
export { multiply, packColumns, packColumnsTransposed, packRows, packRowsTransposed } from "./gan/gemm";
export { dropLeaky, mixRows, normalise, normaliseBackward, penalise, spread } from "./gan/layers";
export { readDrawn, softmax, softmaxBackward } from "./gan/softmax";
