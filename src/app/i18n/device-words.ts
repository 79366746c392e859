import { m } from "./paraglide/messages.js";

const DEVICES: Readonly<Record<string, () => string>> = {
  cpu: m.predict_device_cpu_plain,
  wasm: m.predict_device_wasm,
  "wasm-exact": m.predict_device_wasm,
  webgl: m.predict_device_webgl,
  webgpu: m.predict_device_webgpu,
};

const REASONS: Readonly<Record<string, () => string>> = {
  "trees-on-cpu": m.predict_why_trees_on_cpu,
  reference: m.predict_why_reference,
  fastest: m.predict_why_fastest,
  "only-one": m.predict_why_only_one,
  "asked-for": m.predict_why_asked_for,
  small: m.predict_why_small,
  "no-gpu": m.predict_why_no_gpu,
};

/** Where a model was trained. A name that is not known stands as it is. */
export const deviceName = (device: string): string => (Object.hasOwn(DEVICES, device) ? DEVICES[device]!() : device);

/** Why it was trained there; nothing where no reason was given. */
export const deviceReason = (reason: string): string => (Object.hasOwn(REASONS, reason) ? REASONS[reason]!() : "");
