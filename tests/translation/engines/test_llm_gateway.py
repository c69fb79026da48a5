"""The real LiteLLM gateway between us and the imitation of a provider."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio

from tests.servers import ROOT, free_port, require
from tests.vendors.openai_chat import MODEL, Imitation, openai_chat
from tests.vendors.openai_server import KEY
from translation.engines.llm import LLM
from translation.errors import EngineBroken, EngineBusy
from translation.ports import Rendering

pytestmark = [pytest.mark.programs, pytest.mark.slow]

CONFIG = """
model_list:
  - model_name: interpreter
    litellm_params: {{model: openai/{model}, api_base: "{url}", api_key: "{key}"}}
litellm_settings: {{num_retries: 0}}
general_settings: {{master_key: sk-gateway}}
"""


@pytest_asyncio.fixture
async def provider() -> AsyncIterator[Imitation]:
    async with openai_chat() as imitation:
        yield imitation


@pytest_asyncio.fixture
async def gateway(provider: Imitation, tmp_path: Path) -> AsyncIterator[str]:
    here = ROOT / "build/litellm/bin/litellm"
    program = require(here if here.exists() else shutil.which("litellm"), "LiteLLM's gateway")
    config, port = tmp_path / "config.yaml", free_port()
    config.write_text(CONFIG.format(model=MODEL, url=provider.url, key=KEY))
    process = await asyncio.create_subprocess_exec(
        program, "--config", str(config), "--host", "127.0.0.1", "--port", str(port),
        env={  # not ours: it would take our DATABASE_URL for its own
            "PATH": os.environ["PATH"], "HOME": str(tmp_path),
            "LITELLM_LOCAL_MODEL_COST_MAP": "True",
        },
        cwd=tmp_path, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    url = f"http://127.0.0.1:{port}"
    try:
        async with asyncio.timeout(120), aiohttp.ClientSession() as http:
            while not await _answers(http, f"{url}/health/liveliness"):
                assert process.returncode is None, "the gateway ended as it started"
                await asyncio.sleep(0.5)
        yield f"{url}/v1"
    finally:
        if process.returncode is None:
            process.terminate()
            await process.wait()


async def _answers(http: aiohttp.ClientSession, url: str) -> bool:
    try:
        async with http.get(url) as response:
            return response.status == 200
    except aiohttp.ClientError:
        return False


async def test_a_sentence_passes_the_gateway_and_what_goes_wrong_behind_it_does_too(
    gateway: str, provider: Imitation
) -> None:
    engine = LLM(model="interpreter", url=gateway, key="sk-gateway", timeout_s=30, idle_s=30)

    async def said() -> Rendering | Exception:
        return (await engine.translate("we saw it", source="en", targets=["es"]))["es"]

    made = await said()
    failed: dict[str, type] = {}
    for failure in ("cut", "closed", "down", "busy"):
        provider.failures.append(failure)
        failed[failure] = type(await said())
    await engine.aclose()

    assert made == Rendering("Spanish<we saw it>", "LLM interpreter")
    assert failed == {
        "cut": EngineBroken, "closed": EngineBroken, "down": EngineBroken, "busy": EngineBusy,
    }  # fmt: skip
