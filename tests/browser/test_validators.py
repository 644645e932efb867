"""What other people's checkers say about two editions: nothing. The newsstand's, and one of a thousand posts.

Pages are sampled, the largest and the smallest of each kind; WIREROOM_VALIDATE_ALL=1 checks every one.
"""

import json
import os
import posixpath
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from lxml import etree, html
from msgspec import structs
from playwright.sync_api import Browser
from tests.browser.feed_rules import faults
from tests.unit.edition.render.conftest import sample_edition
from tests.unit.edition.render.test_portal import hostile_strings, poisoned

from wide_edition import edition
from wireroom.edition.render import feeds, render, sitemaps
from wireroom.edition.render.letter import Period, letter
from wireroom.edition.render.letter.written import post
from wireroom.records.editions import Edition, File
from wireroom.records.mail import Letter
from wireroom.records.portal import SavedSearch, Theme

HERE = Path(__file__).parent
MODULES = HERE / "node_modules"
KINDS = (
    "index.html", "stories/*/index.html", "articles/*/index.html", "topics/*/index.html", "providers/*/index.html",
    "days/*/index.html", "404.html", "*/index.html",
)  # fmt: skip
RARE = ("searches/*/index.html", "newsletters/*/index.html")
"""Kinds that not every edition has."""
CONTRAST = "{ runOnly: ['color-contrast'] }"
ALL = os.environ.get("WIREROOM_VALIDATE_ALL") == "1"


@pytest.fixture(scope="session")
def wide(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write an invented edition of a thousand posts, with what the newsstand's lacks: a saved search and a letter."""
    return written(edition(1000), tmp_path_factory.mktemp("wide"))


@pytest.fixture(scope="session")
def calm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a smaller one in the other theme that is shipped."""
    plain = sample_edition()
    masthead = structs.replace(plain.masthead, theme=Theme(name="sheet"))
    return written(structs.replace(plain, masthead=masthead), tmp_path_factory.mktemp("calm"))


def written(plain: Edition, folder: Path) -> Path:
    search = SavedSearch(id="schools", title="Cameras & schools", query='"school county" -camera')
    found = structs.replace(plain, masthead=structs.replace(plain.masthead, searches=(search,)))
    issue = letter(found, Period.WEEKLY)
    assert isinstance(issue, Letter)
    kept = File(path=issue.path, body=post(issue, found))
    for file in render(structs.replace(found, carried=(kept,))):
        path = folder / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.body)
    return folder


@pytest.fixture(params=["portal", "wide"])
def site(request: pytest.FixtureRequest) -> Path:
    return Path(request.getfixturevalue(request.param))


def base(site: Path) -> str:
    """Return the address that an edition calls its own."""
    return str(json.loads((site / "api/v2/schema.json").read_text("utf-8"))["$id"]).removesuffix("api/v2/schema.json")


def sampled(site: Path, *, most: int = 2) -> list[Path]:
    pages: list[Path] = []
    for kind in KINDS + RARE:
        found = sorted(site.glob(kind), key=lambda path: (path.stat().st_size, str(path)))
        if not found:
            assert kind in RARE, kind
            continue
        pages.extend(found if ALL or kind == "*/index.html" else [*found[: most - 1], found[-1]])
    return list(dict.fromkeys(pages))


def rare(site: Path) -> list[Path]:
    return [next(iter(site.glob(kind))) for kind in RARE]


def needs(command: str, module: str) -> None:
    if shutil.which(command) is None or not (MODULES / module).exists():
        pytest.skip(f"{module} needs {command} and `npm ci` in tests/browser")


def test_the_nu_html_checker_finds_no_error(portal: Path, wide: Path, calm: Path) -> None:
    """One run for all editions, pages and style sheets: starting the checker takes longer than checking."""
    needs("java", "vnu-jar")
    jar = MODULES / "vnu-jar/build/dist/vnu.jar"
    styles = [portal / "assets/wireroom.css", calm / "assets/wireroom.css"]
    files = [*sampled(portal), *sampled(wide), *sampled(calm, most=1), *styles]
    done = subprocess.run(
        ["java", "-jar", jar, "--errors-only", "--also-check-css", "--format", "json", "--stdout", *files],
        capture_output=True, check=False, text=True,
    )  # fmt: skip
    assert [f"{one['url']}: {one['message']}" for one in json.loads(done.stdout)["messages"]] == []


def test_html_validate_finds_no_error(site: Path) -> None:
    needs("node", "html-validate")
    done = subprocess.run(
        ["node", MODULES / "html-validate/bin/html-validate.mjs", "--config", HERE / "html-validate.json",
         "--formatter", "json", *sampled(site)],
        capture_output=True, check=False, text=True,
    )  # fmt: skip
    found = json.loads(done.stdout)
    said = [f"{page['filePath']}:{one['line']} {one['message']}" for page in found for one in page["messages"]]
    assert said == []


def violations(browser: Browser, pages: list[Path], scheme: str, rules: str = "{}") -> list[str]:
    if not (MODULES / "axe-core").exists():
        pytest.skip("axe-core needs `npm ci` in tests/browser")
    context = browser.new_context(bypass_csp=True, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    found: list[str] = []
    for path in pages:
        page.goto(path.as_uri())
        page.evaluate((MODULES / "axe-core/axe.min.js").read_text("utf-8"))
        told = page.evaluate(f"axe.run(document, {rules})")["violations"]
        found += [f"{path}: {one['id']}: {one['nodes'][0]['html'][:120]}" for one in told]
    context.close()
    return found


def test_axe_finds_no_barrier(browser: Browser, portal: Path, wide: Path) -> None:
    """All kinds of pages of the one edition, and the fullest of the other."""
    assert violations(browser, [*sampled(portal, most=1), *sampled(wide, most=1)[:5], *rare(wide)], "light") == []


def test_axe_finds_no_barrier_in_the_other_theme_by_day_and_by_night(browser: Browser, calm: Path) -> None:
    pages = [page for page in sampled(calm, most=1) if page.name != "404.html"]
    assert violations(browser, pages, "light") == []
    assert violations(browser, pages, "dark", CONTRAST) == []


def test_axe_can_read_everything_at_night(browser: Browser, portal: Path) -> None:
    # Opened from a disk, the page for lost addresses has no style: its links begin at the root of a host.
    pages = [page for page in sampled(portal, most=1) if page.name != "404.html"]
    assert violations(browser, pages, "dark", CONTRAST) == []


def test_json_feeds_and_the_api_fit_their_schemas(site: Path) -> None:
    needs("node", "ajv")
    feeds = sorted(map(str, site.glob("feeds/**/feed.json")))
    documents = sorted(str(path) for path in site.glob("api/v2/**/*.json") if path.name != "schema.json")
    assert feeds
    assert documents
    for schema, files in ((HERE / "schemas/json-feed.json", feeds), (site / "api/v2/schema.json", documents)):
        done = subprocess.run(
            ["node", HERE / "check-json.mjs", schema, *files], capture_output=True, check=True, text=True
        )
        assert done.stdout == ""


def test_sitemaps_fit_their_schemas(site: Path) -> None:
    schema = etree.XMLSchema(file=str(HERE / "schemas/sitemap.xsd"))
    files = [site / "sitemap.xml", *site.glob("sitemap-*.xml"), *site.glob("sitemaps/*.xml")]
    assert len(files) > 4
    for file in files:
        document = etree.parse(str(file))
        assert schema.validate(document), f"{file}: {schema.error_log}"
        listed = [node.text for node in document.iter("{*}loc")]
        assert len(listed) == len(set(listed)) or "images" in file.name


def test_feeds_keep_to_their_rules(site: Path) -> None:
    files = [*site.glob("feeds/**/*.xml"), site / "feeds/sources.opml"]
    assert len(files) > 20
    found = [
        f"{file.relative_to(site)}: {fault}"
        for file in files
        for fault in faults(file.read_bytes(), base(site) + file.relative_to(site).as_posix())
    ]
    assert found == []


def test_feeds_keep_to_their_rules_whatever_is_put_into_them(shared: Path) -> None:
    """What is no feed's address is left out of the sources; what names nobody is called unnamed."""
    strings = list(hostile_strings(shared))
    plain = sample_edition()
    for start in range(0, len(strings), 80):
        hostile = poisoned(plain, strings[start : start + 80])
        found = [
            f"{file.path}: {fault}"
            for file in (*feeds.render(hostile), *sitemaps.render(hostile))
            if file.path.startswith("feeds/") and not file.path.endswith(".json")
            for fault in faults(file.body or b"", plain.masthead.address + file.path)
        ]
        assert found == []


def test_a_reader_of_others_finds_the_same_in_all_three_forms(site: Path) -> None:
    needs("node", "feedsmith")
    folders = [file.parent for file in sorted(site.glob("feeds/**/rss.xml"))]
    done = subprocess.run(
        ["node", HERE / "check-feeds.mjs", *folders], capture_output=True, check=True, text=True
    )  # fmt: skip
    assert done.stdout == ""


def references(page: Any) -> Iterator[str]:
    for name in ("href", "src"):
        yield from map(str, page.xpath(f"//@{name}"))
    for several in page.xpath("//@srcset"):
        yield from (one.split()[0] for one in str(several).split(", "))
    for content in page.xpath("//meta[@property='og:url' or @property='og:image']/@content"):
        yield str(content)


def test_no_link_is_dead(site: Path) -> None:
    own = base(site)

    @cache
    def anchors(path: str) -> frozenset[str]:
        return frozenset(map(str, html.parse(str(site / path)).xpath("//@id")))

    dead = []
    pages = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    for path in pages:
        for link in set(references(html.parse(str(site / path)).getroot())):
            target = link.removeprefix(own) if link.startswith(own) else link
            if "://" in target or target.startswith(("mailto:", "data:")):
                continue
            place, _, anchor = target.partition("#")
            place = f"/{place}" if link.startswith(own) else place
            found = posixpath.normpath(posixpath.join("/", posixpath.dirname(path), unquote(place.partition("?")[0])))
            file = found[1:] if place else path
            if not (site / file).exists() or (anchor and anchor not in anchors(file)):
                dead.append(f"{path} → {link}")
    for listing in (*site.glob("sitemap*.xml"), *site.glob("sitemaps/*.xml")):
        listed = [str(node.text) for node in etree.parse(str(listing)).iter("{*}loc")]
        dead += [one for one in listed if not (site / unquote(one.removeprefix(own))).is_file()]
    assert dead == []


def test_the_first_page_is_readable_in_one_round_trip(site: Path) -> None:
    """Page, style sheet and script together; pictures come when they are looked at."""
    sizes = [(site / name).stat().st_size for name in ("index.html", "assets/wireroom.css", "assets/wireroom.js")]
    assert sum(sizes) < 50_000, sizes
    assert (site / "index.html").read_text("utf-8").count("<script") == 2
