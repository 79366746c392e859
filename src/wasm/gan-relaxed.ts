// The same with fused multiply-add: a rounding less, so other last bits.
export * from "./gan";
