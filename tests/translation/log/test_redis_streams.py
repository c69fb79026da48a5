"""The log in Redis, against a real one. Jobs and Django share it."""

import asyncio
from contextlib import aclosing

import pytest
import redis
import redis.asyncio

from tests.servers import free_port
from tests.translation.entries import plan, segment, spoken, translation
from translation.errors import LogUnreachable, NotOwner
from translation.jobs.lease import Lease
from translation.log.redis_streams import BlockingRedisLog, RedisDrafts, RedisLog, key, lease_key
from translation.ports import Ownership
from translation.values import Draft, Entry, FloorActivity

pytestmark = pytest.mark.redis

Client = redis.asyncio.Redis


@pytest.fixture
def log(jobs_redis: Client, session_id: str) -> RedisLog:
    return RedisLog(jobs_redis, session_id)


@pytest.fixture
def django_log(django_redis: redis.Redis, session_id: str) -> BlockingRedisLog:
    return BlockingRedisLog(django_redis, session_id)


async def test_log_keeps_what_is_written_in_order(log: RedisLog) -> None:
    entries: list[Entry] = [
        plan("es"),
        segment(1),
        translation(1),
        spoken(1),
        FloorActivity(False, 2.0),
    ]

    assert [await log.append(entry) for entry in entries] == [True] * 5

    logged = await log.read()
    assert [each.entry for each in logged] == entries
    assert await log.read(after=logged[1].position, limit=2) == logged[2:4]
    assert await log.read(after=logged[-1].position) == []


async def test_log_writes_an_entry_once_however_many_write_it(log: RedisLog) -> None:
    await log.append(plan("es"))
    added = await asyncio.gather(*(log.append(segment(1, f"version {n}")) for n in range(8)))

    assert sorted(added) == [False] * 7 + [True]
    (_, logged) = await log.read()
    assert await log.segment(1) == logged.entry


async def test_log_is_the_same_for_django(log: RedisLog, django_log: BlockingRedisLog) -> None:
    assert django_log.append(plan("es"))
    assert await log.append(segment(1, "héllo “you”"))
    assert not django_log.append(segment(1, "another"))

    logged = await log.read()
    assert [each.entry for each in logged] == [plan("es"), segment(1, "héllo “you”")]
    assert django_log.read() == logged
    assert django_log.read(after=logged[0].position) == logged[1:]
    assert await log.plan() == django_log.plan() == plan("es")


def test_log_gives_its_newest_entries_oldest_first(django_log: BlockingRedisLog) -> None:
    django_log.append(plan("es"))
    for number in range(1, 6):
        django_log.append(segment(number))

    assert [each.entry for each in django_log.read_last(2)] == [segment(4), segment(5)]


async def test_log_is_followed_from_a_position_on_and_into_the_future(log: RedisLog) -> None:
    for entry in (plan("es"), segment(1), segment(2)):
        await log.append(entry)
    first = (await log.read())[1].position

    async with aclosing(log.follow(after=first)) as entries:
        assert (await anext(entries)).entry == segment(2)
        coming = asyncio.ensure_future(anext(entries))
        await log.append(segment(3))
        assert (await coming).entry == segment(3)


async def test_log_does_not_know_what_was_never_written(log: RedisLog) -> None:
    assert (await log.segment(1), await log.plan(), await log.read()) == (None, None, [])


async def owner(client: Client, session_id: str) -> Ownership:
    """The owner of the session's floor, taken over from whoever has it."""
    lease = await Lease.acquire(client, f"{session_id}/floor", holder="a", ttl_s=30)
    assert lease is not None
    await lease.leave()
    return lease.ownership


async def test_log_refuses_an_owner_whose_job_was_taken_over(
    log: RedisLog, jobs_redis: Client, session_id: str
) -> None:
    await log.append(plan("es"))
    first = await owner(jobs_redis, session_id)
    assert await log.append(segment(1), owner=first)
    second = await owner(jobs_redis, session_id)

    with pytest.raises(NotOwner, match="is not the owner of its job any more"):
        await log.append(segment(2), owner=first)

    assert await log.append(segment(2, "by the successor"), owner=second)
    assert [each.entry for each in await log.read()] == [
        plan("es"),
        segment(1),
        segment(2, "by the successor"),
    ]


async def test_log_refuses_an_owner_whose_number_only_begins_like_the_new_owners(
    log: RedisLog, jobs_redis: Client, session_id: str
) -> None:
    first, *_, twelfth = [await owner(jobs_redis, session_id) for _ in range(12)]
    assert (first.fence, twelfth.fence) == (1, 12)

    with pytest.raises(NotOwner):
        await log.append(segment(1), owner=first)


async def test_log_takes_what_its_last_owner_did_until_somebody_else_goes_on(
    log: RedisLog, jobs_redis: Client, session_id: str
) -> None:
    """As after a Redis that stood still for longer than a lease: what was done meanwhile counts."""
    await log.append(plan("es"))
    late = await owner(jobs_redis, session_id)
    await jobs_redis.delete(lease_key(late.job))
    assert await log.append(segment(1), owner=late)

    await owner(jobs_redis, session_id)
    await jobs_redis.delete(lease_key(late.job))

    with pytest.raises(NotOwner):
        await log.append(segment(2), owner=late)


async def test_log_refuses_an_owner_of_whom_nothing_is_known(
    log: RedisLog, session_id: str
) -> None:
    with pytest.raises(NotOwner):
        await log.append(segment(1), owner=Ownership(f"{session_id}/floor", 1))


async def test_log_is_gone_when_it_is_deleted(
    log: RedisLog, django_log: BlockingRedisLog, session_id: str
) -> None:
    await log.append(plan("es"))
    await log.append(segment(1))

    django_log.delete()

    assert (await log.read(), await log.plan(), await log.segment(1)) == ([], None, None)


async def test_what_is_still_said_of_a_deleted_session_is_kept_nowhere(
    log: RedisLog, django_log: BlockingRedisLog, jobs_redis: Client, session_id: str
) -> None:
    await log.append(plan("es"))
    speaker = await owner(jobs_redis, session_id)
    django_log.delete()

    assert not await log.append(segment(1), owner=speaker)
    assert not await log.append(translation(1))

    kept = [await jobs_redis.exists(key(session_id, name)) for name in ("log", "once", "plan")]
    assert kept == [0, 0, 0]
    assert [await log.append(plan("es")), await log.append(segment(1))] == [True, True]


async def test_log_is_kept_for_a_week_after_its_last_entry(
    log: RedisLog, jobs_redis: Client, session_id: str
) -> None:
    await log.append(plan("es"))
    await log.append(segment(1))

    lives_s = [await jobs_redis.ttl(key(session_id, name)) for name in ("log", "once", "plan")]

    assert all(7 * 86_400 - 60 < life_s <= 7 * 86_400 for life_s in lives_s)


async def test_drafts_reach_whoever_hears_and_are_not_kept(
    jobs_redis: Client, log: RedisLog, session_id: str
) -> None:
    drafts = RedisDrafts(jobs_redis, session_id)
    async with aclosing(drafts.hear()) as hearer:
        coming = asyncio.ensure_future(anext(hearer))
        probe = b'{"segment_id":0,"language":"","text":""}'
        while not await jobs_redis.publish(key(session_id, "drafts"), probe):  # noqa: ASYNC110
            await asyncio.sleep(0.01)  # only a message tells who is subscribed

        await drafts.say(Draft(1, "es", "¿qué?"))

        assert await coming == Draft(0, "", "")
        assert await anext(hearer) == Draft(1, "es", "¿qué?")
    assert await log.read() == []


async def test_a_redis_that_does_not_answer_is_named_and_worth_another_try() -> None:
    address = f"redis://127.0.0.1:{free_port()}/0"
    async with redis.asyncio.Redis.from_url(address) as client:
        with pytest.raises(LogUnreachable, match="is REDIS_URL right") as unreachable:
            await RedisLog(client, "s1").append(segment(1))
    with (
        redis.Redis.from_url(address) as blocking,
        pytest.raises(LogUnreachable, match="is it running"),
    ):
        BlockingRedisLog(blocking, "s1").read()

    assert unreachable.value.retryable
