"""Who owns a job, against a real Redis."""

import asyncio
import time
from pathlib import Path

import pytest
import redis
import redis.asyncio

from tests.servers import redis_server
from translation.errors import NotOwner
from translation.flow import cancel_and_wait
from translation.jobs.lease import DONE, Lease, free, missing, missing_now, reserve
from translation.log.redis_streams import lease_key
from translation.ports import Ownership

pytestmark = pytest.mark.redis

Client = redis.asyncio.Redis


@pytest.fixture
def job(session_id: str) -> str:
    return f"{session_id}/channel/es"


async def acquire(client: Client, job: str, holder: str = "a", *, ttl_s: float = 30.0) -> Lease:
    lease = await Lease.acquire(client, job, holder=holder, ttl_s=ttl_s)
    assert lease is not None, "somebody else holds the lease"
    return lease


async def expired(client: Client, job: str) -> None:
    """Waits until Redis has forgotten the lease."""
    while await client.exists(lease_key(job)):  # noqa: ASYNC110 - Redis tells nobody
        await asyncio.sleep(0.01)


def no_note() -> str:
    return ""


async def test_a_lease_has_one_holder(jobs_redis: Client, job: str) -> None:
    lease = await acquire(jobs_redis, job, "a")

    assert await Lease.acquire(jobs_redis, job, holder="b", ttl_s=30) is None
    assert lease.valid()


async def test_of_many_who_ask_at_once_one_gets_the_lease(jobs_redis: Client, job: str) -> None:
    leases = await asyncio.gather(
        *(Lease.acquire(jobs_redis, job, holder=str(n), ttl_s=30) for n in range(10))
    )

    assert len([lease for lease in leases if lease is not None]) == 1


async def test_every_owner_has_a_higher_fence_than_the_one_before(
    jobs_redis: Client, job: str
) -> None:
    fences = []
    for holder in "abc":
        lease = await acquire(jobs_redis, job, holder)
        fences.append(lease.ownership.fence)
        await lease.release("")

    assert fences == [1, 2, 3]


async def test_a_lease_that_is_kept_outlives_its_life(jobs_redis: Client, job: str) -> None:
    lease = await acquire(jobs_redis, job, ttl_s=1.0)
    keeping = asyncio.create_task(lease.keep(no_note))

    began = time.monotonic()
    while time.monotonic() - began < 1.3:
        assert lease.valid()
        assert await Lease.acquire(jobs_redis, job, holder="b", ttl_s=30) is None
        await asyncio.sleep(0.05)

    await cancel_and_wait(keeping)


async def test_an_owner_falls_silent_before_its_lease_is_free(jobs_redis: Client, job: str) -> None:
    lease = await acquire(jobs_redis, job, ttl_s=0.3)

    while lease.valid():  # noqa: ASYNC110 - only time changes it
        await asyncio.sleep(0.001)

    assert await jobs_redis.pttl(lease_key(job)) > 0
    await expired(jobs_redis, job)
    assert (await acquire(jobs_redis, job, "b")).ownership.fence == 2


async def test_an_owner_who_slept_too_long_finds_that_it_is_not_the_owner(
    jobs_redis: Client, job: str
) -> None:
    lease = await acquire(jobs_redis, job, ttl_s=0.2)
    await expired(jobs_redis, job)
    await acquire(jobs_redis, job, "b")

    with pytest.raises(NotOwner, match="was taken over"):
        await lease.keep(no_note)
    assert not lease.valid()


async def test_an_owner_who_slept_goes_on_where_nobody_took_its_place(
    jobs_redis: Client, job: str
) -> None:
    lease = await acquire(jobs_redis, job, ttl_s=1.0)
    await expired(jobs_redis, job)
    assert not lease.valid()

    keeping = asyncio.create_task(lease.keep(no_note))
    while not lease.valid():
        assert not keeping.done()
        await asyncio.sleep(0.01)

    assert await Lease.acquire(jobs_redis, job, holder="b", ttl_s=30) is None
    await cancel_and_wait(keeping)


async def test_the_last_note_of_an_owner_whose_lease_ran_out_is_read(
    jobs_redis: Client, job: str
) -> None:
    lease = await acquire(jobs_redis, job, ttl_s=0.2)
    await expired(jobs_redis, job)
    await lease.release("[17, 0.4]")

    assert (await acquire(jobs_redis, job, "b")).predecessors_note == "[17, 0.4]"


async def test_a_successor_takes_over_from_an_owner_that_leaves(
    jobs_redis: Client, job: str
) -> None:
    first = await acquire(jobs_redis, job, "a")
    fence = await reserve(jobs_redis, job)
    assert await Lease.take(jobs_redis, job, fence=fence, holder="b", ttl_s=30) is None

    await first.leave()
    second = await Lease.take(jobs_redis, job, fence=fence, holder="b", ttl_s=30)

    assert second is not None
    assert (first.handed_over, second.handed_over) == (False, True)
    assert second.ownership == Ownership(job, 2)
    assert await Lease.acquire(jobs_redis, job, holder="c", ttl_s=30) is None


async def test_an_owner_that_left_is_not_taken_for_its_successor(
    jobs_redis: Client, job: str
) -> None:
    """The mark of leaving names its owner: one that comes too late takes nothing over."""
    first = await acquire(jobs_redis, job, "a")
    await first.release("")
    await acquire(jobs_redis, job, "b")

    await first.leave()

    assert await Lease.acquire(jobs_redis, job, holder="c", ttl_s=30) is None


async def test_a_number_that_was_overtaken_is_of_no_use(jobs_redis: Client, job: str) -> None:
    early, late = await reserve(jobs_redis, job), await reserve(jobs_redis, job)
    lease = await Lease.take(jobs_redis, job, fence=late, holder="b", ttl_s=30)
    assert lease is not None
    await lease.release("[17, 0.4]")

    assert await Lease.take(jobs_redis, job, fence=early, holder="a", ttl_s=30) is None

    assert (await acquire(jobs_redis, job, "c")).predecessors_note == "[17, 0.4]"


async def test_an_owner_who_was_followed_neither_renews_nor_releases(
    jobs_redis: Client, job: str
) -> None:
    first = await acquire(jobs_redis, job, "a", ttl_s=0.2)
    await first.leave()
    await acquire(jobs_redis, job, "b")

    with pytest.raises(NotOwner, match="was taken over"):
        await first.keep(no_note)
    await first.release("from the past")

    assert await jobs_redis.get(lease_key(job)) == b"2:b"
    assert await jobs_redis.get(f"{lease_key(job)}:note") is None


async def test_the_same_holder_may_own_the_job_again_only_after_its_end(
    jobs_redis: Client, job: str
) -> None:
    """A task that was delivered twice does not speak twice."""
    await acquire(jobs_redis, job, "a")

    assert await Lease.acquire(jobs_redis, job, holder="a", ttl_s=30) is None


async def test_a_successor_reads_the_last_note_once(jobs_redis: Client, job: str) -> None:
    first = await acquire(jobs_redis, job)
    assert first.predecessors_note == ""
    await first.release("[17, 0.4]")

    second = await acquire(jobs_redis, job)
    await jobs_redis.delete(lease_key(job))
    third = await acquire(jobs_redis, job)

    assert (second.predecessors_note, third.predecessors_note) == ("[17, 0.4]", "")


async def test_a_note_is_left_with_every_renewal(jobs_redis: Client, job: str) -> None:
    lease = await acquire(jobs_redis, job, ttl_s=0.2)
    keeping = asyncio.create_task(lease.keep(lambda: "[17, 0.4]"))
    while not await jobs_redis.exists(f"{lease_key(job)}:note"):  # noqa: ASYNC110 - as above
        await asyncio.sleep(0.01)

    await cancel_and_wait(keeping)
    await expired(jobs_redis, job)

    assert (await acquire(jobs_redis, job)).predecessors_note == "[17, 0.4]"


async def test_a_redis_that_is_away_for_a_moment_costs_no_lease(
    jobs_redis: Client, job: str, session_id: str
) -> None:
    lease = await acquire(jobs_redis, job, ttl_s=3.0)
    await jobs_redis.client_pause(1000)  # the first renewal is due in the middle of it

    keeping = asyncio.create_task(lease.keep(no_note))
    await asyncio.wait([keeping], timeout=1.2)

    assert not keeping.done()
    assert lease.valid()
    await cancel_and_wait(keeping)


async def test_a_redis_that_stays_away_ends_the_ownership(job: str, tmp_path: Path) -> None:
    with redis_server(tmp_path) as server:
        client = redis.asyncio.Redis.from_url(server.url)
        lease = await acquire(client, job, ttl_s=0.4)

    with pytest.raises(NotOwner, match="could not be renewed in time"):
        await lease.keep(no_note)

    await client.aclose()


async def test_missing_names_the_jobs_nobody_owns_and_what_their_last_owner_left(
    jobs_redis: Client, django_redis: redis.Redis, session_id: str
) -> None:
    jobs = [f"{session_id}/{name}" for name in ("floor", "channel/es", "channel/fr")]
    await acquire(jobs_redis, jobs[0])
    await (await acquire(jobs_redis, jobs[1])).release(DONE)

    assert missing(django_redis, jobs) == {jobs[1]: DONE, jobs[2]: ""}
    assert await missing_now(jobs_redis, jobs) == missing(django_redis, jobs)
    assert missing(django_redis, []) == {}


async def test_missing_names_a_job_whose_owner_leaves_until_it_has_a_successor(
    jobs_redis: Client, django_redis: redis.Redis, job: str
) -> None:
    lease = await acquire(jobs_redis, job, "a")
    assert missing(django_redis, [job]) == {}

    await lease.leave()
    assert missing(django_redis, [job]) == {job: ""}

    await acquire(jobs_redis, job, "b")
    assert missing(django_redis, [job]) == {}


async def test_a_lease_is_freed_for_the_holder_that_died_and_no_other(
    jobs_redis: Client, django_redis: redis.Redis, job: str
) -> None:
    await acquire(jobs_redis, job, "task-1")

    assert not free(django_redis, job, "task-2")
    assert not free(django_redis, job, "task")
    assert await jobs_redis.exists(lease_key(job))
    assert free(django_redis, job, "task-1")
    assert not free(django_redis, job, "task-1")

    assert (await acquire(jobs_redis, job, "task-2")).ownership.fence == 2
