"""The one place that knows every class: what Django needs, what a job needs, what a task needs."""

import logging
from collections.abc import Collection
from contextlib import suppress
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
_voices = chains.voices(env, async_redis)


def forget() -> None:
    """Engines are chosen and built anew, by the settings as they are then."""
    _translators.forget()
    _voices.forget()
    for cached in (
        engine_choice, condenser, recogniser, _wished_recogniser, recognises, unserved, is_able,
    ):  # fmt: skip
        cached.cache_clear()


def translator() -> Translator:
    """By the install's chain. Raises `EngineMissing` where none of it can be built."""
    return _translators.of(engine_choice().chain(Slot.TRANSLATION, ANY))


def translator_for(plan: Plan) -> Translator:
    """As the plan wishes; its languages may have one each. Raises `EngineMissing` where none has
    one."""
    chosen = {}
    if plan.engines:
        for channel in plan.channels:
            with suppress(EngineMissing):  # the others have theirs
                chosen[channel.language] = _translator(channel.language, plan.engines)
    return by_target(chosen) if chosen else translator()


def synthesiser() -> Synthesiser:
    """By the install's chain. Raises `EngineMissing` where none of it can be built."""
    return _voices.of(engine_choice().chain(Slot.SPEECH, ANY))


def synthesiser_for(language: str, wishes: Wishes) -> Synthesiser:
    """From any thread, as all that obeys wishes."""
    if wishes:
        try:
            return _voices.of(choice(wishes).chain(Slot.SPEECH, language))
        except EngineMissing as error:
            _tell_unmet(Slot.SPEECH, str(error))
    return synthesiser()


def _translator(target: str, wishes: Wishes) -> Translator:
    if wishes:
        try:
            return _translators.of(choice(wishes).chain(Slot.TRANSLATION, target))
        except EngineMissing as error:
            _tell_unmet(Slot.TRANSLATION, str(error))
    return translator()


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


def warm_up_recogniser(language: str) -> None:
    """Builds it where that costs little."""
    if chains.stands_ready(engine_choice().chain(Slot.RECOGNITION, language), language, env()):
        recogniser(language)


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
        voice_activity=partial(
            chains.voice_activity, engine_choice().chain(Slot.VOICE_ACTIVITY, ANY)
        ),
        synthesiser=synthesiser_for,
        close_voices_but=close_voices_but,
        condenser=condenser,
        identifier=language_identifier if env().identification_engine else None,
    )


@lru_cache(maxsize=10_000)
def recognises(language: str, wishes: Wishes = ()) -> bool:
    """Whether what is said in a language becomes text; by the install's engines where a wish
    cannot be met."""
    for chosen in (choice(wishes), engine_choice()):
        with suppress(EngineMissing):
            return bool(chains.hearing(chosen.chain(Slot.RECOGNITION, language), language, env()))
    return False


def supports(source: str, target: str, wishes: Wishes = ()) -> bool:
    """Whether a floor in `source` can be heard in `target`."""
    return unserved(source, target, wishes) is None


@lru_cache(maxsize=10_000)
def unserved(source: str, target: str, wishes: Wishes) -> Slot | None:
    """The first slot in which no engine serves a floor in `source` that is heard in `target`; one
    in which none can be built serves nobody."""
    slot = Slot.RECOGNITION
    try:
        if not recognises(source, wishes):
            return slot
        slot = Slot.TRANSLATION
        if not _translator(target, wishes).supports(source, target):
            return slot
        slot = Slot.SPEECH
        if target not in synthesiser_for(target, wishes).abilities.languages:
            return slot
    except EngineMissing:  # told when it was to be built
        return slot
    return None


@lru_cache(maxsize=10_000)
def is_able(slot: Slot, name: str, source: str, target: str) -> bool:
    """Does one engine do its part where a floor in `source` is heard in `target`?"""
    try:
        match slot:
            case Slot.RECOGNITION:
                return source in chains.heard_by(name, env())
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

    def why_no_detection(self) -> str:
        return chains.why_no_detection(env())


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
