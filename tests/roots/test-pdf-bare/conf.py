"""The smallest book: what a project gets that sets nothing."""

project = "Bare"
extensions = ["myst_parser", "handbook.typst"]
