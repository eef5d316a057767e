// The vector vocabulary of the kernel. One source, two modules: with relaxed SIMD a multiply and an add become one
// fused instruction, without it they stay two. Nothing else differs.

/** Bytes of one row of a tile: eight queries, two vectors of four floats. */
export const ROW: usize = 32;

/** a * b + c, fused where the engine can. */
// @ts-ignore: decorator
@inline export function madd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(f32x4.mul(a, b), c);
}

/** The larger of both; a NaN in `b` is passed over, which is enough for a running maximum. */
// @ts-ignore: decorator
@inline export function larger(a: v128, b: v128): v128 {
  return f32x4.pmax(a, b);
}

/**
 * 2^x for x <= 0, and an exact 0 below 2^-100, so that no weight and no ordinary weighted value is a denormal number.
 * x = n + f with n the nearest integer and f in [-0.5, 0.5]. 2^f is a polynomial of degree 5 with p(0) = 1, fitted here by
 * Lawson's iteration for the smallest relative error (9.2e-8, with f32 rounding 1.9e-7); n goes into the exponent bits.
 * A NaN stays NaN.
 */
// @ts-ignore: decorator
@inline export function exp2(x: v128): v128 {
  const magic = f32x4.splat(12582912); // 1.5 * 2^23: adding it leaves the nearest integer in the low bits
  const shifted = f32x4.add(x, magic);
  const f = f32x4.sub(x, f32x4.sub(shifted, magic));
  let p = f32x4.splat(0.001326472731307149);
  p = madd(p, f, f32x4.splat(0.009671512991189957));
  p = madd(p, f, f32x4.splat(0.05550733581185341));
  p = madd(p, f, f32x4.splat(0.24022242426872253));
  p = madd(p, f, f32x4.splat(0.6931470036506653));
  p = madd(p, f, f32x4.splat(1));
  const scaled = i32x4.add(p, i32x4.shl(shifted, 23));
  return v128.andnot(scaled, f32x4.lt(x, f32x4.splat(-100)));
}
