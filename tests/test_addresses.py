"""A fork finds its own site and repository: from mkdocs.yml, else the workflow's environment, else the git remote."""

from __future__ import annotations

import pytest

from archive_builder.addresses import addresses

WORKFLOW = {"GITHUB_REPOSITORY": "Owner/Archive", "GITHUB_REF_TYPE": "branch", "GITHUB_REF_NAME": "trunk"}


def test_the_configuration_comes_first() -> None:
    found = addresses("https://a.example", "https://b.example/r/", WORKFLOW, "git@github.com:x/y.git", None)
    assert (found.site, found.repository) == ("https://a.example/", "https://b.example/r")


def test_then_the_environment_of_a_workflow() -> None:
    found = addresses(None, None, WORKFLOW, "git@github.com:x/y.git", "main")
    assert found.site == "https://owner.github.io/Archive/"
    assert found.repository == "https://github.com/Owner/Archive"
    assert found.branch == "trunk"


def test_a_pull_request_contributes_to_the_branch_it_goes_to() -> None:
    pull = {**WORKFLOW, "GITHUB_HEAD_REF": "patch-1", "GITHUB_BASE_REF": "main", "GITHUB_REF_NAME": "7/merge"}
    assert addresses(None, None, pull, None, None).branch == "main"


def test_a_domain_of_ones_own_comes_from_the_environment() -> None:
    assert addresses(None, None, {**WORKFLOW, "SITE_URL": "https://archive.example"}, None, None).site == (
        "https://archive.example/"
    )


def test_a_users_own_site_is_at_the_top_of_the_domain() -> None:
    assert addresses(None, None, {"GITHUB_REPOSITORY": "me/me.github.io"}, None, None).site == "https://me.github.io/"


@pytest.mark.parametrize(
    ("remote", "repository"),
    [
        ("git@github.com:owner/archive.git", "https://github.com/owner/archive"),
        ("https://github.com/owner/archive", "https://github.com/owner/archive"),
        ("https://token@github.com/owner/archive.git/", "https://github.com/owner/archive"),
        ("ssh://git@gitlab.example:2222/group/sub/archive.git", "https://gitlab.example/group/sub/archive"),
        ("/srv/git/archive.git", None),
        ("file:///srv/git/archive.git", None),
        (None, None),
    ],
)
def test_then_the_git_remote(remote: str | None, repository: str | None) -> None:
    assert addresses(None, None, {}, remote, None).repository == repository


def test_links_to_edit_are_made_where_we_know_how() -> None:
    assert addresses(None, None, {}, "git@github.com:o/r.git", None).edit("a/b.yml") == (
        "https://github.com/o/r/edit/main/a/b.yml"
    )
    assert addresses(None, None, {}, "git@git.example:o/r.git", None).edit("a/b.yml") is None
    assert addresses(None, None, {}, None, None) == addresses(None, None, {}, "not an address", None)
