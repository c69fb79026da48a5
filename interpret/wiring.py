"""The one place that knows every class: what Django needs, what a job needs, what a task needs."""

import logging
from collections.abc import Collection
from datetime import timedelta
from functools import cache, lru_cache, partial
from threading import RLock

import redis
import redis.asyncio

from interpret import chains
from interpret.env import env
from interpret.placer import Placer
from rooms.live.chat import RedisChat
from rooms.live.groups import LayerConsoles
from rooms.media import MediaServer
from rooms.parts import Parts, Streams
from translation.choice import ANY, Chain, EngineChoice, Slot, Wishes
from translation.engines import registry
from translation.engines.by_target import by_target
from translation.engines.fallback_speech import close
from translation.errors import EngineMissing
from translation.jobs.engines import Engines
from translation.log.presence import Attention, VitalsFollower, VitalsReader
from translation.log.redis_client import TIMEOUT_S, redis_client
from translation.log.redis_streams import BlockingRedisLog, RedisDrafts, RedisLog
from translation.ports import Condenser, LanguageIdentifier, Recogniser, Synthesiser, Translator
from translation.values import Plan

log = logging.getLogger(__name__)


@cache
def blocking_redis() -> "redis.Redis":
    return redis.Redis.from_url(
        env().redis_url, socket_timeout=TIMEOUT_S, socket_connect_timeout=TIMEOUT_S
    )


def async_redis(*, patient: bool = False) -> "redis.asyncio.Redis":
    return redis_client(env().redis_url, patient=patient)


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


def choice(wishes: Wishes) -> EngineChoice:
    """What holds for a session: its plan's wishes over the install's."""
    return EngineChoice.of(wishes).over(engine_choice()) if wishes else engine_choice()


_loading = RLock()
_translators = chains.translators(env, async_redis)
_voices = chains.voices(env)


@cache
def translator() -> Translator:
    """By the install's chain; begins all of them anew."""
    _translators.forget()
    return _translators.of(engine_choice().chain(Slot.TRANSLATION, ANY))


def translator_for(plan: Plan) -> Translator:
    """As the plan wishes; its languages may have one each."""
    if not plan.engines:
        return translator()
    chosen = choice(plan.engines)
    return by_target(
        {
            channel.language: _translator(chosen.chain(Slot.TRANSLATION, channel.language))
            for channel in plan.channels
        },
        translator(),
    )


@cache
def synthesiser() -> Synthesiser:
    """By the install's chain; begins all of them anew."""
    _voices.forget()
    return _voices.of(engine_choice().chain(Slot.SPEECH, ANY))


def synthesiser_for(language: str, wishes: Wishes) -> Synthesiser:
    """From any thread, as all that obeys wishes."""
    with _loading:
        install = synthesiser()
    if not wishes:
        return install
    try:
        return _voices.of(choice(wishes).chain(Slot.SPEECH, language))
    except EngineMissing as error:
        _tell_unmet(Slot.SPEECH, str(error))
        return install


def _translator(names: Chain) -> Translator:
    with _loading:
        install = translator()
    try:
        return _translators.of(names)
    except EngineMissing as error:
        _tell_unmet(Slot.TRANSLATION, str(error))
        return install


@lru_cache(maxsize=100)
def _tell_unmet(slot: Slot, why: str) -> None:
    """Once: every sentence asks again."""
    log.warning("a wish for %s cannot be met, the install's engines serve: %s", slot.value, why)


@cache
def condenser() -> Condenser | None:
    return chains.condenser(env(), async_redis)


@cache
def recogniser(language: str) -> Recogniser | None:
    return _recogniser(engine_choice().chain(Slot.RECOGNITION, language), language)


def recogniser_for(language: str, wishes: Wishes) -> Recogniser | None:
    wished = choice(wishes).chain(Slot.RECOGNITION, language)
    if wished == engine_choice().chain(Slot.RECOGNITION, language):
        return recogniser(language)
    with _loading:
        try:
            return _wished_recogniser(wished, language)
        except EngineMissing as error:
            _tell_unmet(Slot.RECOGNITION, str(error))
            return recogniser(language)


@cache
def _wished_recogniser(names: Chain, language: str) -> Recogniser | None:
    return _recogniser(names, language)


def _recogniser(names: Chain, language: str) -> Recogniser | None:
    return chains.recogniser(names, language, env())


@cache
def language_identifier() -> LanguageIdentifier:
    return chains.language_identifier(env())


async def close_voices() -> None:
    """On the loop that used them."""
    for engine in _voices.all:
        await close(engine)
    if condenser.cache_info().currsize:
        await close(condenser())


async def close_voices_but(used: Collection[Synthesiser]) -> None:
    """Those that are in none of these chains let go of what they hold; used again, they begin
    anew."""
    for engine in _voices.idle(used):
        await close(engine)


async def close_translators() -> None:
    """On the loop that used them."""
    for engine in _translators.all:
        await engine.aclose()


def engines() -> Engines:
    return Engines(
        recogniser=recogniser_for,
        voice_activity=partial(registry.voice_activity, env().voice_activity_engine),
        synthesiser=synthesiser_for,
        close_voices_but=close_voices_but,
        condenser=condenser,
        identifier=language_identifier if env().identification_engine else None,
    )


def recognises(language: str, wishes: Wishes = ()) -> bool:
    """Whether what is said in a language becomes text."""
    names = choice(wishes).chain(Slot.RECOGNITION, language)
    return language in registry.recognises(",".join(names))


def supports(source: str, target: str, wishes: Wishes = ()) -> bool:
    """Whether a floor in `source` can be heard in `target`."""
    return unserved(source, target, wishes) is None


@lru_cache(maxsize=10_000)
def unserved(source: str, target: str, wishes: Wishes) -> Slot | None:
    """The first slot in which no engine serves a floor in `source` that is heard in `target`."""
    chosen = choice(wishes)
    if not recognises(source, wishes):
        return Slot.RECOGNITION
    if not _translator(chosen.chain(Slot.TRANSLATION, target)).supports(source, target):
        return Slot.TRANSLATION
    if target not in synthesiser_for(target, wishes).abilities.languages:
        return Slot.SPEECH
    return None


@lru_cache(maxsize=10_000)
def is_able(slot: Slot, name: str, source: str, target: str) -> bool:
    """Does one engine do its part where a floor in `source` is heard in `target`?"""
    try:
        match slot:
            case Slot.RECOGNITION:
                return source in registry.recognises(name)
            case Slot.TRANSLATION:
                return _translators.of((name,)).supports(source, target)
            case _:
                return target in _voices.of((name,)).abilities.languages
    except EngineMissing:
        return False


class EnginesHere:
    """`rooms.parts.Engines`."""

    @property
    def install(self) -> EngineChoice:
        return engine_choice()

    def unserved(self, source: str, target: str, wishes: Wishes) -> Slot | None:
        return unserved(source, target, wishes)

    def is_able(self, slot: Slot, name: str, source: str, target: str) -> bool:
        return is_able(slot, name, source, target)

    def why_not(self, slot: Slot, name: str) -> str:
        return chains.why_not(slot, name, env(), async_redis)


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
        jobs=Placer(client),
        engines=EnginesHere(),
        consoles=LayerConsoles(),
        streams=lambda: streams(async_redis()),
    )
