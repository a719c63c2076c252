"""Names of companies, branches, and lists of names."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pia_site.text.cleaning import drop_spaces
from pia_site.text.names import company_key, split_branch, split_names, under_headings


@pytest.mark.parametrize(
    "spellings",
    [
        (
            "見本システム株式会社",
            "見本システム㈱",
            "（株）見本システム",
            "株式会社 見本ｼｽﾃﾑ",
            "見本システム〔株〕",
            "㍿見本システム",
        ),
        ("有限会社見本", "㈲見本", "見本(有)"),
        ("一般財団法人見本協会", "(一財)見本協会", "（一財） 見本協会"),
        ("独立行政法人見本機構", "(独)見本機構", "見本機構"),
        ("Ｍｉｈｏｎ株式会社", "MIHON 株式会社"),
    ],
)
def test_spellings_of_one_company(spellings: tuple[str, ...]) -> None:
    assert len({company_key(s) for s in spellings}) == 1


@pytest.mark.parametrize(
    ("one", "other"), [("見本システム", "見本システムズ"), ("株式会社", "有限会社"), ("見本(中央)", "見本")]
)
def test_other_companies(one: str, other: str) -> None:
    assert company_key(one) != company_key(other)


@pytest.mark.parametrize(
    ("name", "company", "branch"),
    [
        ("見本Japan株式会社東北支社", "見本Japan株式会社", "東北支社"),
        ("見本Japan株式会社 福北支社", "見本Japan株式会社", "福北支社"),
        ("見本フィールド㈱　千代支店", "見本フィールド㈱", "千代支店"),
        ("見本株式会社（東北支社）", "見本株式会社", "東北支社"),
        ("見本株式会社東北支社 公共営業部", "見本株式会社", "東北支社 公共営業部"),
        ("見本システム㈱公共センター", "見本システム㈱", "公共センター"),
        ("株式会社見本製作所 東北営業所", "株式会社見本製作所", "東北営業所"),
        ("㈱見本 みほん営業所", "㈱見本", "みほん営業所"),
        ("見本年金機構 見本町年金事務所", "見本年金機構", "見本町年金事務所"),
        ("見本市 本社", "見本市", "本社"),
        ("株式会社 見本製作所", "株式会社 見本製作所", None),
        ("株式会社見本情報センター", "株式会社見本情報センター", None),
        ("株式会社見本製作所東北営業所", "株式会社見本製作所東北営業所", None),
        ("見本県見本連合会（見本会に再委託する）", "見本県見本連合会（見本会に再委託する）", None),
        ("見本ビジネス", "見本ビジネス", None),
        ("支社", "支社", None),
        ("", "", None),
    ],
)
def test_split_branch(name: str, company: str, branch: str | None) -> None:
    assert split_branch(name) == (company, branch)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("見本課、架空課", ["見本課", "架空課"]),
        ("見本課", ["見本課"]),
        ("見本課，架空課, 仮課；別課", ["見本課", "架空課", "仮課", "別課"]),
        ("見本課\n架空課<br>仮課<br />別課", ["見本課", "架空課", "仮課", "別課"]),
        ("<ul><li>見本課</li><li>架空課</li></ul>", ["見本課", "架空課"]),
        ("(1) 見本名簿 (2) 架空名簿", ["見本名簿", "架空名簿"]),
        ("（１）見本名簿（２）架空名簿", ["見本名簿", "架空名簿"]),
        ("(2)見本名簿", ["見本名簿"]),
        ("①見本②架空③仮", ["見本", "架空", "仮"]),
        ("① 見本 ② 架空", ["見本", "架空"]),
        ("1. 見本\n2. 架空", ["見本", "架空"]),
        ("・見本課 ・架空課", ["見本課", "架空課"]),
        ("○見本課\n○架空課", ["見本課", "架空課"]),
        ("・子ども・見本課", ["子ども・見本課"]),
        ("見本部 見本課 見本係", ["見本部 見本課 見本係"]),
        ("見本部見本課(窓口、電話)、架空課", ["見本部見本課(窓口、電話)", "架空課"]),
        ("見本（甲\n乙）、架空", ["見本（甲\n乙）", "架空"]),
        ("(見本、架空課", ["(見本", "架空課"]),
        ("見本名簿(1)、見本名簿(2)", ["見本名簿(1)", "見本名簿(2)"]),
        ("見本1,000人課、2.5係", ["見本1,000人課", "2.5係"]),
        ("【見本部】甲課、乙課 【支所等】丙支所", ["【見本部】甲課", "乙課", "【支所等】丙支所"]),
        ("【見本部】\n甲課\n乙課", ["【見本部】甲課", "乙課"]),
        ("【見本部】・甲課 ・乙課", ["【見本部】甲課", "乙課"]),
        ("見本名簿【廃止】、架空名簿", ["見本名簿【廃止】", "架空名簿"]),
        ("【見本部】", ["【見本部】"]),
        ("、 、", []),
        ("", []),
    ],
)
def test_split_names(text: str, names: list[str]) -> None:
    assert split_names(text) == names


def test_a_heading_holds_until_the_next() -> None:
    names = split_names("本課、【見本部】甲課、乙課 【支所等】丙支所、【空】")
    assert under_headings(names) == [
        (None, "本課"),
        ("見本部", "甲課"),
        ("見本部", "乙課"),
        ("支所等", "丙支所"),
    ]


PARTS = st.text("見本課部係ABC()（）【】「」・：/", max_size=12)


@given(st.lists(PARTS, max_size=6), st.sampled_from(["、", "，", "\n", "<br>", " 、\n"]))
def test_only_separators_spaces_and_bullets_are_lost(parts: list[str], separator: str) -> None:
    text = separator.join(parts)
    kept = re.sub("[・]", "", drop_spaces("".join(split_names(text))))
    lost = re.sub("[・、，]|<br>", "", drop_spaces(text))
    assert re.sub("[、，]|<br>", "", kept) == lost


@given(
    st.text(st.characters(codec="utf-8"), max_size=60) | st.text("(1)２①②・、,\n 　【】<br>課", max_size=40)
)
def test_never_raises(text: str) -> None:
    under_headings(split_names(text))
    split_branch(text)
    company_key(text)
    assert all(name == name.strip() and name for name in split_names(text))


@pytest.mark.sources
def test_the_contractors_of_the_sources_have_few_companies(sources) -> None:  # type: ignore[no-untyped-def]
    line = re.compile(r"^\s?[③⑥]委託先名[\t 　]+(\S.*)$", re.MULTILINE)
    written = {m[1].strip() for path in sources.glob("*.txt") for m in line.finditer(path.read_text("utf-8"))}
    companies = {company_key(split_branch(name)[0]) for name in written}
    assert 4 < len(companies) < len(written)
