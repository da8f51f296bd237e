"""What jobs print of their work: torchtune's forms, W&B's summary, Inspect's footer."""

from hypothesis import given
from hypothesis import strategies as st

from vizspec.slurm.sources.job_output import EvaluationWork, Training, parse_evaluation, parse_training

PRINTED = """\
Running LoRAFinetuneRecipeSingleDevice with resolved config:
1|1|Loss: 2.5:   0%|          | 1/2000
1|2000|Loss: 0.005232139490544796: 100%|##########| 2000/2000 [07:35<00:00, 4.39it/s]
wandb: Run history:
wandb: tokens_per_second_per_gpu ▁▅█
wandb: Run summary:
wandb:               global_step 4000
wandb:                      loss 0.00523
wandb: tokens_per_second_per_gpu 186.75362
"""
LOGGED = """\
Step 1 | loss:2.0853 lr:2e-05 tokens_per_second_per_gpu:100.0
Step 2 | loss:1.8718 lr:2e-05 tokens_per_second_per_gpu:300.0
"""
EVALUATED = """\
total time:                              0:05:00
hf/Llama-3.2-3B-Instruct_rank4    302,904 tokens [I: 297,904, O: 5,000]
openai/grader    900 tokens [I: 800, O: 100]

match
accuracy  0.000
"""


def test_progress_and_summary_tell_loss_steps_and_the_last_rate() -> None:
    assert parse_training(PRINTED.splitlines(keepends=True)) == Training(
        0.005232139490544796, 4000, 186.75362, is_last_rate=True
    )


def test_logged_steps_tell_the_mean_rate() -> None:
    assert parse_training(LOGGED.splitlines()) == Training(1.8718, 2, 200.0)


def test_the_mean_over_steps_comes_before_the_last_rate() -> None:
    training = parse_training((PRINTED + LOGGED).splitlines())
    assert (training.tokens_per_second, training.is_last_rate) == (200.0, False)


def test_a_loss_that_is_no_number_is_told() -> None:
    assert parse_training(["1|7|Loss: nan: 3%|"]) == Training(None, 7, has_diverged=True)


def test_an_evaluation_tells_the_tokens_of_its_model_and_its_time() -> None:
    assert parse_evaluation(EVALUATED.splitlines()) == EvaluationWork(302_904, 300.0)


def test_several_evaluations_of_one_job_are_summed() -> None:
    assert parse_evaluation((EVALUATED + EVALUATED).splitlines()) == EvaluationWork(605_808, 600.0)


def test_other_output_tells_nothing() -> None:
    assert parse_training(["Traceback (most recent call last):"]) == Training()
    assert parse_evaluation(["slurmstepd: error"]) == EvaluationWork()


@given(st.lists(st.text()))
def test_no_lines_make_the_readers_raise(lines: list[str]) -> None:
    parse_training([*lines, *(f"Step 1 | loss:{line}" for line in lines)])
    parse_evaluation(["total time: 0:00:01", *(f"m {line} tokens [" for line in lines), *lines])
