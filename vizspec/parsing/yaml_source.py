"""YAML text becomes plain data, and the place of every key and item in it. Reads no files.

What PyYAML lets pass and people do not mean is refused with its place: a key given twice, an anchor that
holds itself, aliases that multiply without end, and, in our own files, a scalar that YAML 1.1 and 1.2 read
differently.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from vizspec.errors import Loc, Mark, Problem, Problems
from vizspec.parsing.yaml_errors import odd_space, split_lines, syntax_problem
from vizspec.parsing.yaml_versions import one_face, two_faces
from vizspec.text.messages import shown

MOST_ALIASED = 50_000
"""How many values the aliases of one document may stand for, all together."""

NodePair = tuple[Node, Node]

_MERGE = "tag:yaml.org,2002:merge"
_NULL = "tag:yaml.org,2002:null"
_MAP = "tag:yaml.org,2002:map"
LONGEST_NUMBER = 300
"""Characters of a number: to work out a longer one (1:1:1:…, of base 60) could take for ever."""

LONGEST_TEXT = 100_000
"""Characters of one text: a label stands in every output many times."""

_LONGEST_EXCERPT = 200
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")
"""Half of a pair of UTF-16, which an escape can name and no file can hold."""


@dataclass(frozen=True)
class YamlDocument:
    """The data of one YAML document, where its parts stand, and its lines (to show them).

    `problems` are mistakes that leave the rest readable, where `parse` was asked to keep them. `written` has
    the text of every plain scalar that was read as a number, a truth value or a date.
    """

    data: Any
    marks: Mapping[Loc, Mark]
    lines: tuple[str, ...]
    problems: tuple[Problem, ...] = ()
    written: Mapping[Loc, str] = field(default_factory=dict)

    def mark(self, loc: Loc) -> Mark:
        """Where `loc` stands: its key, or its item of a list.

        Steps that name nothing in the document are passed over (a union tag in the path of a schema error);
        so a key that is missing stands where the mapping that lacks it does.
        """
        at: Loc = ()
        for step in loc:
            if (*at, step) in self.marks:
                at = (*at, step)
        return self.marks[at]


def parse(text: str, *, one_dialect: bool, mapping: bool = True, keep_problems: bool = False) -> YamlDocument:
    """Read one YAML document as PyYAML's safe loader does, with the place of every key and item.

    `one_dialect` refuses plain scalars that YAML 1.1 and 1.2 read differently; `mapping` wants a mapping at
    the root. Raises `Problems`: all that were found, each with its mark and the line it stands on. With
    `keep_problems`, keys that are given twice and two-faced scalars come with the document instead.
    """
    lines = tuple(split_lines(text))
    problems: tuple[Problem, ...]
    try:
        loader = yaml.SafeLoader(text)
        root = _composed(loader)
        if root is None or (mapping and root.tag == _NULL):
            raise Problems([Problem((), "the file holds no settings: it is empty")])
        walk = _Walk(loader, text if one_dialect else None)
        walk.run(root, mapping, keep_problems)
        kept = with_excerpts(walk.problems, lines)
        return YamlDocument(_constructed(loader, root), walk.marks, lines, kept, walk.written)
    except yaml.YAMLError as error:
        problems = (odd_space(text) or syntax_problem(error, text),)
    except RecursionError:
        problems = (Problem((), "the YAML is nested too deeply", "use fewer levels of lists and mappings"),)
    except Problems as found:
        problems = found.problems
    raise Problems(with_excerpts(problems, lines)) from None


def _composed(loader: yaml.SafeLoader) -> Node | None:
    """The tree of the document's nodes."""
    try:
        return loader.get_single_node()
    except (ValueError, OverflowError):
        at = loader.get_mark()
        message = "this escape stands for no character, or this version for no number"
        hint = "write the character itself: the last one is \\U0010FFFF"
        raise Problems([Problem((), message, hint, mark=Mark(at.line + 1, at.column + 1))]) from None


def _constructed(loader: yaml.SafeLoader, root: Node) -> Any:
    """The data; tags on what holds other values may ask for what these are not."""
    try:
        return loader.construct_document(root)
    except (ValueError, LookupError, AttributeError, OverflowError, TypeError):
        message = "a tag asks for another kind of value than the one that follows it"
        raise Problems([Problem((), message, "write plain values, without '!'", mark=_mark(root))]) from None


def with_excerpts(problems: Iterable[Problem], lines: tuple[str, ...]) -> tuple[Problem, ...]:
    """The problems in the order of their places, each with the line that its mark points into."""
    placed = [
        dataclasses.replace(problem, excerpt=_excerpt(problem.mark, lines)) if problem.mark else problem
        for problem in problems
    ]
    return tuple(sorted(placed, key=lambda problem: problem.mark or Mark(0, 0)))


def _excerpt(mark: Mark, lines: tuple[str, ...]) -> str | None:
    """The marked line fit for a terminal, column by column as it was; None where it is too long to show."""
    if mark.line > len(lines) or mark.column > _LONGEST_EXCERPT:
        return None
    line = lines[mark.line - 1][:_LONGEST_EXCERPT]
    return "".join(character if character.isprintable() else " " for character in line)


class _Walk:
    """One pass over the node tree of a document that notes marks and everything to refuse."""

    def __init__(self, loader: yaml.SafeLoader, one_dialect_text: str | None) -> None:
        self.loader = loader
        self.text = one_dialect_text
        self.marks: dict[Loc, Mark] = {}
        self.written: dict[Loc, str] = {}
        self.problems: list[Problem] = []
        self.is_readable = True
        self.open: set[int] = set()
        self.seen: set[int] = set()
        self.aliased = 0

    def run(self, root: Node, mapping: bool, keep_problems: bool) -> None:
        self.marks[()] = _mark(root)
        if mapping and root.tag != _MAP:
            message = f"expected keys with values, found {_kind(root)}"
            self.refuse((), message, root, "write 'key: value' lines")
        self.visit(root, ())
        if self.problems and not (keep_problems and self.is_readable):
            raise Problems(self.problems)

    def visit(self, node: Node, loc: Loc) -> None:
        with self.entered(node, loc) as first:
            if isinstance(node, ScalarNode):
                value = self.scalar(node, loc, first)
                if not node.style and value is not None and not isinstance(value, str):
                    self.written[loc] = node.value
            elif isinstance(node, SequenceNode):
                for index, item in enumerate(node.value):
                    self.marks[(*loc, index)] = _mark(item)
                    self.visit(item, (*loc, index))
            elif isinstance(node, MappingNode):
                for step, (key, value) in self.pairs(node, loc, first).items():
                    self.marks[(*loc, step)] = _mark(key)
                    self.visit(value, (*loc, step))

    @contextmanager
    def entered(self, node: Node, loc: Loc) -> Iterator[bool]:
        """Guards one visit to `node`; gives whether it is the first. Endless aliases end here."""
        if id(node) in self.open:
            self.refuse(loc, "this anchor holds an alias of itself", node, "write the values out")
            raise Problems(self.problems)
        first = id(node) not in self.seen
        self.aliased += not first
        if self.aliased > MOST_ALIASED:
            message = f"the aliases in this file stand for more than {MOST_ALIASED} values"
            self.refuse(loc, message, node, "write the values out")
            raise Problems(self.problems)
        self.seen.add(id(node))
        self.open.add(id(node))
        yield first
        self.open.remove(id(node))

    def pairs(self, node: MappingNode, loc: Loc, first: bool) -> dict[str | int, NodePair]:
        """The mapping's pairs by path step, merged ones (`<<: *base`) behind its own."""
        pairs: dict[str | int, NodePair] = {}
        lines: dict[Hashable, int] = {}
        merged: list[Node] = []
        for key, value in node.value:
            identity = self.key(key, loc, first)
            if identity in lines and first:
                message = f"{shown(key.value)} is given twice; first on line {lines[identity]}"
                self.refuse(
                    (*loc, _step(key, identity)), message, key, "keep one of the two", is_readable=True
                )
            lines.setdefault(identity, _mark(key).line)
            if key.tag == _MERGE:
                merged += value.value if isinstance(value, SequenceNode) else [value]
            else:
                pairs[_step(key, identity)] = (key, value)  # of two alike the last one is read
        for base in merged:
            if isinstance(base, MappingNode):
                with self.entered(base, loc) as base_first:
                    pairs = self.pairs(base, loc, base_first) | pairs
        return pairs

    def key(self, node: Node, loc: Loc, first: bool) -> Hashable:
        """What makes two keys the same key. Keys that are no scalars are left to the loader to refuse."""
        if not isinstance(node, ScalarNode):
            return id(node)
        if node.tag == _MERGE:
            return _MERGE
        value = self.scalar(node, loc, first)
        if isinstance(value, Hashable):
            return type(value), value
        self.refuse(loc, f"{shown(node.value)} with its tag is no key", node, "write a plain text as the key")
        return id(node)

    def scalar(self, node: ScalarNode, loc: Loc, first: bool) -> Any:
        """The scalar's value; None, with a problem noted, where it cannot be read or is two-faced."""
        kind = node.tag.rpartition(":")[2]
        try:
            if kind in ("int", "float") and len(node.value) > LONGEST_NUMBER:
                raise OverflowError
            value = self.loader.construct_object(node)
        except (ValueError, LookupError, AttributeError, OverflowError):
            self.refuse(
                loc, f"{shown(node.value)} cannot be read as a YAML {kind}", node, "correct or quote it"
            )
            return None
        if len(node.value) > LONGEST_TEXT:
            message = f"{shown(node.value)} has more than {LONGEST_TEXT:,} characters"
            self.refuse(loc, message, node, "shorten it; prose of this length goes into a file of its own")
            return None
        if half := _HALF_CHARACTER.search(node.value):
            message = f"{shown(node.value)} holds half of a character (U+{ord(half[0]):04X})"
            self.refuse(loc, message, node, "write the character itself, or both halves as one \\U escape")
            return None
        if first and self.text is not None:
            self.check_dialect(node, loc, self.text)
        return value

    def check_dialect(self, node: ScalarNode, loc: Loc, text: str) -> None:
        written = text[node.start_mark.index : node.end_mark.index]
        faces = None if node.style or written.startswith("!") else two_faces(node.value, node.tag)
        odd = odd_space(node.value) if not node.style else None
        if odd:
            self.refuse(loc, odd.message, node, odd.hint or "")
        elif faces:
            message = f"{shown(node.value)} is {faces[0]} to some YAML readers and {faces[1]} to others"
            self.refuse(loc, message, node, one_face(node.value), is_readable=True)

    def refuse(self, loc: Loc, message: str, node: Node, hint: str, is_readable: bool = False) -> None:
        self.is_readable &= is_readable
        self.problems.append(Problem(loc, message, hint, mark=_mark(node)))


def _mark(node: Node) -> Mark:
    return Mark(node.start_mark.line + 1, node.start_mark.column + 1)


def _step(key: Node, identity: Hashable) -> str | int:
    """The key as a step of a path: text, or a whole number; other keys by their spelling."""
    value = identity[1] if isinstance(identity, tuple) else None
    return value if isinstance(value, str | int) and not isinstance(value, bool) else str(key.value)


def _kind(node: Node) -> str:
    if isinstance(node, MappingNode):
        return f"the tag {shown(node.tag)}"
    return "a list" if isinstance(node, SequenceNode) else f"the text {shown(node.value)}"
