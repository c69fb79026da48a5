"""Every error as `{"code": ..., "message": ...}`."""

from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from rooms.domain.errors import RoomsError
from rooms.media import BadWebhook

_CODES = {400: "invalid", 401: "sign_in", 403: "csrf", 404: "not_found", 429: "too_many"}
_SENTENCES = {
    400: "The body is no JSON object.",
    401: "Sign in first.",
    403: "The CSRF token is missing or old. Load the page again.",
    404: "There is nothing at this address.",
    429: "Too many requests. Wait a minute.",
}


def handle_errors(api: NinjaAPI) -> None:
    def answer(request: HttpRequest, status: int, code: str, message: str) -> HttpResponse:
        return api.create_response(request, {"code": code, "message": message}, status=status)

    @api.exception_handler(RoomsError)
    def refused(request: HttpRequest, error: RoomsError) -> HttpResponse:
        said = {"code": error.code, "message": error.message}
        values = {"values": error.values} if error.values else {}
        return api.create_response(request, {**said, **values}, status=error.status)

    @api.exception_handler(ValidationError)
    def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
        return answer(request, 422, "invalid", _sentence(error.errors))

    @api.exception_handler(HttpError)
    def http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
        status = 422 if error.status_code == 400 else error.status_code
        code = _CODES.get(error.status_code, "invalid")
        return answer(request, status, code, _SENTENCES.get(error.status_code, str(error)))

    @api.exception_handler(Http404)
    def missing(request: HttpRequest, error: Http404) -> HttpResponse:
        return answer(request, 404, "not_found", _SENTENCES[404])

    @api.exception_handler(RequestDataTooBig)
    @api.exception_handler(TooManyFieldsSent)
    def too_big(request: HttpRequest, error: Exception) -> HttpResponse:
        return answer(request, 413, "too_large", "The body is too large.")

    @api.exception_handler(UnreadablePostError)
    def broken_off(request: HttpRequest, error: UnreadablePostError) -> HttpResponse:
        return answer(request, 422, "invalid", "The body broke off.")

    @api.exception_handler(RecursionError)
    def too_deep(request: HttpRequest, error: RecursionError) -> HttpResponse:
        return answer(request, 422, "invalid", "The body is nested too deeply.")

    @api.exception_handler(BadWebhook)
    def unsigned(request: HttpRequest, error: BadWebhook) -> HttpResponse:
        return answer(request, 401, "bad_signature", str(error))


def _sentence(errors: list[dict[str, Any]]) -> str:
    """The first thing wrong, by its field's name; never the value, which may be personal."""
    first = errors[0]
    place = [str(part) for part in first.get("loc", ()) if part not in ("body", "query", "path")]
    field = ".".join(place[1:] if len(place) > 1 and place[0] in ("body", "payload") else place)
    reason = str(first.get("msg", "is wrong")).removeprefix("Value error, ")
    return f"{field}: {reason}." if field else f"{reason}."
