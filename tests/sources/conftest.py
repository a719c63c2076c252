"""The forms that invented sources are printed on."""

from __future__ import annotations

import pytest

from pia_site.forms import Form, form_by_id


@pytest.fixture(scope="session")
def priority() -> Form:
    return form_by_id("priority-2018-05")


@pytest.fixture(scope="session")
def full() -> Form:
    return form_by_id("full-2018-05")
