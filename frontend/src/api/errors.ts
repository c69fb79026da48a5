/** The service said no, or could not be reached (`status` 0, code "unreachable"). */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    /** What the message speaks of, by name. */
    readonly values: Record<string, string> = {},
    /** How long the service asks to wait before the next try; null: it did not say. */
    readonly retryAfterS: number | null = null,
  ) {
    super(message);
    this.name = "ApiError";
  }
}

/** The code of an error, whatever was thrown. */
export function codeOf(error: unknown): string {
  return error instanceof ApiError ? error.code : "unreachable";
}
