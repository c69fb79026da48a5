"""Which Debian packages `make setup` installs, and what it says where it cannot."""

import pytest

from tests.infra.machine import Machine


def apt(machine: Machine) -> list[str]:
    """apt-get's calls without their options."""
    return [
        " ".join(word for word in call.split() if not word.startswith("-") and "::" not in word)
        for call in machine.calls("apt-get")
    ]


def test_nothing_is_installed_where_nothing_is_missing(machine: Machine) -> None:
    machine.stub("apt-get", "exit 0")
    done = machine.run("packages")
    assert (done.returncode, done.stdout, apt(machine)) == (0, "", [])


def test_missing_packages_are_installed_after_the_list_was_refreshed(machine: Machine) -> None:
    """An image some weeks old knows them, in versions that the servers have no longer."""
    machine.stub("apt-get", "exit 0")
    machine.stub("apt-cache", "exit 0")
    machine.lacks("espeak-ng")
    machine.stub("apertium", "echo '  eng-spa'")
    assert machine.run("packages").returncode == 0
    pairs = "apertium-eng-cat apertium-es-pt apertium-fr-es apertium-spa-ita apertium-fra-cat"
    assert apt(machine) == ["update", f"install espeak-ng {pairs}"]


def test_a_source_that_does_not_answer_keeps_nothing_from_being_installed(machine: Machine) -> None:
    machine.stub("apt-get", '[[ "$*" != *update* ]]')
    machine.lacks("espeak-ng")
    assert machine.run("packages").returncode == 0
    assert apt(machine) == ["update", "install espeak-ng"]


@pytest.mark.parametrize(
    ("words", "remedy"),
    [
        ("E: Failed to fetch http://deb.debian.org/r.deb  404  Not Found", "package servers"),
        ("Err:1 Temporary failure resolving 'deb.debian.org'", "connect this machine"),
        ("E: Unable to locate package espeak-ng", "by hand"),
        ("E: Could not get lock /var/lib/dpkg/lock-frontend", "what apt-get complains of"),
    ],
)
def test_a_failed_installation_tells_the_remedy_that_fits(
    machine: Machine, words: str, remedy: str
) -> None:
    machine.stub("apt-get", f'[[ "$*" == *update* ]] || {{ echo "{words}"; exit 100; }}')
    machine.lacks("espeak-ng")
    done = machine.run("packages")
    assert done.returncode == 1
    shown, what, to_do = done.stderr.splitlines()
    assert shown == f"    {words}"
    assert what == (
        "setup: Installing Debian packages did not work (all of it in build/setup/apt.log)."
    )
    assert remedy in to_do


def test_without_apt_all_that_is_missing_is_named_with_its_purpose(machine: Machine) -> None:
    machine.lacks("redis-server")
    machine.lacks("espeak-ng")
    done = machine.run("demo_talk=/nowhere; packages")
    assert (done.returncode, done.stderr.splitlines()) == (
        1,
        [
            "setup: This system has no apt-get; please install these by hand: redis-server (the"
            " session log and the tasks' queue), espeak-ng (speech).",
            "setup: Then run the same command again.",
        ],
    )


def test_without_root_or_sudo_the_command_for_root_is_told(machine: Machine) -> None:
    machine.stub("apt-get", "exit 0")
    machine.stub("id", "echo 1000")
    machine.lacks("espeak-ng")
    done = machine.run("packages")
    assert done.returncode == 1
    assert "apt-get install --no-install-recommends espeak-ng" in done.stderr
    assert apt(machine) == []


@pytest.mark.parametrize(
    ("browser", "installed"),
    [
        ("chromium", ["update", "install postgresql fonts-noto-core"]),
        ("chromium-browser", ["update", "install postgresql fonts-noto-core"]),
        ("google-chrome", ["update", "install postgresql chromium fonts-noto-core"]),
    ],
)
def test_the_tests_browser_is_one_that_they_start(
    machine: Machine, browser: str, installed: list[str]
) -> None:
    machine.stub("apt-get", "exit 0")
    machine.stub(browser, "exit 0")
    # This machine's own PostgreSQL and fonts do not count.
    machine.run("have_file() { [ $1 = $demo_talk ]; }; switch_service_off() { :; }; packages",
                scope="dev")  # fmt: skip
    assert apt(machine) == installed
