/** 754 -> "12:34", 4354 -> "1:12:34"; digits as the language writes them. */
export function formatDuration(seconds: number, language: string): string {
  const whole = Math.max(0, Math.floor(seconds));
  const two = new Intl.NumberFormat(language, { minimumIntegerDigits: 2, useGrouping: false });
  const one = new Intl.NumberFormat(language, { useGrouping: false });
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  const parts = [two.format(minutes), two.format(whole % 60)];
  return (hours > 0 ? [one.format(hours), ...parts] : parts).join(":");
}
