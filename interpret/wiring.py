"""The one place that knows every class: what Django needs, what a job needs, what a task needs."""

from datetime import timedelta
from functools import cache, partial

import redis
import redis.asyncio

from interpret import chains
from interpret.env import env
from interpret.placer import Placer
from rooms.live.chat import RedisChat
from rooms.live.groups import LayerConsoles
from rooms.media import MediaServer
from rooms.parts import Parts, Streams
from translation.engines import registry
from translation.choice import EngineChoice, Slot
from translation.engines.fallback_speech import close
from translation.jobs.engines import Engines
from translation.log.presence import Attention, VitalsFollower, VitalsReader
from translation.log.redis_client import TIMEOUT_S, redis_client
from translation.log.redis_streams import BlockingRedisLog, RedisDrafts, RedisLog
from translation.ports import Condenser, LanguageIdentifier, Recogniser, Synthesiser, Translator


@cache
def blocking_redis() -> "redis.Redis":
    return redis.Redis.from_url(
        env().redis_url, socket_timeout=TIMEOUT_S, socket_connect_timeout=TIMEOUT_S
    )


def async_redis() -> "redis.asyncio.Redis":
    return redis_client(env().redis_url)


@cache
def media() -> MediaServer:
    return MediaServer(
        env().livekit_url,
        env().livekit_browser_url,
        env().livekit_api_key,
        env().livekit_api_secret,
        timedelta(minutes=env().listener_token_minutes),
    )


@cache
def engine_choice() -> EngineChoice:
    return chains.choice(env())


@cache
def translator() -> Translator:
    names = engine_choice().chain(Slot.TRANSLATION, chains.ANY)
    return chains.translator(names, env(), async_redis)


@cache
def synthesiser() -> Synthesiser:
    return chains.synthesiser(engine_choice().chain(Slot.SPEECH, chains.ANY), env())


@cache
def condenser() -> Condenser | None:
    return chains.condenser(env(), async_redis)


@cache
def recogniser(language: str) -> Recogniser | None:
    return chains.recogniser(engine_choice().chain(Slot.RECOGNITION, language), language, env())


@cache
def language_identifier() -> LanguageIdentifier:
    return chains.language_identifier(env())


async def close_voices() -> None:
    """On the loop that used them."""
    for engine in (synthesiser, condenser):
        if engine.cache_info().currsize:
            await close(engine())


def engines() -> Engines:
    return Engines(
        recogniser=recogniser,
        voice_activity=partial(registry.voice_activity, env().voice_activity_engine),
        synthesiser=synthesiser,
        condenser=condenser,
        identifier=language_identifier if env().identification_engine else None,
    )


def recognises(language: str) -> bool:
    """Whether what is said in a language becomes text."""
    return language in registry.recognises(env().recognition_engine)


@cache
def supports(source: str, target: str) -> bool:
    """Whether a floor in `source` can be heard in `target`."""
    return (
        recognises(source)
        and translator().supports(source, target)
        and target in synthesiser().abilities.languages
    )


def streams(client: "redis.asyncio.Redis") -> Streams:
    """What consoles follow, by this client, on its event loop."""
    return Streams(
        log=partial(RedisLog, client),
        vitals=partial(VitalsFollower, client),
        drafts=partial(RedisDrafts, client),
        chat=RedisChat(client),
        aclose=client.aclose,
    )


def parts() -> Parts:
    """What `rooms` needs (named by settings.PARTS_FACTORY)."""
    client = blocking_redis()
    return Parts(
        media=media(),
        log=partial(BlockingRedisLog, client),
        attention=Attention(client),
        vitals=VitalsReader(client),
        jobs=Placer(client, supports),
        consoles=LayerConsoles(),
        streams=lambda: streams(async_redis()),
    )
