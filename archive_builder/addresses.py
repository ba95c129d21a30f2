"""Says where the site and its repository are, so that a fork has right links without editing anything.

What mkdocs.yml says comes first; then the environment of a GitHub workflow (and SITE_URL, for a domain of one's own);
then the git remote. Where none of them
knows, the address is None and the links that need it are left out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["Addresses", "addresses"]

REMOTE = re.compile(
    r"(?:(?:https?|ssh|git)://(?:[^@/\s]+@)?(?P<host>[\w.-]+)(?::\d+)?/|(?:[^@/\s]+@)?(?P<scp>[\w.-]+):)"
    r"(?P<name>[\w.-]+(?:/[\w.-]+)+)"
)
BRANCH = "main"


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the site and its source are."""

    site: str | None
    """The site's own address, ending in a slash."""
    repository: str | None
    """The repository's page, without a slash at the end."""
    branch: str
    """The branch that contributions go to."""

    @property
    def is_github(self) -> bool:
        return self.repository is not None and self.repository.startswith("https://github.com/")

    def edit(self, path: str) -> str | None:
        """Where the file can be edited in a browser."""
        return f"{self.repository}/edit/{self.branch}/{path}" if self.is_github else None

    def source(self, path: str) -> str | None:
        """Where the file can be read, with its history."""
        return f"{self.repository}/blob/{self.branch}/{path}" if self.is_github else None


def addresses(
    site: str | None, repository: str | None, environment: Mapping[str, str], remote: str | None, branch: str | None
) -> Addresses:
    """Join what the configuration, the environment and the git remote know."""
    name = environment.get("GITHUB_REPOSITORY")
    server = environment.get("GITHUB_SERVER_URL", "https://github.com").rstrip("/")
    repository = repository or (f"{server}/{name}" if name else _page_of(remote))
    site = site or environment.get("SITE_URL") or _github_pages(repository)
    return Addresses(
        site=f"{site.rstrip('/')}/" if site else None,
        repository=repository.rstrip("/") if repository else None,
        branch=_branch(environment) or branch or BRANCH,
    )


def _branch(environment: Mapping[str, str]) -> str | None:
    """The branch a workflow runs for: the one a pull request goes to, or the one that was pushed."""
    if environment.get("GITHUB_BASE_REF"):
        return environment["GITHUB_BASE_REF"]
    return environment.get("GITHUB_REF_NAME") if environment.get("GITHUB_REF_TYPE") == "branch" else None


def _page_of(remote: str | None) -> str | None:
    match = REMOTE.fullmatch(remote.strip().rstrip("/").removesuffix(".git")) if remote else None
    return f"https://{match['host'] or match['scp']}/{match['name']}" if match else None


def _github_pages(repository: str | None) -> str | None:
    match = re.fullmatch(r"https://github\.com/([\w.-]+)/([\w.-]+)/?", repository or "")
    if match is None:
        return None
    owner, name = match[1].lower(), match[2]
    return f"https://{owner}.github.io/" + ("" if name.lower() == f"{owner}.github.io" else f"{name}/")
