"""Templates as Jinja has compiled them, kept by their text: it takes as long as to read a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2 import BytecodeCache
from sphinx.jinja2glue import BuiltinTemplateLoader

from handbook.kept import Shelf, tools
from handbook.sources import kept_folder

if TYPE_CHECKING:
    from jinja2.bccache import Bucket
    from sphinx.application import Sphinx


class Compiled(BytecodeCache):
    """Jinja's own cache, on a shelf; Jinja sees to it that each is of this text."""

    def __init__(self, kept: Shelf) -> None:
        self.kept = kept

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give Jinja what is kept of a template."""
        if known := self.kept.get(bucket.key):
            bucket.bytecode_from_string(known)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template."""
        self.kept.put(bucket.key, bucket.bytecode_to_string())


def keep(app: Sphinx) -> None:
    """Have the builder's templates kept, where it has any."""
    templates = getattr(app.builder, "templates", None)
    if isinstance(templates, BuiltinTemplateLoader):
        kept = Shelf(kept_folder(app) / f"templates-{app.builder.name}", tools())
        templates.environment.bytecode_cache = Compiled(kept)
        app.connect("build-finished", lambda app, exception: kept.save())
