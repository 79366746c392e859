// e^x of four floats: x = n·ln 2 + r with |r| ≤ ln 2 / 2, e^r by its series to the sixth power (relative error below 2·10⁻⁷), times
// 2^n by way of the exponent's bits. Below −87 the result is 0; arguments are at most 88.

// @ts-expect-error: decorator
@inline
export function exp4(x: v128): v128 {
  const isZero = f32x4.lt(x, f32x4.splat(-87));
  const n = f32x4.nearest(f32x4.mul(f32x4.max(x, f32x4.splat(-87)), f32x4.splat(1.44269504)));
  // ln 2 in two parts, the first with few enough bits for an exact product.
  let r = f32x4.sub(f32x4.max(x, f32x4.splat(-87)), f32x4.mul(n, f32x4.splat(0.693359375)));
  r = f32x4.sub(r, f32x4.mul(n, f32x4.splat(-2.12194440e-4)));
  let series = f32x4.add(f32x4.splat(1.0 / 120), f32x4.mul(r, f32x4.splat(1.0 / 720)));
  series = f32x4.add(f32x4.splat(1.0 / 24), f32x4.mul(r, series));
  series = f32x4.add(f32x4.splat(1.0 / 6), f32x4.mul(r, series));
  series = f32x4.add(f32x4.splat(0.5), f32x4.mul(r, series));
  series = f32x4.add(f32x4.splat(1), f32x4.mul(r, series));
  series = f32x4.add(f32x4.splat(1), f32x4.mul(r, series));
  const scaled = i32x4.add(series, i32x4.shl(i32x4.trunc_sat_f32x4_s(n), 23));
  return v128.andnot(scaled, isZero);
}
