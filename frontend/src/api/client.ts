import createClient, { type Middleware } from "openapi-fetch";
import { ApiError } from "./errors";
import type { paths } from "./schema";

/** Django takes a signed-in person's change only with the token that its cookie holds. */
const csrf: Middleware = {
  onRequest({ request }) {
    const token = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1];
    if (token && request.method !== "GET") request.headers.set("X-CSRFToken", token);
    return request;
  },
};

export const client = createClient<paths>({
  baseUrl: typeof location === "undefined" ? "" : location.origin,
});
client.use(csrf);

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** What the service answered. Throws `ApiError`, also when there is no answer. */
export async function answered<T>(call: Promise<Answer<T>>): Promise<T> {
  let answer: Answer<T>;
  try {
    answer = await call;
  } catch {
    throw new ApiError(0, "unreachable", "The service could not be reached.");
  }
  if (answer.response.ok) return answer.data as T;
  const said = { code: "", message: "", values: {}, ...(answer.error as object) };
  const { status, headers } = answer.response;
  const code = said.code || (status === 429 ? "too_many" : "failed");
  throw new ApiError(status, code, said.message, said.values, secondsOf(headers));
}

/** A `Retry-After` that names a moment instead is taken for none. */
function secondsOf(headers: Headers): number | null {
  const said = headers.get("Retry-After") ?? "";
  return /^\d+$/.test(said) ? Number(said) : null;
}
