"""When models were released, from the tables of the installed Inspect."""

from __future__ import annotations

from datetime import date

from vizspec.logs.releases import Release, _of_tables, releases


def test_a_model_is_found_by_its_name_its_versions_and_aliases() -> None:
    tables = {
        "acme": {
            "display_name": "Acme",
            "models": {
                "one": {
                    "release_date": date(2024, 1, 2),
                    "aliases": ["the-one"],
                    "versions": {"one-b": {"release_date": date(2024, 3, 4)}, "one-c": None},
                },
                "undated": {"display_name": "Undated"},
            },
        }
    }
    first, second = Release("Acme", date(2024, 1, 2)), Release("Acme", date(2024, 3, 4))
    assert dict(_of_tables(tables)) == {"one": first, "the-one": first, "one-b": second, "one-c": first}


def test_tables_of_another_form_tell_nothing() -> None:
    assert list(_of_tables(["one"])) == []
    assert list(_of_tables({"acme": None, "b": {"models": [1]}})) == []


def test_a_name_is_found_with_and_without_its_provider() -> None:
    found = releases(["openai/gpt-4o", "azure/openai/GPT-4o", "hf/1B"])
    assert found["openai/gpt-4o"] == found["azure/openai/GPT-4o"]
    assert found["openai/gpt-4o"].organization == "OpenAI"
    assert "hf/1B" not in found
