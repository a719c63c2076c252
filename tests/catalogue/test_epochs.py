"""Rule 20: which wording of 番号法 a citation belongs to."""

from __future__ import annotations

import pytest

from pia_site.catalogue.epochs import NO_VERDICT, Standing, verdict

TODAY = "2025-04-01"
BEFORE_2021, BEFORE_2024, SINCE_2021, SINCE_2024 = (
    "令和3年8月31日まで",
    "令和6年5月26日まで",
    "令和3年9月1日から",
    "令和6年5月27日から",
)
FULL = "行政手続における特定の個人を識別するための番号の利用等に関する法律"


@pytest.mark.parametrize(
    ("law", "place", "epoch"),
    [
        ("番号法", "第19条第7号", BEFORE_2021),
        ("番号法", "第十九条第七号", BEFORE_2021),
        ("番号利用法", "第１９条第７号", BEFORE_2021),
        ("番号法", "第19条第8号", SINCE_2021),
        (f"{FULL}（平成25年法律第27号）", "第19条第8号", SINCE_2021),
        ("番号法", "第9条第1項", None),
        ("番号法", "第19条第14号", None),
        ("番号法", "第119条第7号", None),
        ("番号法", "第19条第9号", None),
        ("番号法", "", None),
        ("番号法", "別表第一の59の項", BEFORE_2024),
        ("番号法", "別表第1", BEFORE_2024),
        ("番号法", "別表第二の82の項", BEFORE_2024),
        ("番号法", "別表第2の82の項", BEFORE_2024),
        ("番号法", "別表第2 各項", BEFORE_2024),
        ("番号法", "別表2の82の項", BEFORE_2024),
        ("番号法", "別表の100の項", SINCE_2024),
        ("番号法", "別表100の項", SINCE_2024),
        ("番号法", "別表第16の項", SINCE_2024),
        ("番号法", "別表の2の項", SINCE_2024),
        ("番号法", "別表", SINCE_2024),
        ("番号法", "別表第2の項", None),
        ("番号法", "別表2の項", None),
        ("番号法", "第9条第1項 別表第一の30の項", BEFORE_2024),
        ("番号法", "第19条第7号 別表第2", BEFORE_2021),
        ("番号法", "第19条第8号及び別表第二の82の項", "令和3年9月1日から令和6年5月26日まで"),
        ("番号法", "第19条第8号及び別表", SINCE_2024),
        ("番号法", "第19条第7号及び別表", None),
        (f"{FULL}別表第一の主務省令で定める事務を定める命令", "第46条", BEFORE_2024),
        (f"{FULL}別表第二の主務省令で定める事務及び情報を定める命令", "第43条の2の2", BEFORE_2024),
        ("番号法別表第2の主務省令で定める事務及び情報を定める命令", "第3条", BEFORE_2024),
        (f"{FULL}別表の主務省令で定める事務を定める命令", "第50条", SINCE_2024),
        (f"{FULL}第十九条第八号に基づく利用特定個人情報の提供に関する命令", "第2条の表", SINCE_2024),
        # other laws have tables and a 第19条 of their own
        ("見本市番号条例", "別表第2の5の項", None),
        ("番号法施行令", "別表第8項", None),
        (f"{FULL}施行令", "第19条第7号", None),
        ("見本法", "第19条第7号", None),
        ("", "第19条第7号", None),
    ],
)
def test_epoch(law: str, place: str, epoch: str | None) -> None:
    assert verdict([law], place, published="2024-01-01", today=TODAY).epoch == epoch


@pytest.mark.parametrize(
    ("place", "published", "then", "today"),
    [
        ("第19条第7号", "2021-08-31", Standing.CURRENT, Standing.OUTDATED),
        ("第19条第7号", "2021-09-01", Standing.OUTDATED, Standing.OUTDATED),
        ("第19条第8号", "2021-08-31", Standing.NOT_YET, Standing.CURRENT),
        ("第19条第8号", "2021-09-01", Standing.CURRENT, Standing.CURRENT),
        ("別表第二の82の項", "2024-05-26", Standing.CURRENT, Standing.OUTDATED),
        ("別表第二の82の項", "2024-05-27", Standing.OUTDATED, Standing.OUTDATED),
        ("別表の100の項", "2024-05-26", Standing.NOT_YET, Standing.CURRENT),
        ("別表第一の1の項", None, Standing.UNKNOWN, Standing.OUTDATED),
    ],
)
def test_standing(place: str, published: str | None, then: Standing, today: Standing) -> None:
    found = verdict(["番号法"], place, published=published, today=TODAY)
    assert (found.then, found.today) == (then, today)
    assert found.outdated_then is (then is Standing.OUTDATED)
    assert found.outdated_today is (today is Standing.OUTDATED)
    assert found.explanation


def test_any_name_of_the_law_will_do() -> None:
    assert verdict(["法", FULL], "第19条第7号", published=None, today=TODAY).epoch == BEFORE_2021


def test_old_and_new_mixed() -> None:
    found = verdict(["番号法"], "第19条第7号及び別表", published="2024-06-01", today=TODAY)
    assert found.outdated_today
    assert "改正の前と後" in found.explanation


def test_nothing_is_said_of_other_places() -> None:
    assert verdict(["番号法"], "第9条第2項", published="2024-06-01", today=TODAY) == NO_VERDICT
