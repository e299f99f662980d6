"""Visitors of pictures and tables."""

from __future__ import annotations

from docutils import nodes

from handbook.typst.values import Code, arguments, value

from .emitter import Emitter, end, nothing, skip


class FigureVisitors(Emitter):
    """Images, figures, tables."""

    # Pictures and tables.

    def visit_image(self, node: nodes.image) -> None:
        self.note_location(node)
        alt = node.get("alt", "").strip()
        if not alt:
            self.fail(node, "the image has no alt text; say in a sentence what it shows")
        if "://" in node["uri"]:
            self.fail(node, f"{node['uri']} is not fetched; save the image beside the page")
        name = self.around.images.get(node["uri"])
        if name is None:
            self.fail(node, f"{node['uri']} cannot be printed; use SVG, PNG, JPEG, GIF or WebP")
        size = {side: node[side] for side in ("width", "height") if side in node}
        inline = isinstance(node.parent, nodes.TextElement)
        self.picture(f"/images/{name}", alt, inline=inline, **size)
        raise nodes.SkipNode

    def visit_figure(self, node: nodes.Element) -> None:
        self.open("illustration")

    depart_figure = end

    def visit_caption(self, node: nodes.Element) -> None:
        if isinstance(node.parent, nodes.figure):
            self.next_argument("caption")
        else:
            self.open("rubric")

    def depart_caption(self, node: nodes.Element) -> None:
        if not isinstance(node.parent, nodes.figure):
            self.close()

    def visit_legend(self, node: nodes.Element) -> None:
        self.next_argument("legend")

    depart_legend = nothing

    def visit_table(self, node: nodes.Element) -> None:
        columns = list(node.findall(nodes.colspec))
        widths: list[Code] = [Code("auto")] * len(columns)
        if "colwidths-given" in node["classes"]:
            widths = [Code(f"{each['colwidth']}fr") for each in columns]
        self.body.append(f"tabular({value(widths)},\n")

    def depart_table(self, node: nodes.Element) -> None:
        self.body.append(")\n")

    visit_tgroup = depart_tgroup = nothing
    visit_colspec = skip
    visit_tabular_col_spec = skip

    def visit_thead(self, node: nodes.Element) -> None:
        # Typst repeats a header as an artifact, and PDF/UA allows no link in one.
        linked = any(node.findall(nodes.reference)) or any(node.findall(nodes.footnote_reference))
        self.body.append(f"table.header({arguments(repeat=not linked)},\n")

    def depart_thead(self, node: nodes.Element) -> None:
        self.body.append("),\n")

    visit_tbody = depart_tbody = visit_row = depart_row = nothing

    def visit_entry(self, node: nodes.Element) -> None:
        named: dict[str, object] = {}
        for attribute, span in (("morecols", "colspan"), ("morerows", "rowspan")):
            if node.get(attribute):
                named[span] = node[attribute] + 1
        for side in ("left", "center", "right"):
            if f"text-{side}" in node["classes"]:
                named["align"] = Code(side)
        self.open("table.cell", **named)
        if isinstance(node.parent.parent, nodes.thead):
            self.open("strong")

    def depart_entry(self, node: nodes.Element) -> None:
        if isinstance(node.parent.parent, nodes.thead):
            self.close()
        self.body.append("}),\n")
