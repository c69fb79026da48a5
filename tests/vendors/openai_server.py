"""What imitations of OpenAI-compatible servers share: serving, and the shape of their errors."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from aiohttp import web

KEY = "key-of-the-imitation"


@asynccontextmanager
async def serving(
    path: str, answer: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> AsyncIterator[str]:
    """On a free port of this machine; its address up to `/v1`."""
    app = web.Application()
    app.router.add_post(f"/v1{path}", answer)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/v1"
    finally:
        await runner.cleanup()


def refusal(
    request: web.Request, *, model: bool, failure: str, retry_after: str = "7"
) -> web.Response | None:
    """What any of them refuses. `model`: does it know the one that was asked for?"""
    if request.headers.get("Authorization") != f"Bearer {KEY}" or failure == "key":
        return error(401, "Incorrect API key provided", "invalid_api_key")
    if not model or failure == "model":
        return error(404, "The model does not exist", "model_not_found")
    if failure == "busy":
        headers = {"Retry-After": retry_after}
        return error(429, "Rate limit reached", "rate_limit_exceeded", headers)
    if failure == "down":
        return error(503, "The engine is overloaded", "server_error")
    return None


def error(
    status: int, message: str, code: str, headers: dict[str, str] | None = None
) -> web.Response:
    told = {"message": message, "type": "error", "param": None, "code": code}
    return web.json_response({"error": told}, status=status, headers=headers)
