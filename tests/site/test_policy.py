"""The policy names exactly what a page holds inline, by the hash that a browser computes."""

import base64
import hashlib

import pytest

from pia_site.site.policy import POLICY, digest, forbidden_markup, inline_hashes, policy_for, with_policy

META = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'


def sha256(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def test_a_page_with_nothing_inline_has_the_plain_policy() -> None:
    page = f'<head>{META}<script src="a.js" defer></script></head>'
    assert with_policy(page) == page
    assert policy_for(page) == POLICY


def test_the_policy_allows_nothing_from_elsewhere() -> None:
    assert POLICY.startswith("default-src 'none'; ")
    assert "unsafe" not in POLICY
    assert "http" not in POLICY
    assert "*" not in POLICY


def test_inline_elements_are_named_by_hash_once_each() -> None:
    page = f"<head>{META}<style>\np{{}}\n</style><script>a()</script><script >a()</script><script>b()</script></head>"
    policy = policy_for(page)
    assert f"script-src 'self' {sha256('a()')} {sha256('b()')};" in policy
    assert f"style-src 'self' {sha256(chr(10) + 'p{}' + chr(10))};" in policy
    assert f'content="{policy}"' in with_policy(page)


@pytest.mark.parametrize(
    "harmless",
    [
        '<script type="application/json">{"a": 1}</script>',
        "<script src='x.js'></script>",
        "<SCRIPT\n SRC=x.js></SCRIPT>",
        "<!-- <script>a()</script> -->",
        "<p>&lt;script&gt;a()&lt;/script&gt;</p>",
    ],
)
def test_what_does_not_run_inline_needs_no_hash(harmless: str) -> None:
    assert inline_hashes(harmless) == ((), ())


def test_a_quoted_angle_bracket_does_not_end_the_tag() -> None:
    assert inline_hashes('<script data-a=">">a()</script>') == ((sha256("a()"),), ())


def test_line_ends_are_hashed_as_the_browser_reads_them() -> None:
    assert digest("a\r\nb\rc") == sha256("a\nb\nc")


def test_renewing_a_policy_twice_changes_nothing() -> None:
    page = f"{META}<script>a()</script>"
    assert with_policy(with_policy(page)) == with_policy(page)


@pytest.mark.parametrize(
    "markup",
    [
        '<p style="color: red">',
        "<svg><rect STYLE='fill: red'/></svg>",
        '<button onclick="a()">',
        '<a href=" javascript:a()">',
        '<script src="https://cdn.example/a.js"></script>',
        '<img src="//cdn.example/a.png">',
        '<link rel="stylesheet" href="https://cdn.example/a.css">',
        '<svg><use href="https://cdn.example/a.svg#b"/></svg>',
    ],
)
def test_what_no_hash_can_allow_is_found(markup: str) -> None:
    assert len(forbidden_markup(markup)) == 1


def test_links_to_other_hosts_are_no_requests() -> None:
    page = '<a href="https://laws.e-gov.go.jp/">e-Gov</a><link rel="canonical" href="https://example.jp/">'
    assert forbidden_markup(page + "<p>&lt;p style=&quot;&quot;&gt;</p>") == []
