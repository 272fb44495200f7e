"""What a test needs is there on CI, or the test fails: one that is skipped there says nothing."""

import pytest

from conftest import needed


@pytest.mark.parametrize("answer", ["true", "", "false"])
def test_a_package_that_is_not_installed_skips_a_test_and_fails_it_on_ci(
    answer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", answer)
    ending = pytest.fail.Exception if answer == "true" else pytest.skip.Exception
    with pytest.raises(ending, match=r"not_there is not installed: it is in requirements/dev\.txt"):
        needed("not_there")


def test_a_package_that_is_installed_is_given() -> None:
    assert needed("json").loads("1") == 1
