"""Matplotlib without its global state: figures on the Agg canvas, one style, the same bytes each time.

Nothing here imports `pyplot`, so that no window system is asked for and no figure stays alive behind
the caller's back. A user's own `matplotlibrc` has no say.
"""

from __future__ import annotations

import io
import logging
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from vizspec.draw.figures.fonts import HOUSE_FONT, use_fonts_that_have_all
from vizspec.draw.figures.png_file import png_file
from vizspec.draw.shapes.figure_size import FigureStyle
from vizspec.draw.shapes.model import INK

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

ImageFormat = Literal["png", "svg", "pdf"]

BASE_DPI = 100
MARGIN = 0.07
"""Inches around everything that is drawn."""
HALO = 2.6
"""Points by which a halo is wider than its line."""
NOTE_CORNERS = {"top left": (0.02, 0.97), "top right": (0.98, 0.97), "bottom right": (0.98, 0.03)}
"""Where a panel's note stands, in shares of the panel."""
NOTE_BOX: Mapping[str, Any] = MappingProxyType(
    {"facecolor": "white", "edgecolor": "none", "pad": 1, "alpha": 0.8}
)
"""What is behind it."""
STYLE: Mapping[Any, Any] = MappingProxyType(
    {
        "font.family": HOUSE_FONT,
        "font.size": 9.0,
        "axes.titlesize": 10.0,
        "axes.titleweight": "bold",
        "axes.titlelocation": "left",
        "axes.labelsize": 9.0,
        "axes.edgecolor": INK,
        "axes.labelcolor": INK,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.linewidth": 0.8,
        "axes.grid": True,
        "axes.axisbelow": True,
        "grid.color": "#e8e8e8",
        "grid.linewidth": 0.7,
        "text.color": INK,
        "xtick.color": INK,
        "ytick.color": INK,
        "xtick.labelsize": 8.0,
        "ytick.labelsize": 8.0,
        "legend.fontsize": 8.0,
        "legend.title_fontsize": 8.0,
        "legend.frameon": False,
        "lines.linewidth": 1.8,
        "figure.titlesize": 11.0,
        "figure.titleweight": "bold",
        # A label is text: `$` in a model's name must not start a formula.
        "text.parse_math": False,
        "text.usetex": False,
        # Text stays text, which can be searched, copied and edited.
        "svg.fonttype": "none",
        "svg.hashsalt": "vizspec",
        # Twice the time for shapes that cannot be told apart at two pixels a point.
        "text.hinting": "no_hinting",
        "pdf.fonttype": 42,
    }
)


class Sizes(NamedTuple):
    """The sizes of fonts, in points."""

    title: float
    label: float
    small: float
    tick: float


SIZES: Mapping[FigureStyle, Sizes] = {
    "screen": Sizes(10.0, 9.0, 8.0, 8.0),
    "paper": Sizes(8.5, 8.0, 7.5, 7.0),
}
"""Of titles, of axes' labels, of panels' titles, of ticks and legends."""

PAPER: Mapping[Any, Any] = MappingProxyType(
    {
        "font.size": SIZES["paper"].label,
        "axes.titlesize": SIZES["paper"].title,
        "axes.labelsize": SIZES["paper"].label,
        "axes.linewidth": 0.6,
        "grid.linewidth": 0.5,
        "xtick.labelsize": SIZES["paper"].tick,
        "ytick.labelsize": SIZES["paper"].tick,
        "xtick.major.width": 0.6,
        "ytick.major.width": 0.6,
        "legend.fontsize": SIZES["paper"].tick,
        "legend.title_fontsize": SIZES["paper"].tick,
        "figure.titlesize": SIZES["paper"].title,
    }
)
"""What is otherwise where a figure is for a printed page."""

FIGURE_SCALE = 2.0
"""Pixels of a PNG for each CSS pixel at which the figure is shown."""

NO_ROOM = "axes sizes collapsed to zero"
"""How matplotlib tells that labels are as large as the figure."""

logger = logging.getLogger(__name__)


@contextmanager
def styled(style: FigureStyle = "screen") -> Iterator[None]:
    """Matplotlib's defaults with the house style on top, as a `with` block or as a decorator.

    Artists take most of their looks when they are made: draw inside of it.
    """
    import matplotlib

    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update({**STYLE, **PAPER} if style == "paper" else STYLE)
        yield


def new_figure(
    width: float,
    height: float,
    rows: int = 1,
    columns: int = 1,
    *,
    style: FigureStyle = "screen",
    **gridspec: Any,
) -> tuple[Figure, list[Axes]]:
    """A figure of `width` × `height` inches and its `rows` × `columns` axes, row by row.

    `gridspec` goes to the grid (`height_ratios`, `width_ratios`, `wspace`, `hspace`); `sharex` and
    `sharey` to the axes. The layout makes room for labels and legends by itself.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure
    from matplotlib.layout_engine import ConstrainedLayoutEngine

    shared = {name: gridspec.pop(name) for name in ("sharex", "sharey") if name in gridspec}
    layout = ConstrainedLayoutEngine(w_pad=MARGIN, h_pad=MARGIN)
    with styled(style):
        figure = Figure(figsize=(width, height), dpi=BASE_DPI, layout=layout, facecolor="white")
        FigureCanvasAgg(figure)
        axes = figure.subplots(rows, columns, squeeze=False, gridspec_kw=gridspec, **shared)
    return figure, [ax for row in axes for ax in row]


METADATA: Mapping[str, Mapping[str, None]] = {
    "png": {"Software": None},
    "svg": {"Date": None, "Creator": None},
    "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
}
"""What matplotlib would tell of itself and of the moment."""


def image_formats() -> tuple[str, ...]:
    """The endings of the image files that matplotlib writes, without the dot."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    return tuple(sorted(FigureCanvasAgg.get_supported_filetypes()))


def figure_bytes(
    fig: Figure,
    format: str,  # noqa: A002 - matplotlib's own word
    scale: float = FIGURE_SCALE,
    style: FigureStyle = "screen",
) -> bytes:
    """The figure as a file of one of matplotlib's formats (PNG: `scale` × 100 pixels an inch).

    Same figure, same bytes, as PNG, SVG and PDF: no date, no version of matplotlib, no random id stands in
    them. A character that no installed font has is drawn as a box and logged.

    Raises:
        ValueError: a format that matplotlib does not write, or a scale not above 0.
    """
    if format not in image_formats():
        raise ValueError(f"no image format {format!r}: {', '.join(image_formats())}")
    if scale <= 0:
        raise ValueError(f"the scale of an image is a positive number, not {scale}")
    with styled(style), _warnings_logged():
        use_fonts_that_have_all(fig)
        if format == "png":
            return _png(fig, BASE_DPI * scale)
        buffer = io.BytesIO()
        fig.savefig(buffer, format=format, dpi=BASE_DPI * scale, metadata=METADATA.get(format))
        return buffer.getvalue()


def _png(fig: Figure, dpi: float) -> bytes:
    """The figure's pixels, drawn once, as a PNG.

    `savefig` draws twice, the first time for a layout alone, and writes the opacity of each pixel, which
    is all of it: half as long again to compress.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from PIL import Image

    before = fig.dpi
    canvas: Any = FigureCanvasAgg(fig)
    fig.dpi = dpi
    try:
        canvas.draw()
        pixels = Image.frombuffer("RGBA", canvas.get_width_height(), canvas.buffer_rgba())
        png = png_file(pixels, dpi)
        # All texts keep the renderer, which has some 14 MB of pixels, until Python finds the figure's cycles.
        vars(canvas.get_renderer()).clear()
        return png
    finally:
        fig.dpi = before
        FigureCanvasAgg(fig)


@contextmanager
def _warnings_logged() -> Iterator[None]:
    """What matplotlib warns of that somebody's labels cause is logged, once each; other warnings are kept."""
    # The one tells of each font without a bold face, the other of each font that tells no date.
    talkers = [logging.getLogger(name) for name in ("matplotlib.font_manager", "fontTools")]
    levels = [talker.level for talker in talkers]
    for talker in talkers:
        talker.setLevel(logging.ERROR)
    try:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            yield
    finally:
        for talker, level in zip(talkers, levels, strict=True):
            talker.setLevel(level)
    meant = {message: _of_labels(message) for message in (str(warning.message) for warning in caught)}
    for text in sorted({text for text in meant.values() if text is not None}):
        logger.warning("%s", text)
    for warning in caught:
        if meant[str(warning.message)] is None:
            warnings.warn_explicit(warning.message, warning.category, warning.filename, warning.lineno)


def _of_labels(message: str) -> str | None:
    """What a warning of matplotlib's tells of the labels of a figure; None where it is of something else."""
    if "Glyph" in message:
        return f"a character of a label cannot be drawn: {message}"
    return "a figure's labels leave no room for what it shows" if NO_ROOM in message else None
