import { ApiError } from "./errors";

/**
 * Asks an address that the generated schema does not have yet; the caller says the answer's type.
 * Throws `ApiError`, also when there is no answer.
 */
export async function ask<T>(method: string, path: string, body?: unknown): Promise<T> {
  const token = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1];
  const headers = new Headers();
  if (body !== undefined) headers.set("Content-Type", "application/json");
  if (token && method !== "GET") headers.set("X-CSRFToken", token);
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch {
    throw new ApiError(0, "unreachable", "The service could not be reached.");
  }
  const text = await response.text();
  const answer = (text.startsWith("{") || text.startsWith("[") ? JSON.parse(text) : {}) as object;
  if (response.ok) return answer as T;
  const { code, message } = { code: "", message: "", ...answer };
  throw new ApiError(response.status, code || "failed", message);
}
