/** A second-order filter: b0 b1 b2 over 1 a1 a2. */
export interface Coefficients {
  b: readonly [number, number, number];
  a: readonly [number, number];
}

export class Biquad {
  private z1 = 0;
  private z2 = 0;

  constructor(private readonly c: Coefficients) {}

  next(x: number): number {
    const { b, a } = this.c;
    const y = b[0] * x + this.z1;
    this.z1 = b[1] * x - a[0] * y + this.z2;
    this.z2 = b[2] * x - a[1] * y;
    return y;
  }
}

/** The bilinear transform of an analogue section, both polynomials in s with s^2 first. */
export function bilinear(
  n: readonly [number, number, number],
  d: readonly [number, number, number],
  rateHz: number,
): Coefficients {
  const k = 2 * rateHz;
  const at = (p: readonly [number, number, number]) =>
    [
      p[0] * k * k + p[1] * k + p[2],
      2 * (p[2] - p[0] * k * k),
      p[0] * k * k - p[1] * k + p[2],
    ] as const;
  const [b0, b1, b2] = at(n);
  const [a0, a1, a2] = at(d);
  return { b: [b0 / a0, b1 / a0, b2 / a0], a: [a1 / a0, a2 / a0] };
}

/** The gain of a chain at a frequency. */
export function gainAt(chain: readonly Coefficients[], hz: number, rateHz: number): number {
  const w = (2 * Math.PI * hz) / rateHz;
  const size = (c0: number, c1: number, c2: number) =>
    Math.hypot(
      c0 + c1 * Math.cos(w) + c2 * Math.cos(2 * w),
      c1 * Math.sin(w) + c2 * Math.sin(2 * w),
    );
  return chain.reduce((gain, { b, a }) => (gain * size(...b)) / size(1, ...a), 1);
}
