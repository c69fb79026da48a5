import { bilinear, gainAt, type Coefficients } from "./biquad";

/**
 * A weighting (IEC 61672-1): four zeros at 0, poles at 20.6 Hz and 12194 Hz (double), 107.7 Hz and
 * 737.9 Hz; 0 dB at 1 kHz. The bilinear transform makes it fall early above about 8 kHz.
 */
export function aWeighting(rateHz: number): Coefficients[] {
  const [w1, w2, w3, w4] = [20.598997, 107.65265, 737.86223, 12194.217].map(
    (hz) => 2 * Math.PI * hz,
  ) as [number, number, number, number];
  const chain = [
    bilinear([1, 0, 0], [1, 2 * w1, w1 * w1], rateHz),
    bilinear([1, 0, 0], [1, w2 + w3, w2 * w3], rateHz),
    bilinear([0, 0, w4 * w4], [1, 2 * w4, w4 * w4], rateHz),
  ];
  const [first, ...rest] = chain as [Coefficients, Coefficients, Coefficients];
  const scale = 1 / gainAt(chain, 1000, rateHz);
  return [{ ...first, b: [first.b[0] * scale, first.b[1] * scale, first.b[2] * scale] }, ...rest];
}

/**
 * K weighting (ITU-R BS.1770): a shelf of +4 dB above 1.7 kHz, then a high pass at 38 Hz. The
 * standard gives coefficients for 48 kHz only; the analogue values are those they come from.
 */
export function kWeighting(rateHz: number): Coefficients[] {
  const shelfW = 2 * rateHz * Math.tan((Math.PI * 1681.974450955533) / rateHz);
  const shelfQ = 0.7071752369554196;
  const high = 10 ** (3.999843853973347 / 20);
  const middle = high ** 0.4996667741545416;
  const passW = 2 * rateHz * Math.tan((Math.PI * 38.13547087602444) / rateHz);
  const passQ = 0.5003270373238773;
  return [
    bilinear(
      [high, (middle * shelfW) / shelfQ, shelfW * shelfW],
      [1, shelfW / shelfQ, shelfW * shelfW],
      rateHz,
    ),
    bilinear([1, 0, 0], [1, passW / passQ, passW * passW], rateHz),
  ];
}
