"""What `plan` tells besides the outputs: what lies outside, which pictures are missing, what texts lack."""

from __future__ import annotations

from vizspec.errors import Problem, UserError, path_text
from vizspec.gather.facts import Facts
from vizspec.plan.plan import Plan
from vizspec.prose.numbers import figures_of
from vizspec.render.canvas import BrowserCanvas
from vizspec.render.documents import filled_texts
from vizspec.render.figures import drawn_images, is_chart
from vizspec.spec.entries import entry_ids
from vizspec.spec.open import Opened
from vizspec.spec.reach import all_leading_out
from vizspec.text.messages import counted, listed


def reach_of(opened: Opened, facts: Facts) -> tuple[str, ...]:
    """What is read or written outside of the spec's repository, or fetched: a sentence each."""
    sentences = [f"{path_text(problem.loc)}: {problem.message}" for problem in opened.outside]
    home = opened.home or opened.path.parent
    places = {use.log.location.partition("#")[0] for use in facts.selected.uses}
    out = sorted(all_leading_out(opened.base, (place for place in places if "://" not in place), home))
    if out:
        sentences.append(
            f"data.logs: {counted(len(out), 'log')} out of the folder '{home}', such as '{out[0]}'"
        )
    return tuple(sentences)


def said_of_pictures(opened: Opened, planned: Plan) -> tuple[str, ...]:
    """Why matplotlib would draw the plan's PNGs of charts, and which would be missing without a browser."""
    charts = [s for s in planned.steps if is_chart(s) and any(name.endswith(".png") for name in s.files)]
    if not charts:
        return ()
    canvas = BrowserCanvas(opened.spec.output)
    missing = [step.id for step in charts if not drawn_images(step, with_pictures=True)]
    are_drawn = len(missing) < len(charts)
    stand_in, no_pictures = canvas.stand_in, canvas.no_pictures if missing else None
    return (
        *((f"PNGs of charts will be {stand_in}",) if are_drawn and stand_in is not None else ()),
        *((f"no PNG of {listed(missing)}: {no_pictures.reason}",) if no_pictures is not None else ()),
    )


def problems_of_texts(opened: Opened, facts: Facts, planned: Plan) -> tuple[Problem, ...]:
    """What the report's texts ask for and the logs do not tell, at its places."""
    figures = figures_of(planned.outputs, entry_ids(opened.spec.views))
    try:
        return filled_texts(opened, facts, figures).problems
    except UserError:
        return ()  # the report will be skipped, for another reason
