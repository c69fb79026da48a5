"""Who works for an organization: chosen by its owners, by address or by a link that works once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.utils import timezone

from rooms.domain.errors import NotNow, RoomsError, Unknown
from rooms.domain.members import change_role, invite_member, join_organization, remove_member
from rooms.models import Member, MemberInvitation, Organization, Role
from tests.rooms.conftest import person, refusal, send

MEMBERS = "/organize/organizations/acme-talks/members"
INVITATIONS = "/organize/organizations/acme-talks/invitations"


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def organizer(organization: Organization) -> Client:
    user = person("organizer")
    Member.objects.create(organization=organization, user=user, role=Role.ORGANIZER)
    return browser(user)


def at_once(*works: Callable[[], str]) -> list[str]:
    def alone(work: Callable[[], str]) -> str:
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(alone, works))


def roles(client: Client) -> dict[str, str]:
    items = send(client, "get", MEMBERS).json()["items"]
    return {item["email"].partition("@")[0]: item["role"] for item in items}


def id_of(name: str) -> int:
    return Member.objects.get(user__username=name).id


def test_people_are_listed_with_their_roles(signed_in: Client, organizer: Client) -> None:
    answer = send(organizer, "get", MEMBERS).json()
    assert [(one["email"], one["role"], one["you"]) for one in answer["items"]] == [
        ("owner@example.org", "owner", False),
        ("organizer@example.org", "organizer", True),
    ]
    assert not answer["yours"]
    assert send(signed_in, "get", MEMBERS).json()["yours"]


def test_somebody_with_an_account_is_added_by_address(
    signed_in: Client, organization: Organization
) -> None:
    person("ada")
    body = {"email": " Ada@Example.org ", "role": "organizer"}
    assert send(signed_in, "post", MEMBERS, body).status_code == 201
    assert roles(signed_in) == {"owner": "owner", "ada": "organizer"}
    assert refusal(send(signed_in, "post", MEMBERS, body)) == (409, "already_member")
    nobody = {"email": "nobody@example.org", "role": "organizer"}
    assert refusal(send(signed_in, "post", MEMBERS, nobody)) == (404, "unknown_person")
    wrong = {"email": "no address", "role": "organizer"}
    assert refusal(send(signed_in, "post", MEMBERS, wrong)) == (422, "invalid")


def test_a_link_brings_one_person_in(signed_in: Client, organization: Organization) -> None:
    body = {"role": "owner", "label": "Bob"}
    made = send(signed_in, "post", INVITATIONS, body).json()
    assert made["url"].startswith("http://testserver/organize/join/")
    listed = send(signed_in, "get", MEMBERS).json()["invitations"]
    assert [(one["id"], one["role"], one["label"]) for one in listed] == [
        (made["id"], "owner", "Bob")
    ]
    bob = browser(person("bob"))
    path = made["url"].removeprefix("http://testserver")

    page = bob.get(path).content.decode()
    assert "Acme Talks" in page
    assert "as owner" in page
    assert roles(signed_in) == {"owner": "owner"}
    assert bob.post(path).headers["Location"] == "/organize"
    assert roles(signed_in) == {"owner": "owner", "bob": "owner"}
    assert browser(person("eve")).get(path).status_code == 401
    assert not MemberInvitation.objects.exists()


def test_who_is_in_already_does_not_use_a_link_up(
    signed_in: Client, organization: Organization
) -> None:
    token = invite_member(organization=organization, role=Role.AUDITOR).token
    answer = signed_in.post(f"/organize/join/{token}")
    assert answer.status_code == 409
    assert "works for the organization already" in answer.content.decode()
    assert MemberInvitation.objects.count() == 1


@pytest.mark.parametrize("language", ["en", "de"])
def test_a_link_that_is_good_for_nothing_says_so(
    signed_in: Client, organization: Organization, language: str
) -> None:
    token = invite_member(organization=organization, role=Role.ORGANIZER).token
    MemberInvitation.objects.update(expires_at=timezone.now())
    said = {"en": "This invitation has expired", "de": "Diese Einladung ist abgelaufen"}
    headers = {"accept-language": language}
    page = signed_in.get(f"/organize/join/{token}", headers=headers)
    assert page.status_code == 401
    assert said[language] in page.content.decode()


def test_the_invited_make_an_account_also_where_strangers_may_not(
    signed_in: Client, organization: Organization, settings: Any
) -> None:
    settings.ALLOW_SIGN_UP = False
    token = invite_member(organization=organization, role=Role.ORGANIZER).token
    stranger, path = Client(), f"/organize/join/{token}"
    assert "No new accounts" in stranger.get("/accounts/signup/").content.decode()
    page = stranger.get(path).content.decode()
    assert f"/accounts/signup/?next={path}" in page

    account = {"email": "ada@example.org", "password1": "a long sentence", "next": path}
    assert stranger.post("/accounts/signup/", account).headers["Location"] == path
    stranger.post(path)

    assert roles(signed_in) == {"owner": "owner", "ada": "organizer"}
    assert "No new accounts" in Client().get("/accounts/signup/").content.decode()


def test_a_link_is_withdrawn(signed_in: Client, organization: Organization) -> None:
    invited = invite_member(organization=organization, role=Role.ORGANIZER)
    path = f"{INVITATIONS}/{invited.invitation.id}"
    assert send(signed_in, "delete", path).status_code == 204
    assert refusal(send(signed_in, "delete", path)) == (404, "unknown_invitation")
    assert signed_in.get(f"/organize/join/{invited.token}").status_code == 401


def test_owners_change_roles_and_remove_people(signed_in: Client, organizer: Client) -> None:
    member = f"{MEMBERS}/{id_of('organizer')}"
    assert send(signed_in, "patch", member, {"role": "owner"}).json()["role"] == "owner"
    assert send(signed_in, "patch", member, {"role": "auditor"}).status_code == 200
    assert refusal(send(organizer, "get", MEMBERS)) == (403, "not_yours")
    assert send(signed_in, "delete", member).status_code == 204
    assert refusal(send(signed_in, "delete", member)) == (404, "unknown_member")
    assert roles(signed_in) == {"owner": "owner"}


def test_an_organizer_may_leave_and_choose_nobody(signed_in: Client, organizer: Client) -> None:
    owner, own = f"{MEMBERS}/{id_of('owner')}", f"{MEMBERS}/{id_of('organizer')}"
    for method, path, body in (
        ("post", MEMBERS, {"email": "a@b.org", "role": "owner"}),
        ("post", INVITATIONS, {"role": "owner"}),
        ("patch", own, {"role": "owner"}),
        ("delete", owner, None),
    ):
        assert refusal(send(organizer, method, path, body)) == (403, "owners_only")
    assert send(organizer, "delete", own).status_code == 204
    assert roles(signed_in) == {"owner": "owner"}


def test_the_last_owner_stays_one(signed_in: Client, organizer: Client) -> None:
    owner = f"{MEMBERS}/{id_of('owner')}"
    assert refusal(send(signed_in, "patch", owner, {"role": "organizer"})) == (409, "last_owner")
    assert refusal(send(signed_in, "delete", owner)) == (409, "last_owner")
    send(signed_in, "patch", f"{MEMBERS}/{id_of('organizer')}", {"role": "owner"})
    assert send(signed_in, "delete", owner).status_code == 204
    assert roles(organizer) == {"organizer": "owner"}


def test_of_two_owners_who_remove_each_other_at_once_one_stays(
    organization: Organization,
) -> None:
    other = Member.objects.create(organization=organization, user=person("other"), role=Role.OWNER)
    first = organization.members.exclude(id=other.id).get()

    def outcome(work: Any) -> str:
        try:
            work()
        except NotNow as refused:
            return refused.code
        return "done"

    done = at_once(
        lambda: outcome(lambda: remove_member(member=first)),
        lambda: outcome(lambda: change_role(member=other, role=Role.AUDITOR)),
    )

    assert sorted(done) == ["done", "last_owner"]
    assert Member.objects.filter(organization=organization, role=Role.OWNER).count() == 1


def test_of_two_owners_who_remove_the_same_person_at_once_one_is_told_she_is_gone(
    organization: Organization,
) -> None:
    ada = Member.objects.create(organization=organization, user=person("ada"), role=Role.ORGANIZER)
    remove_member(member=Member.objects.get(id=ada.id))

    for late in (
        lambda: remove_member(member=ada),
        lambda: change_role(member=ada, role=Role.AUDITOR),
    ):
        with pytest.raises(Unknown) as refused:
            late()
        assert refused.value.code == "unknown_member"


def test_of_two_who_come_with_one_link_at_once_one_is_in(organization: Organization) -> None:
    token = invite_member(organization=organization, role=Role.ORGANIZER).token

    def join(user: User) -> str:
        try:
            join_organization(token=token, user=user)
        except RoomsError as refused:
            return refused.code
        return "in"

    ann, bob = person("ann"), person("bob")
    done = at_once(lambda: join(ann), lambda: join(bob))

    assert sorted(done) == ["in", "invitation_unknown"]
    assert organization.members.count() == 2
