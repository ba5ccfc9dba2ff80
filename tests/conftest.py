"""What every test may ask for: the cast, servers, a running site, a browser."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests import lanes
from tests.cast import alice, bob, charlie, firm, signed_in, vera
from tests.services import servers
from tests.services.browser import DESKTOP, PHONE, launch_chromium, one_playwright, page_in
from tests.services.site import Site, running_site

__all__ = ["alice", "bob", "charlie", "firm", "signed_in", "vera"]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    lanes.keep_only_this_lane(config, items)
    # An open browser keeps an event loop in this process: what brings a loop of its own has its turn before.
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A real PostgreSQL server; the tests make their own databases on it."""
    with servers.postgres() as url:
        yield url


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    with servers.redis() as url:
        yield url


@pytest.fixture(scope="session")
def live_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The whole site as a newcomer gets it: SQLite and the embedded broker."""
    with running_site(tmp_path_factory.mktemp("site")) as site:
        yield site


@pytest.fixture(scope="session")
def live_site_services(tmp_path_factory: pytest.TempPathFactory, postgres_url: str, redis_url: str) -> Iterator[Site]:
    """The whole site as an operator has it: PostgreSQL and Redis by URL."""
    home = tmp_path_factory.mktemp("site-services")
    with (
        servers.new_database(postgres_url) as database,
        running_site(home, DATABASE_URL=database, REDIS_URL=redis_url) as site,
    ):
        yield site


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with one_playwright() as playwright:
        browser = launch_chromium(playwright)
        yield browser
        browser.close()


@pytest.fixture
def phone(chromium: Browser) -> Iterator[Page]:
    with page_in(chromium, PHONE, touch=True) as page:
        yield page


@pytest.fixture
def desktop(chromium: Browser) -> Iterator[Page]:
    with page_in(chromium, DESKTOP, touch=False) as page:
        yield page
