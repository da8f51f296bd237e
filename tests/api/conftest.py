"""What the tests of this package share: captured outputs, and fake programs on a PATH of their own."""

from tests.job_programs import FakePrograms, capture, programs

__all__ = ["FakePrograms", "capture", "programs"]
