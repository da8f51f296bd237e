"""What the logs told that the schema of a spec suggests."""

from tests.make import a_log, some_facts
from vizspec.gather.found_names import found_of
from vizspec.spec.own_schema import FoundNames


def test_metrics_and_the_values_of_columns_are_told_once_each() -> None:
    facts = some_facts([a_log("r4", "hf/1B", epoch=0), a_log("r8", "hf/1B", epoch=1)])
    assert found_of(facts) == FoundNames(
        ("match/accuracy",),
        {
            "run": ("r4", "r8"),
            "model": ("1B",),
            "task": ("capitals",),
            "task_name": ("capitals",),
            "epoch": (0, 1),
        },
    )
